import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { compared, fontsOf, toWebp } from './pictures.ts';

const FOLDER = fileURLToPath(new URL('pictures', import.meta.url));
const INDEX = join(FOLDER, 'made-by.json');
/** A picture differs where more than this share of its pixels is clearly another colour. */
const TOLERANCE = 0.005;

/** By what the pictures were made, and what each was to the last bit: equal ones need no comparing. */
interface Index {
  readonly chromium: string;
  readonly fonts: string;
  readonly pictures: Readonly<Record<string, string>>;
}

/** Null: the machine draws otherwise than the one that made the pictures, so that none can be told. */
export type Verdict = { readonly share: number } | null;

/** The pictures kept in the repository, and this machine's likeness to the one that made them. */
export class KeptPictures {
  readonly #kept: Index | undefined;
  readonly #now: Record<string, string> = {};
  readonly #made: Pick<Index, 'chromium' | 'fonts'>;

  private constructor(made: Pick<Index, 'chromium' | 'fonts'>) {
    this.#made = made;
    if (existsSync(INDEX)) this.#kept = JSON.parse(readFileSync(INDEX, 'utf8')) as Index;
  }

  static async open(browser: Browser, page: Page): Promise<KeptPictures> {
    mkdirSync(FOLDER, { recursive: true });
    return new KeptPictures({ chromium: browser.version(), fonts: await page.evaluate(fontsOf) });
  }

  /** Why nothing can be compared here; null where it can. */
  get otherMachine(): string | null {
    if (!this.#kept) return 'no pictures are kept';
    const { chromium, fonts } = this.#kept;
    if (chromium !== this.#made.chromium) {
      return `pictures were made by Chromium ${chromium}, here is ${this.#made.chromium}`;
    }
    return fonts === this.#made.fonts
      ? null
      : 'fonts are drawn otherwise than where they were made';
  }

  async compare(page: Page, name: string, png: Buffer): Promise<Verdict> {
    const bits = digest(png);
    this.#now[name] = bits;
    if (this.otherMachine !== null) return null;
    if (this.#kept?.pictures[name] === bits) return { share: 0 };
    const file = this.#fileOf(name);
    if (!existsSync(file)) return { share: 1 };
    const pair = [readFileSync(file).toString('base64'), png.toString('base64')] as const;
    const share = await page.evaluate(compared, pair);
    return { share: share > TOLERANCE ? share : 0 };
  }

  /** Keeps a picture; one that is the same to the eye keeps its file, so that history stays small. */
  async keep(page: Page, name: string, png: Buffer): Promise<void> {
    const verdict = await this.compare(page, name, png);
    if (verdict?.share === 0) return;
    const webp = await page.evaluate(toWebp, png.toString('base64'));
    writeFileSync(this.#fileOf(name), Buffer.from(webp, 'base64'));
  }

  /** Writes what the pictures are now; of all of them those that nobody draws any more go. */
  finish(isAll: boolean): void {
    const pictures = isAll ? this.#now : { ...this.#kept?.pictures, ...this.#now };
    const sorted = Object.fromEntries(
      Object.entries(pictures).sort(([a], [b]) => (a < b ? -1 : 1)),
    );
    writeFileSync(INDEX, `${JSON.stringify({ ...this.#made, pictures: sorted }, null, 1)}\n`);
    if (!isAll) return;
    for (const file of readdirSync(FOLDER)) {
      if (file.endsWith('.webp') && !Object.hasOwn(pictures, file.slice(0, -5))) {
        rmSync(join(FOLDER, file));
      }
    }
  }

  #fileOf(name: string): string {
    return join(FOLDER, `${name}.webp`);
  }
}

const digest = (png: Buffer): string => createHash('sha256').update(png).digest('hex').slice(0, 24);
