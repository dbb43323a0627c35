import type { Page, Route } from 'playwright-core';
import { TestServer } from '../support/server.ts';
import { AMOUNTS, type Amount } from './amounts.ts';
import { exampleFile } from './example-amounts.ts';
import { settled } from '../support/settled.ts';
import type { Shot, ShotGroup, ShotSource } from './shot.ts';

/** Screens by the name of their pictures; `first`: of the first one that is listed there. */
const SCREENS: readonly { readonly name: string; readonly path: string; readonly first?: true }[] =
  [
    { name: 'access', path: '/access' },
    { name: 'place-list', path: '/places' },
    { name: 'place', path: '/places', first: true },
    { name: 'convoy-list', path: '/convoys' },
    { name: 'convoy', path: '/convoys', first: true },
    { name: 'plan', path: '/requests' },
    { name: 'report', path: '/report' },
    { name: 'review', path: '/review' },
    { name: 'log', path: '/log' },
    { name: 'log-form', path: '/log/new' },
    { name: 'more', path: '/more' },
    { name: 'settings', path: '/settings' },
    { name: 'sync', path: '/sync' },
  ];
const LANGUAGES = { en: 'en-GB', ar: 'ar-SY' } as const;
type Locale = keyof typeof LANGUAGES;
/** The day on which the example is looked at: nothing in a picture may hang on today's date. */
const NOW = new Date('2016-06-30T10:00:00Z');

/** As a link does, without loading the application again. */
async function follow(page: Page, path: string): Promise<void> {
  await page.evaluate((href) => {
    const link = document.createElement('a');
    link.href = href;
    document.body.append(link);
    link.click();
    link.remove();
  }, path);
  await page.waitForURL(`**${path}`);
  await page.getByRole('heading', { level: 1 }).first().waitFor();
}

async function size(page: Page, width: number, theme: string): Promise<void> {
  await page.setViewportSize({ width, height: width < 500 ? 740 : 800 });
  await page.emulateMedia({ colorScheme: theme as 'light' | 'dark' });
}

function screenShots(amount: Amount, locale: Locale, ways: readonly (readonly [string, number])[]) {
  return SCREENS.flatMap(({ name, path, first }) => {
    // with nothing on record no list has a first
    if (first && amount === 'empty') return [];
    return ways.map(([theme, width], index): Shot => ({
      name: ['screen', name, amount, locale, theme, width].join('-'),
      width,
      show: async (page) => {
        await size(page, width, theme);
        if (index === 0) {
          await follow(page, path);
          if (first) await follow(page, await firstIn(page, path));
          await page.evaluate(() => scrollTo(0, 0));
        }
        await settled(page);
      },
    }));
  });
}

const firstIn = async (page: Page, path: string): Promise<string> =>
  (await page.locator(`main a[href^="${path}/"]`).first().getAttribute('href')) ?? path;

/** The example with as much in it as is asked: its files are answered here, not by the server. */
async function openExample(page: Page, url: string, amount: Amount): Promise<void> {
  await page.clock.setFixedTime(NOW);
  if (amount !== 'many') {
    await page.route('**/example/*', (route: Route) =>
      route.fulfill({ body: exampleFile(amount, new URL(route.request().url()).pathname) }),
    );
  }
  await page.goto(url);
  await page.locator('.primary.tall').click();
  await page.waitForURL('**/access');
}

/** The two screens before an operation is open, and the one after it was locked. */
function outsideShots(server: TestServer, locale: Locale): ShotGroup {
  const ways = [
    ['light', 360],
    ['dark', 1_280],
  ] as const;
  const shots = (name: string, go: (page: Page) => Promise<unknown>): Shot[] =>
    ways.map(([theme, width], index) => ({
      name: ['screen', name, 'any', locale, theme, width].join('-'),
      width,
      show: async (page) => {
        await size(page, width, theme);
        if (index === 0) await go(page);
        await settled(page);
      },
    }));
  return {
    options: { locale: LANGUAGES[locale], serviceWorkers: 'block' },
    shots: [
      ...shots('welcome', (page) => page.goto(server.url)),
      ...shots('no-invite', (page) => page.goto(`${server.url}/join`)),
    ],
  };
}

/** Every screen of the example, as the built application shows it. */
export async function everyScreen(): Promise<ShotSource> {
  const server = new TestServer();
  await server.start();
  const all = ['light', 'dark'].flatMap((theme) =>
    [360, 1_280].map((width) => [theme, width] as const),
  );
  const groupOf = (
    amount: Amount,
    locale: Locale,
    ways: readonly (readonly [string, number])[],
  ): ShotGroup => ({
    options: { locale: LANGUAGES[locale], serviceWorkers: 'block' },
    begin: (page) => openExample(page, server.url, amount),
    shots: screenShots(amount, locale, ways),
  });
  const groups = AMOUNTS.flatMap((amount) =>
    amount === 'many'
      ? [groupOf(amount, 'en', all), groupOf(amount, 'ar', all)]
      : [groupOf(amount, 'en', [['light', 1_280]]), groupOf(amount, 'ar', [['dark', 360]])],
  );
  groups.push(outsideShots(server, 'en'), outsideShots(server, 'ar'));
  return { groups, close: () => server.stop() };
}
