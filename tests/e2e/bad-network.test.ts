import { seededRandom, seedOfRun } from '../faults/server/seed.ts';
import { postgresIsInstalled } from '../faults/server/postgres.ts';
import { FaultProxy } from '../support/fault-proxy.ts';
import { TestServer } from '../support/server.ts';
import type { CrosslineApp } from './crossline-app.ts';
import { expect, invite, test } from './setup.ts';

/** Seeds that once failed are played first, each time. */
const KEPT: readonly number[] = [];
const CONVOYS = 6;

/** A device behind the bad network, and the trucks of which its person was told "saved". */
interface Logger {
  readonly app: CrosslineApp;
  readonly saved: string[];
}

async function back(app: CrosslineApp, url: string): Promise<void> {
  // The page itself may not come: the installed application opens without any network.
  await app.page.goto(`${url}/log`);
  await app.unlock();
}

/** Asks again where the network took the answer away: the invite is not spent by that. */
async function joinPatiently(app: CrosslineApp, link: string, name: string): Promise<void> {
  const { page, words } = app;
  await page.goto(link);
  const offered = page.getByTestId('offered-passphrase');
  await expect(offered).not.toBeEmpty({ timeout: 60_000 });
  app.passphrase = (await offered.textContent())!.trim();
  await page.getByLabel(words.t('join.name')).fill(name);
  await expect(async () => {
    if (await app.button('join.go').isVisible()) await app.button('join.go').click();
    await expect(app.badge()).toBeVisible({ timeout: 10_000 });
  }).toPass({ timeout: 120_000 });
  await app.waitUntilOffline();
}

async function logOne({ app, saved }: Logger, place: string, trucks: string): Promise<void> {
  await app.logNewPlace(place, trucks);
  saved.push(trucks);
}

for (const store of ['sqlite', 'postgres'] as const) {
  // A title is read again in every process: it cannot hold a seed that is drawn.
  for (const kept of [...KEPT, undefined]) {
    test(`2G, a lossy network, browsers and server killed: every device has the same, nothing saved is missing [${store}, ${kept === undefined ? 'a new seed' : `seed ${kept}`}]`, async ({
      newDevice,
      newDatabase,
      words,
    }) => {
      test.skip(words.locale !== 'en', 'the network is the same in every language');
      test.skip(store === 'postgres' && !postgresIsInstalled, 'PostgreSQL is not installed here');
      test.setTimeout(600_000);
      const seed = kept ?? seedOfRun();
      console.log(`bad-network.test.ts [${store}] seed ${seed}`);
      const random = seededRandom(seed);
      const env: Record<string, string> = store === 'postgres' ? await newDatabase() : {};
      const server = await new TestServer({ env }).start();
      const slow = { bytesPerSecond: 30_000, delayMs: 600 };
      const proxy = await new FaultProxy({ target: server.port, random, share: 0.4, slow }).start();
      try {
        const loggers: Logger[] = [];
        for (const name of ['One', 'Two']) {
          const app = await newDevice('phone');
          const link = await invite(server, 'coordinator', name);
          await joinPatiently(app, link.replace(server.url, proxy.url), name);
          loggers.push({ app, saved: [] });
        }
        for (let n = 0; n < CONVOYS; n++) {
          const logger = loggers[Math.floor(random() * loggers.length)] as Logger;
          await back(logger.app, proxy.url).catch(() => back(logger.app, proxy.url));
          await logOne(logger, `Place${String.fromCharCode(65 + n)}`, String(101 + n));
          const dies = random();
          await new Promise((resolve) => setTimeout(resolve, random() * 3_000));
          if (dies < 0.4) {
            await logger.app.device.kill();
            await logger.app.device.start();
          } else if (dies < 0.7) {
            await server.kill9();
            await server.start();
          }
        }
        expect([...proxy.counts.values()].reduce((sum, count) => sum + count, 0)).toBeGreaterThan(
          0,
        );
        proxy.heal();
        const all = loggers.flatMap(({ saved }) => saved);
        expect(all).toHaveLength(CONVOYS);
        for (const { app } of loggers) {
          await back(app, proxy.url);
          await expect(app.badge()).toHaveAttribute('data-kind', 'all_sent', { timeout: 120_000 });
        }
        for (const { app } of loggers) {
          await app.page.getByRole('link', { name: words.t('nav.convoys'), exact: true }).click();
          for (const trucks of all) await app.expectText(new RegExp(`\\b${trucks}\\b`), 60_000);
        }
        const texts = await Promise.all(
          loggers.map(({ app }) => app.page.getByRole('main').innerText()),
        );
        expect(texts[1]).toBe(texts[0]);
      } finally {
        proxy.stop();
        await server.remove();
      }
    });
  }
}
