import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { buildPage, serveFolder } from '../support/built-page.ts';
import type { Shot, ShotSource } from './shot.ts';

const HERE = fileURLToPath(new URL('.', import.meta.url));
const CHARTS = [
  'places',
  'people',
  'coverage',
  'months',
  'days',
  'map',
  'requests',
  'answers',
  'supply',
  'removed',
  'disagreement',
  'incidents',
];

interface ChartShot {
  readonly name: string;
  readonly query: string;
  readonly width: number;
}

function shotOf(
  chart: string,
  amount: string,
  locale: string,
  theme: string,
  width: number,
): ChartShot {
  const name = [chart, amount, locale, theme, width].join('-');
  const query = new URLSearchParams({ chart, amount, locale, theme }).toString();
  return { name, query, width };
}

/** With much to show in every way; with nothing, one thing and far too much in the two extremes. */
const SHOTS: readonly ChartShot[] = CHARTS.flatMap((chart) => [
  ...['en', 'ar'].flatMap((locale) =>
    ['light', 'dark'].flatMap((theme) =>
      [360, 1_280].map((width) => shotOf(chart, 'many', locale, theme, width)),
    ),
  ),
  ...['empty', 'one', 'extreme'].flatMap((amount) => [
    shotOf(chart, amount, 'en', 'light', 1_280),
    shotOf(chart, amount, 'ar', 'dark', 360),
  ]),
]);

async function show(page: Page, url: string, { query, width }: ChartShot): Promise<void> {
  await page.setViewportSize({ width, height: width < 500 ? 740 : 800 });
  await page.goto(`${url}?${query}`);
  await page.waitForFunction(() => document.documentElement.dataset['drawn'] === 'true');
  // the width of a chart is known by an observer, a frame after it is in the page
  await page.evaluate(
    () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
  );
}

/** Every chart, drawn by a page of its own with records that lie in memory. */
export async function chartShots(): Promise<ShotSource> {
  const folder = mkdtempSync(join(tmpdir(), 'crossline-gallery-'));
  await buildPage('gallery.html', HERE, folder);
  const { server, url } = await serveFolder(folder, 'gallery.html');
  const groups = CHARTS.map((chart) => ({
    options: {},
    shots: SHOTS.filter(({ name }) => name.startsWith(`${chart}-`)).map((one): Shot => ({
      name: one.name,
      width: one.width,
      show: (page) => show(page, url, one),
    })),
  }));
  return {
    groups,
    close: async () => {
      await new Promise((done) => server.close(done));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
