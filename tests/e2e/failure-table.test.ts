import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page, Route } from '@playwright/test';
import { PATHS } from '#lib/protocol/paths.ts';
import { postgresIsInstalled } from '../faults/server/postgres.ts';
import { TestServer } from '../support/server.ts';
import { CrosslineApp, type Screen } from './crossline-app.ts';
import { crossline, expect, invite, test, verifiedGroups } from './setup.ts';
import { wordsOf } from './words.ts';

/**
 * Rows of the failure table (docs/architecture.md names who holds each) in real Chromium against the
 * built server, on both stores: one server, a logger's phone and an owner's laptop live through them
 * one after the other. What happens to a whole browser stands in copied-phone.test.ts.
 */

type App = CrosslineApp<Screen>;

const PUSH = `**${PATHS.push}`;
const CLOCK_AHEAD = join(import.meta.dirname, '../support/clock-ahead.ts');
const DAY = 86_400_000;
/** Of one convoy to a place that nobody knew: the place for all, the convoy for who may know of it yet. */
const GROUPS = 2;

/** Keeps every database that a page opens within reach, so that it can be closed under the page. */
function keepDatabases(): void {
  const kept: IDBDatabase[] = [];
  const { open } = IDBFactory.prototype;
  IDBFactory.prototype.open = function (name: string, version?: number) {
    const opening = version === undefined ? open.call(this, name) : open.call(this, name, version);
    opening.addEventListener('success', () => kept.push(opening.result));
    return opening;
  };
  Object.assign(globalThis, { kept });
}

/** Room for an origin: Chromium remembers how much is left, so it is set before anything is stored. */
const ROOM = 80 * 1024 * 1024;

/** Fills what room there is to the last kilobyte, as photos do. */
async function fillStorage(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const opening = indexedDB.open('photos', 1);
    opening.onupgradeneeded = () =>
      opening.result.createObjectStore('photos', { autoIncrement: true });
    const db = await new Promise<IDBDatabase>((resolve) => {
      opening.onsuccess = () => resolve(opening.result);
    });
    const put = (size: number): Promise<boolean> =>
      new Promise((resolve) => {
        const tx = db.transaction('photos', 'readwrite', { durability: 'strict' });
        tx.objectStore('photos').put(crypto.getRandomValues(new Uint8Array(size)));
        tx.oncomplete = () => resolve(true);
        tx.onabort = () => resolve(false);
      });
    for (let size = 64 * 1024; size >= 512; size /= 2) while (await put(size));
    db.close();
  });
}

async function emptyStorage(page: Page): Promise<void> {
  await page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        indexedDB.deleteDatabase('photos').onsuccess = () => resolve();
      }),
  );
}

async function newApp(
  browser: Browser,
  origin: string,
  size: { width: number; height: number },
): Promise<App> {
  const context = await browser.newContext({ viewport: size, locale: 'en-GB' });
  await context.addInitScript(keepDatabases);
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  const session = await context.newCDPSession(page);
  await session.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: ROOM });
  return new CrosslineApp<Screen>({ context, page }, await wordsOf('en'));
}

const sent = (app: App, timeout = 60_000) =>
  expect(app.badge()).toHaveAttribute('data-kind', 'all_sent', { timeout });

/** A device that nobody touched for two minutes has locked itself. */
async function awake(app: App): Promise<void> {
  const lock = app.page.getByLabel(app.words.t('lock.passphrase'));
  await expect(lock.or(app.badge())).toBeVisible();
  if (await lock.isVisible()) await app.unlock();
}

/** Each of these convoys stands once in the list of this device. */
async function expectOnce(app: App, ...places: string[]): Promise<void> {
  await awake(app);
  await app.open('/convoys');
  for (const place of places) {
    await expect(app.page.getByRole('link', { name: place })).toHaveCount(1, { timeout: 30_000 });
  }
}

for (const store of ['sqlite', 'postgres'] as const) {
  test.describe(`the failure table [${store}]`, () => {
    // What is said of it is held in every language elsewhere.
    test.skip(({ words }) => words.locale !== 'en');
    test.skip(store === 'postgres' && !postgresIsInstalled, 'PostgreSQL is not installed here');

    const env: Record<string, string> = {};
    const folder = mkdtempSync(join(tmpdir(), 'crossline-failures-'));
    let server: TestServer;
    let phone: App;
    let office: App;

    test.beforeAll(async ({ browser, newDatabase }, { project }) => {
      if (project.name !== 'en') return; // all is left out
      if (store === 'postgres') Object.assign(env, await newDatabase());
      server = await new TestServer({ env }).start();
      phone = await newApp(browser, server.url, { width: 360, height: 740 });
      office = await newApp(browser, server.url, { width: 1280, height: 800 });
      await Promise.all([
        office.join(server.inviteLink, 'Office'),
        phone.join(await invite(server, 'coordinator', 'Phone'), 'Phone'),
      ]);
      await phone.waitUntilOffline();
    });
    test.afterAll(async () => {
      await phone?.device.context.close();
      await office?.device.context.close();
      await server?.remove();
      rmSync(folder, { recursive: true, force: true });
    });

    /** Whatever happens to the next push happens once. */
    async function atNextPush(page: Page, work: (route: Route) => Promise<void>): Promise<void> {
      await page.route(PUSH, work, { times: 1 });
    }

    test('device dies between push and answer; the batch comes again, thrice, late, out of order: stored once', async () => {
      const before = await verifiedGroups(server);
      const pushes: { headers: Record<string, string>; body: string }[] = [];
      await atNextPush(phone.page, async (route) => {
        const request = route.request();
        pushes.push({ headers: request.headers(), body: request.postData() ?? '' });
        await route.fetch(); // it arrives, and nobody hears of it
        await route.abort();
      });
      await phone.logNewPlace('Unanswered', '101');
      await phone.logNewPlace('Later', '102');
      await sent(phone);
      expect(await verifiedGroups(server)).toBe(before + 2 * GROUPS);
      expect(pushes).toHaveLength(1);
      const { headers, body } = pushes[0]!;
      const again = () => fetch(`${server.url}/api/v1/push`, { method: 'POST', headers, body });
      for (const answer of await Promise.all([again(), again(), again()])) {
        expect(await answer.json()).toMatchObject({ quarantined: [] });
      }
      expect(await verifiedGroups(server)).toBe(before + 2 * GROUPS);
      await expectOnce(office, 'Unanswered', 'Later');
    });

    test('server dies after the commit, before the answer: pushed again, stored once', async () => {
      const before = await verifiedGroups(server);
      await awake(phone);
      await atNextPush(phone.page, async (route) => {
        await route.fetch();
        await server.kill9();
        await route.abort();
      });
      await phone.logNewPlace('Committed', '103');
      await expect(phone.badge()).toHaveAttribute('data-kind', 'only_here');
      await expect.poll(() => fetch(server.url).catch(() => 'down')).toBe('down');
      await server.start();
      await sent(phone);
      expect(await verifiedGroups(server)).toBe(before + GROUPS);
      await expectOnce(phone, 'Committed');
    });

    test('IndexedDB closes under the page: the next save opens it again, and is on disk', async () => {
      await awake(phone);
      const closed = await phone.page.evaluate(() => {
        const { kept } = globalThis as unknown as { kept: IDBDatabase[] };
        for (const db of kept) db.close();
        return kept.length;
      });
      expect(closed).toBeGreaterThan(0);
      await phone.logNewPlace('Reopened', '104');
      await sent(phone);
      await phone.page.reload();
      await phone.unlock();
      await expectOnce(phone, 'Reopened');
    });

    test('storage full: the edit fails whole and visibly, with the typed form intact; the queue stays', async () => {
      await phone.device.context.setOffline(true);
      await phone.logNewPlace('Waiting', '105');
      await fillStorage(phone.page);
      await phone.fillNewPlace('Refused', '106');
      await phone.button('form.save').click();
      await expect(phone.page.getByTestId('storage-full')).toBeVisible({ timeout: 30_000 });
      await expect(phone.page.locator('[data-field=trucks]')).toHaveValue('106');
      await phone.expectText('Refused');
      await expect(phone.badge()).toHaveText(/1/);
      await emptyStorage(phone.page);
      await phone.button('form.save').click();
      await phone.expectSaved();
      await phone.device.context.setOffline(false);
      await sent(phone);
      await expectOnce(office, 'Waiting', 'Refused');
    });

    test('device clock off by years: the merge is unaffected, the screen warns, no date is offered', async () => {
      const { page } = phone;
      await page.clock.setSystemTime(Date.UTC(2007, 0, 1));
      await page.goto(`${server.url}/log`);
      await phone.unlock();
      await expect(page.getByTestId('clock-wrong')).toBeVisible({ timeout: 30_000 });
      await page
        .getByRole('link', { name: phone.words.t('log.title') })
        .or(phone.button('log.title'))
        .first()
        .click();
      await expect(
        page.getByRole('radio', { name: phone.words.t('form.today'), exact: true }),
      ).toHaveCount(0);
      await page.goto(`${server.url}/log`);
      await phone.unlock();
      await phone.logNewPlace('Clockless', '107', '2016-06-29');
      await sent(phone);
      await expectOnce(office, 'Clockless');
      await office.expectText(/29 Jun[a-z]* 2016/);
      await page.clock.setSystemTime(Date.now());
      await page.goto(`${server.url}/log`);
      await phone.unlock();
      await sent(phone);
      await expect(page.getByTestId('clock-wrong')).toBeHidden();
    });

    test('server restored from an older backup: devices rewind, and send again what it lacks', async () => {
      const file = join(folder, 'store.gz');
      await crossline(server, 'backup', file);
      await phone.logNewPlace('Restored', '108');
      await sent(phone);
      await expectOnce(office, 'Restored');
      const before = await verifiedGroups(server);
      await server.stop();
      await crossline(server, 'restore', file);
      expect(await verifiedGroups(server)).toBe(before - GROUPS);
      await server.start();
      await expect.poll(() => verifiedGroups(server), { timeout: 60_000 }).toBe(before);
      await expectOnce(phone, 'Restored');
      await sent(phone);
    });

    test('a copied file of another day in the place of the store: devices rewind, and send again', async () => {
      test.skip(store !== 'sqlite', 'a store that is one file');
      await awake(phone);
      await server.stop();
      const copy = join(folder, 'data');
      cpSync(server.dataDir, copy, { recursive: true });
      await server.start();
      await phone.logNewPlace('Copied', '109');
      await sent(phone);
      const before = await verifiedGroups(server);
      await server.stop();
      rmSync(server.dataDir, { recursive: true });
      cpSync(copy, server.dataDir, { recursive: true });
      expect(await verifiedGroups(server)).toBe(before - GROUPS);
      await server.start();
      await expect.poll(() => verifiedGroups(server), { timeout: 60_000 }).toBe(before);
      await expectOnce(office, 'Copied');
    });

    test('60 days offline: logging goes on, the queue stays, and new tokens send all of it', async () => {
      await server.stop();
      for (const [days, place] of [
        [30, 'Thirtieth'],
        [60, 'Sixtieth'],
      ] as const) {
        await phone.page.clock.setSystemTime(Date.now() + days * DAY);
        await phone.page.goto(`${server.url}/log`);
        await phone.unlock();
        await phone.logNewPlace(place, String(80 + days));
      }
      await expect(phone.badge()).toHaveAttribute('data-kind', 'only_here');
      Object.assign(env, { NODE_OPTIONS: `--import=${CLOCK_AHEAD}`, CLOCK_AHEAD_DAYS: '60' });
      await server.start();
      await sent(phone);
      await expect(phone.page.getByTestId('clock-wrong')).toBeHidden();
      await office.page.clock.setSystemTime(Date.now() + 60 * DAY);
      await office.page.goto(`${server.url}/convoys`);
      await office.unlock();
      await expectOnce(office, 'Thirtieth', 'Sixtieth');
    });

    test('permission withdrawn: what waits is pushed first and set aside, then the stream leaves', async () => {
      const { words } = phone;
      await awake(phone);
      await phone.open('/requests');
      await phone.page.locator('[data-action=new-request]').click();
      await phone.page.locator('[data-field=authority]').fill('Ministry');
      const form = phone.page.getByTestId('request-form');
      const place = form.getByRole('combobox', { name: words.t('field.locality'), exact: true });
      await place.first().fill('Later');
      await phone.page.getByRole('listbox').getByRole('option').first().click();
      await form.getByRole('button', { name: /^Save/ }).click();
      await phone.expectText('Ministry');
      await sent(phone);
      await phone.device.context.setOffline(true);
      await phone.logNewPlace('Withdrawn', '110');
      await awake(office);
      await office.open('/people');
      const role = office.page
        .getByRole('listitem')
        .filter({ hasText: 'Phone' })
        .getByRole('combobox');
      const changed = office.page.waitForResponse(`**${PATHS.role}`);
      await role.selectOption('observer');
      expect((await changed).ok()).toBe(true);

      await phone.device.context.setOffline(false);
      await expect(phone.badge()).toHaveAttribute('data-kind', 'attention', { timeout: 60_000 });
      await phone.open('/sync');
      await phone.expectText(words.t('sync.attention'));
      await phone.open('/requests');
      expect(await phone.text()).not.toContain('Ministry');
      // The owner has it before him, with its reason: nothing is lost.
      await office.open('/review');
      await office.expectText('Phone', 30_000);
      await office.open('/requests');
      await office.expectText('Ministry', 30_000);
    });
  });
}
