import type { CDPSession, Page } from '@playwright/test';
import { FaultProxy, type Seen } from '../support/fault-proxy.ts';
import type { TestServer } from '../support/server.ts';
import type { CrosslineApp } from './crossline-app.ts';
import { expect, invite, test, verifiedGroups } from './setup.ts';

/**
 * S8 between a page and the service worker's sender while locked: real Chromium, the real worker,
 * which the browser wakes for a sync event as it does when a network comes back.
 */

/** The way to the server: who pushes, one after the other, and any of it kept on the way. */
class Way {
  readonly pushes: { readonly token: string; readonly from: number; readonly count: number }[] = [];
  mostAtOnce = 0;
  #atOnce = 0;
  #kept: Promise<void> | undefined;
  readonly proxy: FaultProxy;

  constructor(server: TestServer) {
    const watch = (seen: Seen) => this.#watch(seen);
    this.proxy = new FaultProxy({ target: server.port, random: () => 0, watch });
  }

  /** Keeps every push on the way, until the answer is called. */
  keep(): () => void {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#kept = promise;
    return () => {
      this.#kept = undefined;
      resolve();
    };
  }

  async #watch({ path, token, body, closed }: Seen): Promise<void> {
    if (path !== '/api/v1/push') return;
    const { from, envelopes } = JSON.parse(body) as { from: number; envelopes: unknown[] };
    if (envelopes.length === 0) return;
    this.pushes.push({ token: token ?? '', from, count: envelopes.length });
    this.#atOnce += 1;
    this.mostAtOnce = Math.max(this.mostAtOnce, this.#atOnce);
    void closed.then(() => (this.#atOnce -= 1));
    await this.#kept;
  }
}

interface Registration {
  readonly registrationId: string;
  readonly scopeURL: string;
}

/** The service worker as the browser's own tools reach it. */
class Worker {
  readonly #session: CDPSession;
  readonly #registrations: Registration[] = [];

  private constructor(session: CDPSession) {
    this.#session = session;
  }

  static async of(page: Page): Promise<Worker> {
    const worker = new Worker(await page.context().newCDPSession(page));
    worker.#session.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) =>
      worker.#registrations.push(...registrations),
    );
    await worker.#session.send('ServiceWorker.enable');
    return worker;
  }

  /** "There is a network again": the worker sends what waits. */
  async sync(origin: string): Promise<void> {
    await expect.poll(() => this.#registrations.length).toBeGreaterThan(0);
    const of = this.#registrations.findLast(({ scopeURL }) => scopeURL.startsWith(origin));
    if (!of) throw new Error('no service worker');
    const { registrationId } = of;
    await this.#session.send('ServiceWorker.dispatchSyncEvent', {
      origin,
      registrationId,
      tag: 'crossline-send',
      lastChance: false,
    });
  }

  /** As the browser ends one that it has no memory for: nothing in it runs on. */
  kill(): Promise<unknown> {
    return this.#session.send('ServiceWorker.stopAllWorkers');
  }
}

/** Who holds, and who waits for, the lock of whoever sends. */
const senders = (page: Page) =>
  page.evaluate(async () => {
    const { held = [], pending = [] } = await navigator.locks.query();
    const count = (locks: readonly { name?: string }[]): number =>
      locks.filter(({ name }) => name === 'crossline-sync').length;
    return { held: count(held), pending: count(pending) };
  });

const sent = (app: CrosslineApp) =>
  expect(app.badge()).toHaveAttribute('data-kind', 'all_sent', { timeout: 60_000 });

/** A phone with something that waits, and no page of Crossline open: only its worker can send. */
async function closedPhone(app: CrosslineApp, way: Way, server: TestServer): Promise<Worker> {
  const link = await invite(server, 'logger', 'Phone');
  await app.join(link.replace(server.url, way.proxy.url), 'Phone');
  await app.waitUntilOffline();
  await sent(app);
  await server.stop();
  await app.logNewPlace('Beforelocking', '101');
  await app.page.goto('about:blank');
  const worker = await Worker.of(app.page);
  await server.start();
  way.pushes.splice(0); // what the page tried without the server
  return worker;
}

async function unlocked(app: CrosslineApp, way: Way): Promise<void> {
  await app.page.goto(`${way.proxy.url}/log`);
  await app.unlock();
}

test('S8: the worker sends; a page that unlocks waits for it, then sends on; nothing goes twice', async ({
  server,
  words,
  newDevice,
}) => {
  test.skip(words.locale !== 'en', 'a lock is the same in every language');
  const way = new Way(server);
  await way.proxy.start();
  try {
    const phone = await newDevice('phone');
    const worker = await closedPhone(phone, way, server);
    const carryOn = way.keep();
    await worker.sync(way.proxy.url);
    await expect.poll(() => way.pushes.length).toBe(1);

    await unlocked(phone, way);
    await expect.poll(() => senders(phone.page)).toEqual({ held: 1, pending: 1 });
    await phone.logNewPlace('Afterunlocking', '102');
    expect(way.pushes).toHaveLength(1);
    expect(await senders(phone.page)).toEqual({ held: 1, pending: 1 });
    carryOn();
    await sent(phone);

    // The worker's with the token that can do nothing else; the page goes on where it stopped.
    const [byWorker, byPage] = way.pushes;
    expect(way.pushes).toHaveLength(2);
    expect(byPage?.token).not.toBe(byWorker?.token);
    expect(byPage?.from).toBe((byWorker?.from ?? 0) + (byWorker?.count ?? 0));
    expect(way.mostAtOnce).toBe(1);
    expect(await senders(phone.page)).toEqual({ held: 1, pending: 0 });
    expect(await verifiedGroups(server)).toBe(4); // of each convoy its place and itself
  } finally {
    way.proxy.stop();
  }
});

test('S8: beside an unlocked page the worker sends nothing; when the page is left, the worker sends what was under way', async ({
  server,
  words,
  newDevice,
}) => {
  test.skip(words.locale !== 'en', 'a lock is the same in every language');
  const way = new Way(server);
  await way.proxy.start();
  try {
    const phone = await newDevice('phone');
    const worker = await closedPhone(phone, way, server);
    await unlocked(phone, way);
    await sent(phone);
    const sentBefore = way.pushes.length;
    const carryOn = way.keep();
    await phone.logNewPlace('Afterunlocking', '102');
    const before = sentBefore + 1;
    await expect.poll(() => way.pushes.length).toBe(before);
    const byPage = way.pushes.at(-1);
    await expect.poll(() => senders(phone.page)).toEqual({ held: 1, pending: 0 });
    await worker.sync(way.proxy.url);
    await worker.sync(way.proxy.url);
    await phone.page.waitForTimeout(1_000); // time in which a worker that did not ask would send
    expect(way.pushes).toHaveLength(before);
    expect(way.mostAtOnce).toBe(1);

    // Left in haste: its push never got an answer, and may still be on its way.
    await phone.page.goto('about:blank');
    await expect(async () => {
      await worker.sync(way.proxy.url);
      await expect.poll(() => way.pushes.length, { timeout: 2_000 }).toBe(before + 1);
    }).toPass({ timeout: 30_000 });
    const byWorker = way.pushes.at(-1);
    expect(byWorker?.token).not.toBe(byPage?.token);
    expect(byWorker?.from).toBe(byPage?.from);
    carryOn(); // both arrive
    await unlocked(phone, way);
    await sent(phone);
    expect(await verifiedGroups(server)).toBe(4);
  } finally {
    way.proxy.stop();
  }
});

test('S8: a worker that is killed while it sends lets the lock go, and the page sends it', async ({
  server,
  words,
  newDevice,
}) => {
  test.skip(words.locale !== 'en', 'a lock is the same in every language');
  const way = new Way(server);
  await way.proxy.start();
  try {
    const phone = await newDevice('phone');
    const worker = await closedPhone(phone, way, server);
    const carryOn = way.keep();
    await worker.sync(way.proxy.url);
    await expect.poll(() => way.pushes.length).toBe(1);
    const other = await phone.device.context.newPage();
    await other.goto(`${way.proxy.url}/robots.txt`);
    await expect.poll(() => senders(other)).toEqual({ held: 1, pending: 0 });
    await worker.kill();
    await expect.poll(() => senders(other)).toEqual({ held: 0, pending: 0 });
    await other.close();

    await unlocked(phone, way);
    await expect.poll(() => way.pushes.length).toBeGreaterThan(1);
    expect(way.pushes[1]?.from).toBe(way.pushes[0]?.from);
    carryOn();
    await sent(phone);
    expect(way.mostAtOnce).toBe(1);
    expect(await verifiedGroups(server)).toBe(2);
  } finally {
    way.proxy.stop();
  }
});
