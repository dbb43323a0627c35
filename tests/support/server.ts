import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureBuilt } from '../../scripts/ensure-built.ts';

const ENTRY = fileURLToPath(new URL('../../src/server-entry.ts', import.meta.url));
const START_MS = 60_000;
const STOP_MS = 10_000;

export interface ServerOptions {
  /** The address that is listened on; only this machine unless told otherwise. */
  readonly host?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/**
 * The built server as a process of its own, on a free port, with a data folder of its own. It can
 * be stopped, killed without warning and started again at the same address with the same data.
 */
export class TestServer {
  readonly dataDir = mkdtempSync(join(tmpdir(), 'crossline-data-'));
  readonly #options: ServerOptions;
  #process: ChildProcess | undefined;
  #ended: Promise<void> = Promise.resolve();
  #output = '';
  #port = 0;

  constructor(options: ServerOptions = {}) {
    this.#options = options;
  }

  /** What it is started with beside what every server is. */
  get env(): Readonly<Record<string, string>> {
    return this.#options.env ?? {};
  }

  get url(): string {
    return `http://localhost:${this.#port}`;
  }

  get port(): number {
    return this.#port;
  }

  get pid(): number {
    if (this.#process?.pid === undefined) throw new Error('the server is not running');
    return this.#process.pid;
  }

  /** The owner's link, as the first start prints it. */
  get inviteLink(): string {
    const link = /become the owner: (\S+)/.exec(this.#output)?.[1];
    if (link === undefined) throw new Error(`no invite link in:\n${this.#output}`);
    return link;
  }

  /** Everything the server has printed since it was first started. */
  get output(): string {
    return this.#output;
  }

  async start(): Promise<this> {
    if (!(await ensureBuilt())) throw new Error('the build failed');
    const started = this.#output.length;
    const child = spawn(process.execPath, [ENTRY], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...process.env,
        ORIGIN: '',
        TEST: '',
        NODE_ENV: 'production',
        ...this.#options.env,
        PORT: String(this.#port),
        HOST: this.#options.host ?? '127.0.0.1',
        CROSSLINE_DATA: this.dataDir,
      },
    });
    this.#process = child;
    this.#ended = new Promise((resolve) => {
      child.once('exit', () => {
        if (this.#process === child) this.#process = undefined;
        resolve();
      });
    });
    await new Promise<void>((resolve, reject) => {
      const fail = (why: string): void => {
        clearTimeout(timer);
        child.kill('SIGKILL');
        reject(new Error(`${why}:\n${this.#output.slice(started)}`));
      };
      const timer = setTimeout(() => fail('the server did not start'), START_MS);
      const read = (text: string): void => {
        this.#output += text;
        const port = /Crossline is at \S+?:(\d+)/.exec(this.#output.slice(started))?.[1];
        if (port === undefined) return;
        clearTimeout(timer);
        this.#port = Number(port);
        resolve();
      };
      child.stdout.setEncoding('utf8').on('data', read);
      child.stderr.setEncoding('utf8').on('data', read);
      child.once('exit', () => fail('the server ended'));
    });
    return this;
  }

  /** As an operator stops it. */
  async stop(): Promise<void> {
    const child = this.#process;
    if (!child) return;
    const timer = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
    child.kill('SIGTERM');
    await this.#ended;
    clearTimeout(timer);
  }

  /** As a power cut stops it. */
  async kill9(): Promise<void> {
    this.#process?.kill('SIGKILL');
    await this.#ended;
  }

  async restart(): Promise<this> {
    await this.stop();
    return this.start();
  }

  /** Stops it and removes its data. */
  async remove(): Promise<void> {
    await this.stop();
    rmSync(this.dataDir, { recursive: true, force: true });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.remove();
  }
}

/** Builds if the sources have changed, and starts a server. */
export function startServer(options: ServerOptions = {}): Promise<TestServer> {
  return new TestServer(options).start();
}
