import { afterEach, beforeEach, expect, test } from 'vitest';
import { randomId } from '#lib/crypto/random.ts';
import { PATHS } from '#lib/protocol/paths.ts';
import { verifyStore } from '#lib/server/store-care/verify.ts';
import { openStore } from '#lib/server/store/store.ts';
import { startRoundRobin, type RoundRobin } from '../../support/round-robin.ts';
import { startServer, type TestServer } from '../../support/server.ts';
import { onBothStores } from '../server/both-stores.ts';
import { enrolDevice, groupOf, overHttp, pullAll, pushGroups } from '../server/device.ts';
import { seededRandom, seedOfRun } from '../server/seed.ts';

const DEVICES = 3;
const GROUPS_EACH = 30;
const KILLS = 3;

onBothStores('the built server', (store) => {
  const servers: TestServer[] = [];
  let front: RoundRobin;
  let databaseUrl: string | undefined;
  beforeEach(async () => {
    databaseUrl = await store.fresh();
    const env = databaseUrl ? { DATABASE_URL: databaseUrl } : undefined;
    servers.push(await startServer(env ? { env } : {}));
    // One SQLite file is one process's; beside one PostgreSQL stand two.
    if (env) servers.push(await startServer({ env }));
    front = await startRoundRobin(servers.map((server) => server.port));
  }, 300_000);
  afterEach(async () => {
    front.close();
    for (const server of servers.splice(0)) await server.remove();
  });

  test('killed at random points behind a round-robin: what was acknowledged is there once, the rest arrives once', async () => {
    const seed = seedOfRun();
    const random = seededRandom(seed);
    console.log(`killed.test.ts [${store.name}] seed ${seed}`);
    const http = overHttp(front.url);
    const owner = await enrolDevice(http, servers[0]?.inviteLink.split('#')[1] ?? '');
    const sent: string[] = [];
    const pushing = Array.from({ length: DEVICES }, async () => {
      const invite = { role: 'logger', name: 'Rima', days: 1 };
      const { body } = await http(PATHS.invites, invite, owner.enrolled.tokens.full);
      const device = await enrolDevice(http, (body as { token: string }).token);
      const groups = Array.from({ length: GROUPS_EACH }, (_, n) =>
        groupOf(device, [{ kind: 'locality', record: randomId(), values: { name: `Place ${n}` } }]),
      );
      sent.push(...groups.map((group) => group.id));
      return { device, groups };
    });
    const ready = await Promise.all(pushing);
    let isOver = false;
    const all = Promise.all(
      ready.map(async ({ device, groups }) => {
        while (device.next <= groups.length) {
          const some = groups.slice(device.next - 1, device.next + Math.floor(random() * 3));
          try {
            const answer = await pushGroups(http, device, some, { pull: false });
            expect(answer.quarantined).toEqual([]);
            expect(answer.fork ?? answer.gap).toBeUndefined();
          } catch (error) {
            // No answer, half an answer, or a process that says "later": anything else is a fault.
            const isCut = error instanceof TypeError || error instanceof SyntaxError;
            if (!isCut && !String(error).includes(' 503 ')) throw error;
            await new Promise((resolve) => setTimeout(resolve, 50));
          }
        }
      }),
    ).finally(() => {
      isOver = true;
    });
    let kills = 0;
    while (kills < KILLS && !isOver) {
      await new Promise((resolve) => setTimeout(resolve, 50 + random() * 200));
      const server = servers[kills % servers.length]!;
      await server.kill9();
      await server.start();
      kills += 1;
    }
    await all;
    expect(kills).toBeGreaterThan(0);
    const { log } = await pullAll(http, { ...owner, cursors: {} });
    expect(log.map((group) => group.id).toSorted()).toEqual(sent.toSorted());
    if (databaseUrl) expect(Math.min(...front.served)).toBeGreaterThan(0);
    const opened = await openStore({ folder: servers[0]?.dataDir ?? '', databaseUrl });
    expect(await verifyStore(opened)).toEqual({ groups: sent.length, flaws: [] });
    await opened.close();
  }, 240_000);
});
