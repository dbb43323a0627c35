import { spawn, type ChildProcess } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { CHROMIUM_ARGS, chromiumPath } from './chromium.ts';

/**
 * A phone or a laptop of one person: a real Chromium with a profile of its own, that can be closed,
 * killed without warning, started again, and searched byte by byte.
 */
export class Device {
  readonly profile = mkdtempSync(join(tmpdir(), 'crossline-device-'));
  readonly #language: string;
  readonly #kind: 'phone' | 'laptop';
  readonly #size: { width: number; height: number };
  readonly #isHiding: boolean;
  #process: ChildProcess | undefined;
  #browser: Browser | undefined;
  #page: Page | undefined;

  /**
   * `isHiding`: a page out of sight is hidden, and can be frozen, as on a person's device. Else
   * Playwright lets every page believe that it is looked at.
   */
  constructor(options: { language?: string; size?: 'phone' | 'laptop'; isHiding?: boolean } = {}) {
    this.#language = options.language ?? 'en';
    this.#isHiding = options.isHiding ?? false;
    this.#kind = options.size ?? 'phone';
    this.#size =
      options.size === 'laptop' ? { width: 1280, height: 800 } : { width: 360, height: 740 };
  }

  get page(): Page {
    if (!this.#page) throw new Error('the device is off');
    return this.#page;
  }

  get context(): BrowserContext {
    return this.page.context();
  }

  async start(): Promise<Page> {
    const executable = chromiumPath();
    if (!executable) throw new Error('no Chromium: install it, or name it in CHROMIUM_PATH');
    const port = join(this.profile, 'DevToolsActivePort');
    rmSync(port, { force: true });
    this.#process = spawn(
      executable,
      [
        ...CHROMIUM_ARGS,
        '--headless=new',
        '--remote-debugging-port=0',
        // a name of another machine that leads to this one: what plain HTTP is from elsewhere
        '--host-resolver-rules=MAP crossline.test 127.0.0.1',
        `--user-data-dir=${this.profile}`,
        `--accept-lang=${this.#language}`,
        `--lang=${this.#language}`,
        `--window-size=${this.#size.width},${this.#size.height}`,
        'about:blank',
      ],
      { stdio: 'ignore' },
    );
    const endpoint = await this.#endpoint(port);
    this.#browser = await chromium.connectOverCDP(endpoint, { noDefaults: this.#isHiding });
    const context = this.#browser.contexts()[0];
    if (!context) throw new Error('Chromium has no window');
    this.#page = context.pages()[0] ?? (await context.newPage());
    await this.#page.setViewportSize(this.#size);
    this.#page.setDefaultTimeout(20_000);
    return this.#page;
  }

  /** As a person closes it. */
  async close(): Promise<void> {
    this.#process?.kill('SIGTERM');
    await this.#gone();
  }

  /** As an empty battery closes it: SIGKILL, by its own process id. */
  async kill(): Promise<void> {
    this.#process?.kill('SIGKILL');
    await this.#gone();
  }

  async restart(): Promise<Page> {
    await this.close();
    return this.start();
  }

  /** Another device with all that lies on this one, which has to be off: a backup, or a clone. */
  copy(): Device {
    const copied = new Device({
      language: this.#language,
      size: this.#kind,
      isHiding: this.#isHiding,
    });
    // Without what says that a browser runs on this profile.
    const filter = (path: string): boolean => !/Singleton|DevToolsActivePort/.test(path);
    cpSync(this.profile, copied.profile, { recursive: true, filter });
    return copied;
  }

  /** Closes the device and forgets its profile. */
  async dispose(): Promise<void> {
    if (this.#process) await this.kill();
    rmSync(this.profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }

  async #gone(): Promise<void> {
    const gone = this.#process;
    this.#page = undefined;
    this.#browser = undefined;
    this.#process = undefined;
    if (!gone || gone.exitCode !== null || gone.signalCode !== null) return;
    const stopped = new Promise((resolve) => gone.once('exit', resolve));
    await Promise.race([
      stopped,
      wait(10_000, undefined, { ref: false }).then(() => gone.kill('SIGKILL')),
    ]);
  }

  async #endpoint(file: string): Promise<string> {
    for (let tries = 0; tries < 200; tries++) {
      if (existsSync(file)) {
        const [port, path] = readFileSync(file, 'utf8').split('\n');
        if (port && path) return `ws://127.0.0.1:${port}${path}`;
      }
      await wait(50);
    }
    throw new Error('Chromium did not start within 10 seconds');
  }
}
