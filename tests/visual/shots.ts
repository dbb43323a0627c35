/**
 * `npm run test:visual`: every chart of the gallery, drawn by Chromium, against the pictures kept
 * here. `-- --update` keeps what is drawn now; `--only TEXT` takes the pictures whose name holds it.
 * Where fonts are drawn otherwise than where the pictures were made, nothing is compared, and it
 * says so (docs/design.md).
 */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { chromium, type Page } from 'playwright-core';
import { buildPage, serveFolder } from '../support/built-page.ts';
import { CHROMIUM_ARGS, chromiumPath } from '../support/chromium.ts';
import { compared, fontsOf, toWebp } from './pictures.ts';

const HERE = fileURLToPath(new URL('.', import.meta.url));
const KEPT = join(HERE, 'pictures');
const FONTS = join(KEPT, 'fonts.json');
const { values } = parseArgs({
  options: { update: { type: 'boolean', default: false }, only: { type: 'string', default: '' } },
});

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
/** No taller, so that a chart of three hundred rows stays a small file. */
const TALLEST = 1_400;
/** A picture fails where more than this share of its pixels is clearly another colour. */
const TOLERANCE = 0.01;

interface Shot {
  readonly name: string;
  readonly query: string;
  readonly width: number;
}

function shotOf(chart: string, amount: string, locale: string, theme: string, width: number): Shot {
  const name = [chart, amount, locale, theme, width].join('-');
  const query = new URLSearchParams({ chart, amount, locale, theme }).toString();
  return { name, query, width };
}

/** With much to show in every way; with nothing, one thing and far too much in the two extremes. */
const SHOTS: readonly Shot[] = CHARTS.flatMap((chart) => [
  ...['en', 'ar'].flatMap((locale) =>
    ['light', 'dark'].flatMap((theme) =>
      [360, 1_280].map((width) => shotOf(chart, 'many', locale, theme, width)),
    ),
  ),
  ...['empty', 'one', 'extreme'].flatMap((amount) => [
    shotOf(chart, amount, 'en', 'light', 1_280),
    shotOf(chart, amount, 'ar', 'dark', 360),
  ]),
]).filter(({ name }) => name.includes(values.only));

async function taken(page: Page, url: string, { query, width }: Shot): Promise<Buffer> {
  await page.setViewportSize({ width, height: width < 500 ? 740 : 800 });
  await page.goto(`${url}?${query}`);
  await page.waitForFunction(() => document.documentElement.dataset['drawn'] === 'true');
  // the width of a chart is known by an observer, a frame after it is in the page
  await page.evaluate(
    () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
  );
  const whole = await page.evaluate(() => document.documentElement.scrollHeight);
  const clip = { x: 0, y: 0, width, height: Math.min(whole, TALLEST) };
  return page.screenshot({ fullPage: true, clip, animations: 'disabled' });
}

async function main(): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'crossline-gallery-'));
  const executablePath = chromiumPath();
  const browser = await chromium.launch({
    args: CHROMIUM_ARGS,
    ...(executablePath ? { executablePath } : {}),
  });
  await buildPage('gallery.html', HERE, folder);
  const { server, url } = await serveFolder(folder, 'gallery.html');
  const failed: string[] = [];
  try {
    const page = await browser.newPage();
    await page.goto(url);
    const fonts = await page.evaluate(fontsOf);
    mkdirSync(KEPT, { recursive: true });
    const kept = existsSync(FONTS) ? (JSON.parse(readFileSync(FONTS, 'utf8')) as string) : '';
    if (!values.update && kept !== fonts) {
      console.log(`not compared: fonts are drawn otherwise here than where the pictures were made`);
      return 0;
    }
    for (const shot of SHOTS) {
      const picture = (await taken(page, url, shot)).toString('base64');
      const file = join(KEPT, `${shot.name}.webp`);
      if (values.update) {
        writeFileSync(file, Buffer.from(await page.evaluate(toWebp, picture), 'base64'));
        continue;
      }
      const old = existsSync(file) ? readFileSync(file).toString('base64') : '';
      const share = old === '' ? 1 : await page.evaluate(compared, [old, picture] as const);
      if (share <= TOLERANCE) continue;
      failed.push(shot.name);
      console.log(`${shot.name}: ${(share * 100).toFixed(1)}% of it is drawn otherwise`);
    }
    if (values.update) writeFileSync(FONTS, `${JSON.stringify(fonts)}\n`);
  } finally {
    server.close();
    await browser.close();
    rmSync(folder, { recursive: true, force: true });
  }
  console.log(
    `${SHOTS.length} pictures ${values.update ? 'kept' : 'compared'}, ${failed.length} differ`,
  );
  return failed.length === 0 ? 0 : 1;
}

process.exitCode = await main();
