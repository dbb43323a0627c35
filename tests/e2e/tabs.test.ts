import type { Page } from '@playwright/test';
import { CrosslineApp } from './crossline-app.ts';
import { expect, importEarlierDelivery, invite, test } from './setup.ts';

/** The same device in another tab: `page` is that tab's, everything else is the device's. */
class Tab extends CrosslineApp {
  readonly #tab: Page;

  constructor(app: CrosslineApp, tab: Page) {
    super(app.device, app.words);
    this.passphrase = app.passphrase;
    this.#tab = tab;
  }

  override get page(): Page {
    return this.#tab;
  }
}

async function openTab(app: CrosslineApp, address: string): Promise<Tab> {
  const page = await app.device.context.newPage();
  page.setDefaultTimeout(20_000);
  await page.goto(address);
  const tab = new Tab(app, page);
  await tab.unlock();
  return tab;
}

/** Which tabs hold, and which wait for, the lock of whoever sends (S8). */
async function senders(tab: CrosslineApp): Promise<{ held: number; pending: number }> {
  return tab.page.evaluate(async () => {
    const { held, pending } = await navigator.locks.query();
    const count = (locks: readonly { name?: string }[] | undefined): number =>
      (locks ?? []).filter(({ name }) => name === 'crossline-sync').length;
    return { held: count(held), pending: count(pending) };
  });
}

/** Ends the process of a tab as a crash does, without a word to the page. */
async function kill(tab: CrosslineApp): Promise<void> {
  const session = await tab.device.context.newCDPSession(tab.page);
  void session.send('Page.crash').catch(() => undefined);
}

test('S8: of three tabs one sends; killed while it does, another takes over, and nothing is lost', async ({
  server,
  newDevice,
  words,
}) => {
  test.skip(words.locale !== 'en', 'tabs are the same in every language');
  await importEarlierDelivery(server);
  const first = await newDevice('laptop');
  await first.join(await invite(server, 'coordinator', 'One'), 'One');
  await first.waitUntilOffline();
  const second = await openTab(first, `${server.url}/log`);
  const third = await openTab(first, `${server.url}/log`);
  await expect.poll(() => senders(third)).toEqual({ held: 1, pending: 2 });

  // The first tab has the lock: its push is under way, and never answered, when it is killed.
  let isUnderWay = false;
  await first.page.route('**/api/v1/push', () => {
    isUnderWay = true;
  });
  await second.logConvoy({
    places: [{ typed: 'Madaya', chosen: /Madaya|مضايا/ }],
    trucks: '44',
    people: '40000',
    day: '2016-01-11',
  });
  await expect(second.badge()).toHaveAttribute('data-kind', 'only_here');
  await expect.poll(() => isUnderWay, { timeout: 30_000 }).toBe(true);
  await kill(first);

  for (const tab of [second, third]) {
    await expect(tab.badge()).toHaveAttribute('data-kind', 'all_sent', { timeout: 60_000 });
  }
  await expect.poll(() => senders(third)).toEqual({ held: 1, pending: 1 });

  // All tabs see it, and so does another device.
  await third.page.getByRole('link', { name: third.words.t('nav.convoys'), exact: true }).click();
  await third.expectText(/Madaya|مضايا/, 30_000);
  const other = await newDevice('laptop');
  await other.join(await invite(server, 'coordinator', 'Two'), 'Two');
  await other.page.getByRole('link', { name: other.words.t('nav.convoys'), exact: true }).click();
  await other.expectText(/Madaya|مضايا/, 30_000);

  // And of the two that are left, one is closed as a person closes it.
  await second.page.close();
  await expect.poll(() => senders(third)).toEqual({ held: 1, pending: 0 });
});

test('S8: the tab that is looked at sends; the one that led and went out of sight does not keep it waiting', async ({
  server,
  newDevice,
  words,
}) => {
  test.skip(words.locale !== 'en', 'tabs are the same in every language');
  await importEarlierDelivery(server);
  const first = await newDevice('laptop', 'hiding');
  await first.join(await invite(server, 'coordinator', 'One'), 'One');
  await first.waitUntilOffline();
  await expect.poll(() => senders(first)).toEqual({ held: 1, pending: 0 });

  const second = await openTab(first, `${server.url}/log`);
  expect(await first.page.evaluate(() => document.visibilityState)).toBe('hidden');
  const pushes = { first: 0, second: 0 };
  first.page.on('request', (request) => {
    if (request.url().endsWith('/push')) pushes.first += 1;
  });
  second.page.on('request', (request) => {
    if (request.url().endsWith('/push')) pushes.second += 1;
  });
  const madaya = { typed: 'Madaya', chosen: /Madaya|مضايا/ };
  const logged = { places: [madaya], trucks: '44', people: '40000' };
  await second.logConvoy({ ...logged, day: '2016-01-11' });
  await second.expectSaved();
  await expect.poll(() => pushes.first + pushes.second, { timeout: 60_000 }).toBeGreaterThan(0);
  await expect(second.badge()).toHaveAttribute('data-kind', 'all_sent', { timeout: 60_000 });
  expect(pushes.first).toBe(0);

  // The other way round: it may have locked meanwhile, as whatever is out of sight does.
  await first.page.bringToFront();
  const passphrase = first.page.getByLabel(words.t('lock.passphrase'));
  await expect(passphrase.or(first.badge()).first()).toBeVisible();
  if (await passphrase.isVisible()) await first.unlock();
  pushes.second = 0;
  await first.open('/log');
  await first.logConvoy({ ...logged, day: '2016-01-12' });
  await first.expectSaved();
  await expect.poll(() => pushes.first + pushes.second, { timeout: 60_000 }).toBeGreaterThan(0);
  await expect(first.badge()).toHaveAttribute('data-kind', 'all_sent', { timeout: 60_000 });
  expect(pushes.second).toBe(0);
});
