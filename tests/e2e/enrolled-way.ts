import { join } from 'node:path';
import { SmallTeam, type TeamWords } from '../support/small-team.ts';
import { TestServer } from '../support/server.ts';
import { CrosslineApp, type Screen } from './crossline-app.ts';
import { FIXTURES, importFiles } from './setup.ts';
import type { Words } from './words.ts';

/** Of the people and of the server: nothing that is shown can hang on today's date. */
const NOW = '2016-06-30T10:00:00.000Z';
const CLOCK_STILL = join(import.meta.dirname, '../support/clock-still.ts');
const DARAYYA = { typed: 'Darayya', chosen: /Darayya|داريا/ };

/** Who looks: an owner of an operation that people work in beside her. */
interface Person {
  readonly app: CrosslineApp<Screen>;
  readonly page: Screen['page'];
  readonly server: TestServer;
  readonly team: SmallTeam;
}

export interface EnrolledStep {
  readonly name: string;
  /** From the screen of the step before to this one. */
  readonly go: (person: Person) => Promise<void>;
}

/** One person's way past every screen that the example does not have, in this order. */
export const ENROLLED_WAY: readonly EnrolledStep[] = [
  {
    name: 'join',
    go: async ({ page, server, team }) => {
      await page.goto(`${server.url}/join#${await team.invite('owner', team.words.self)}`);
      await page.getByTestId('offered-passphrase').filter({ hasText: /\S/ }).waitFor();
    },
  },
  {
    name: 'saved',
    go: async ({ app, page, team }) => {
      app.passphrase = (await page.getByTestId('offered-passphrase').textContent())!.trim();
      await page.getByLabel(app.words.t('join.name')).fill(team.words.self);
      await app.button('join.go').click();
      await app.badge().waitFor();
      await page.locator('[data-testid=sync-badge][data-kind=all_sent]').waitFor();
      await team.disagree();
      // all that the team wrote is here before there is no network
      await app.open('/convoys');
      await page.locator(`a[href="/convoys/${team.planned}"]`).first().waitFor();
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
      await page.getByText(team.words.owner).first().waitFor();
    },
  },
  {
    name: 'people',
    go: async ({ app, page, team }) => {
      await app.open('/people');
      await page.getByText(team.words.owner).first().waitFor();
    },
  },
  {
    name: 'settings',
    go: async ({ app }) => app.open('/settings'),
  },
  {
    name: 'lock',
    go: async ({ app, page }) => {
      await app.open('/more');
      await page.locator('[data-action=lock]').click();
      await page.getByLabel(app.words.t('lock.passphrase')).waitFor();
    },
  },
];

/** A server on which it is always the same moment. */
export const stillServer = (): TestServer =>
  new TestServer({ env: { NODE_OPTIONS: `--import=${CLOCK_STILL}`, CLOCK_STILL_AT: NOW } });

/** An operation with what the fixtures tell, its owner in it; the way can be walked from here. */
export async function beginEnrolledWay(
  server: TestServer,
  screen: Screen,
  words: Words,
  ofTeam?: TeamWords,
): Promise<Person> {
  await screen.page.clock.setFixedTime(NOW);
  await server.start();
  const files = ['localities', 'convoy_reports', 'siege_population', 'organisations'];
  await importFiles(
    server,
    files.map((name) => join(FIXTURES, `${name}.csv`)),
  );
  const team = await SmallTeam.meet(server, ofTeam);
  return { app: new CrosslineApp(screen, words), page: screen.page, server, team };
}
