import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { CrosslineApp } from '../e2e/crossline-app.ts';
import { FIXTURES, importFiles } from '../e2e/setup.ts';
import { wordsOf } from '../e2e/words.ts';
import { TestServer } from '../support/server.ts';
import { heldStill } from './held-still.ts';
import { settled } from '../support/settled.ts';
import type { Shot, ShotGroup, ShotSource } from './shot.ts';
import { SmallTeam } from './small-team.ts';

/** Of the people and of the server: nothing in a picture may hang on today's date. */
const NOW = '2016-06-30T10:00:00.000Z';
const CLOCK_STILL = join(import.meta.dirname, '../support/clock-still.ts');
const WAYS = [
  ['light', 360],
  ['dark', 1_280],
] as const;
const LANGUAGES = { en: 'en-GB', ar: 'ar-SY' } as const;
type Locale = keyof typeof LANGUAGES;
const DARAYYA = { typed: 'Darayya', chosen: /Darayya|داريا/ };

interface Step {
  readonly name: string;
  /** From the screen of the step before to this one. */
  readonly go: (person: Person) => Promise<void>;
}

/** Who looks: a coordinator with an operation of her own and people who work beside her. */
interface Person {
  readonly app: CrosslineApp<{ page: Page; context: ReturnType<Page['context']> }>;
  readonly page: Page;
  readonly server: TestServer;
  readonly team: SmallTeam;
}

/** One person's way past every screen that the example does not have. */
const STEPS: readonly Step[] = [
  {
    name: 'join',
    go: async ({ page, server, team }) => {
      await page.goto(`${server.url}/join#${await team.invite('owner', 'Amal')}`);
      await page.getByTestId('offered-passphrase').filter({ hasText: /\S/ }).waitFor();
    },
  },
  {
    name: 'saved',
    go: async ({ app, page, team }) => {
      app.passphrase = (await page.getByTestId('offered-passphrase').textContent())!.trim();
      await page.getByLabel(app.words.t('join.name')).fill('Amal');
      await app.button('join.go').click();
      await app.badge().waitFor();
      await page.locator('[data-testid=sync-badge][data-kind=all_sent]').waitFor();
      await team.disagree();
      await page.route('**/api/**', (route) => route.abort('internetdisconnected'));
      await app.open('/log');
      await app.logConvoy({ places: [DARAYYA], trucks: '9', people: '2400', day: '2016-06-09' });
      await app.expectSaved();
    },
  },
  { name: 'log-unsent', go: ({ app }) => app.open('/log') },
  {
    name: 'sync-unsent',
    go: async ({ app, page }) => {
      await app.open('/sync');
      await page.getByText(app.words.t('sync.offline')).waitFor();
    },
  },
  {
    name: 'sync-sent',
    go: async ({ app, page }) => {
      await page.unroute('**/api/**');
      await page.locator('[data-testid=sync-badge][data-kind=all_sent]').waitFor();
      await app.open('/log');
      await app.open('/sync');
      await page.getByTestId('silent-devices').waitFor();
    },
  },
  {
    name: 'review-full',
    go: async ({ app, page }) => {
      await app.open('/review');
      for (const list of [
        'copied',
        'asideOthers',
        'conflicts',
        'disputed',
        'duplicates',
        'unverified',
      ]) {
        await page.locator(`[data-list=${list}] li`).first().waitFor();
      }
    },
  },
  {
    name: 'convoy-no-end',
    go: async ({ app, page, team }) => {
      await app.open(`/convoys/${team.planned}`);
      await page.locator('[data-end=delivered]').click();
      await page.locator('[data-action=save-end]').waitFor();
    },
  },
  {
    name: 'history',
    go: async ({ app, page, team }) => {
      await app.open(`/convoys/${team.convoy}`);
      await page.locator('[data-action=history]').click();
      await page.getByText('Samir').first().waitFor();
    },
  },
  {
    name: 'people',
    go: async ({ app, page }) => {
      await app.open('/people');
      await page.getByText('Samir').first().waitFor();
    },
  },
  {
    name: 'lock',
    go: async ({ app, page }) => {
      await app.open('/more');
      await app.page.locator('[data-action=lock]').click();
      await page.getByLabel(app.words.t('lock.passphrase')).waitFor();
    },
  },
];

function groupOf(locale: Locale, server: TestServer): ShotGroup {
  let person: Person | undefined;
  const begin = async (page: Page): Promise<void> => {
    await page.addInitScript(heldStill);
    await page.clock.setFixedTime(NOW);
    await server.start();
    const files = ['localities', 'convoy_reports', 'siege_population', 'organisations'];
    await importFiles(
      server,
      files.map((name) => join(FIXTURES, `${name}.csv`)),
    );
    const team = await SmallTeam.meet(server);
    const app = new CrosslineApp({ page, context: page.context() }, await wordsOf(locale));
    person = { app, page, server, team };
  };
  const shots = STEPS.flatMap(({ name, go }) =>
    WAYS.map(([theme, width], index): Shot => ({
      name: ['screen', name, 'enrolled', locale, theme, width].join('-'),
      width,
      show: async (page) => {
        await page.setViewportSize({ width, height: width < 500 ? 740 : 800 });
        await page.emulateMedia({ colorScheme: theme });
        if (index === 0 && person) {
          await go(person);
          await page.evaluate(() => scrollTo(0, 0));
        }
        await settled(page);
      },
    })),
  );
  return {
    options: { locale: LANGUAGES[locale], serviceWorkers: 'block' },
    begin,
    shots,
    isOneWay: true,
  };
}

/** Every screen of somebody who joined an operation: what is not sent, what went wrong, the lock. */
export function everyEnrolledScreen(): ShotSource {
  const env = { NODE_OPTIONS: `--import=${CLOCK_STILL}`, CLOCK_STILL_AT: NOW };
  const servers: TestServer[] = [];
  const groups = (['en', 'ar'] as const).map((locale) => {
    const server = new TestServer({ env });
    servers.push(server);
    return groupOf(locale, server);
  });
  return {
    groups,
    close: async () => void (await Promise.all(servers.map((server) => server.remove()))),
  };
}
