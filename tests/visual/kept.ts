import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { compared, fontsOf, toWebp } from './pictures.ts';

const FOLDER = fileURLToPath(new URL('pictures', import.meta.url));
const INDEX = join(FOLDER, 'made-by.json');
/**
 * A picture differs where so many more of its pixels are clearly another colour than its small file
 * lost: fewer than a letter has.
 */
const TOLERANCE = 40;

interface Kept {
  /** Of the picture as it was drawn: one with the same needs no comparing. */
  readonly bits: string;
  /** Pixels that are clearly another colour in the small file. */
  readonly lost: number;
}

/** By what the pictures were made, and what each was. */
interface Index {
  readonly chromium: string;
  readonly fonts: string;
  readonly pictures: Readonly<Record<string, Kept>>;
}

/** Pixels that differ; null: this machine draws otherwise than the one that made the pictures. */
export type Differing = number | null;

/** The pictures kept in the repository, and this machine's likeness to the one that made them. */
export class KeptPictures {
  readonly #kept: Index | undefined;
  readonly #now: Record<string, Kept> = {};
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

  async compare(page: Page, name: string, png: Buffer): Promise<Differing> {
    if (this.otherMachine !== null) return null;
    const before = this.#kept?.pictures[name];
    if (!before || !existsSync(this.#fileOf(name))) return Infinity;
    if (before.bits === digest(png)) return 0;
    const other = await this.#differingFrom(page, name, png);
    return other > before.lost + TOLERANCE ? other : 0;
  }

  /** Keeps a picture; one that nobody could tell from the last one keeps its file. */
  async keep(page: Page, name: string, png: Buffer): Promise<void> {
    const bits = digest(png);
    const before = this.#kept?.pictures[name];
    if (before && existsSync(this.#fileOf(name))) {
      const { lost } = before;
      const isSame =
        before.bits === bits || (await this.#differingFrom(page, name, png)) <= lost + TOLERANCE;
      if (isSame) {
        this.#now[name] = { bits, lost };
        return;
      }
    }
    const webp = await page.evaluate(toWebp, png.toString('base64'));
    const lost = await page.evaluate(compared, [webp, png.toString('base64')] as const);
    this.#now[name] = { bits, lost };
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

  /** Pixels of a picture that are clearly another colour in the file kept of it. */
  #differingFrom(page: Page, name: string, png: Buffer): Promise<number> {
    const kept = readFileSync(this.#fileOf(name)).toString('base64');
    return page.evaluate(compared, [kept, png.toString('base64')] as const);
  }

  #fileOf(name: string): string {
    return join(FOLDER, `${name}.webp`);
  }
}

const digest = (png: Buffer): string => createHash('sha256').update(png).digest('hex').slice(0, 24);
