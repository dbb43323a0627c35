import type { BrowserContextOptions, Page } from 'playwright-core';

/** One picture: `show` brings the page to where it is taken. */
export interface Shot {
  /** `months-many-ar-dark-360`: the name of its file. */
  readonly name: string;
  readonly width: number;
  readonly show: (page: Page) => Promise<void>;
}

/** Pictures that one page takes one after the other. */
export interface ShotGroup {
  readonly options: BrowserContextOptions;
  /** Before the first picture. */
  readonly begin?: (page: Page) => Promise<void>;
  readonly shots: readonly Shot[];
  /** Each picture is taken where the one before left the page. */
  readonly isOneWay?: boolean;
}

export interface ShotSource {
  readonly groups: readonly ShotGroup[];
  readonly close: () => Promise<void>;
}
