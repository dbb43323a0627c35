import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Group } from '#lib/changes/change.ts';
import { randomId } from '#lib/crypto/random.ts';
import { PATHS } from '#lib/protocol/paths.ts';
import { verifyStore } from '#lib/server/store-care/verify.ts';
import { openStore } from '#lib/server/store/store.ts';
import { startRoundRobin, type RoundRobin } from '../../support/round-robin.ts';
import { onBothStores } from './both-stores.ts';
import { enrolDevice, groupOf, overHttp, pullAll, pushGroups, type TestDevice } from './device.ts';
import { seededRandom, seedOfRun } from './seed.ts';
import { startServerProcess, type ServerProcess } from './server-process.ts';

const DEVICES = 6;
const GROUPS_EACH = 25;
const KILLS = 3;

onBothStores('two server processes behind a round-robin', (store) => {
  let folder: string;
  let env: Record<string, string>;
  let servers: ServerProcess[];
  let front: RoundRobin;
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'crossline-robin-'));
    const databaseUrl = await store.fresh();
    env = { CROSSLINE_DATA: folder, ...(databaseUrl ? { DATABASE_URL: databaseUrl } : {}) };
    const first = await startServerProcess(env);
    servers = [first, await startServerProcess(env)];
    front = await startRoundRobin(servers.map((server) => server.port));
  }, 60_000);
  afterEach(async () => {
    front.close();
    for (const server of servers) await server.kill();
    rmSync(folder, { recursive: true, force: true });
  });

  async function joinAs(owner: TestDevice, role: string): Promise<TestDevice> {
    const http = overHttp(front.url);
    const body = { role, name: role, days: 1 };
    const made = await http(PATHS.invites, body, owner.enrolled.tokens.full);
    return enrolDevice(http, (made.body as { token: string }).token);
  }

  /** As a device does: what was not answered is sent again under the same numbers. */
  async function pushAll(device: TestDevice, groups: readonly Group[]): Promise<void> {
    const http = overHttp(front.url);
    while (device.next <= groups.length) {
      const some = groups.slice(device.next - 1, device.next + 1);
      try {
        const answer = await pushGroups(http, device, some, { pull: false });
        expect(answer.quarantined).toEqual([]);
        expect(answer.fork ?? answer.gap).toBeUndefined();
      } catch (error) {
        // No answer, or a process that says "later": anything else is a fault.
        if (!(error instanceof TypeError) && !String(error).includes(' 503 ')) throw error;
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    }
  }

  test('many devices push at once while processes are killed: each group is there once, in one order without holes', async () => {
    const seed = seedOfRun();
    const random = seededRandom(seed);
    console.log(`round-robin.test.ts [${store.name}] seed ${seed}`);
    const owner = await enrolDevice(overHttp(front.url), servers[0]?.token ?? '');
    const devices: TestDevice[] = [];
    for (let i = 0; i < DEVICES; i += 1) devices.push(await joinAs(owner, 'logger'));
    const sent = devices.map((device) =>
      Array.from({ length: GROUPS_EACH }, (_, n) =>
        groupOf(device, [{ kind: 'locality', record: randomId(), values: { name: `Place ${n}` } }]),
      ),
    );
    let isOver = false;
    const pushing = Promise.all(
      devices.map((device, index) => pushAll(device, sent[index] ?? [])),
    ).finally(() => {
      isOver = true;
    });
    for (let kills = 0; kills < KILLS && !isOver; kills += 1) {
      await new Promise((resolve) => setTimeout(resolve, 100 + random() * 400));
      const index = kills % 2;
      await servers[index]?.kill();
      const again = await startServerProcess(env);
      servers[index] = again;
      front.replace(index, again.port);
    }
    await pushing;
    const orders = await Promise.all(
      servers.map(async (server) => {
        const { log } = await pullAll(overHttp(server.url), { ...owner, cursors: {} });
        return log.map((group) => group.id);
      }),
    );
    expect(orders[0]).toEqual(orders[1]);
    const ids = sent.flat().map((group) => group.id);
    expect(orders[0]?.toSorted()).toEqual(ids.toSorted());
    expect(Math.min(...front.served)).toBeGreaterThan(0);
    const opened = await openStore({ folder, databaseUrl: env['DATABASE_URL'] });
    expect(await verifyStore(opened)).toEqual({ groups: ids.length, flaws: [] });
    await opened.close();
  }, 180_000);

  test('of devices that open one invite at both processes, one gets in', async () => {
    const owner = await enrolDevice(overHttp(front.url), servers[0]?.token ?? '');
    const made = await overHttp(front.url)(
      PATHS.invites,
      { role: 'logger', name: 'Rima', days: 1 },
      owner.enrolled.tokens.full,
    );
    const { token } = made.body as { token: string };
    const tries = await Promise.allSettled(
      Array.from({ length: 8 }, () => enrolDevice(overHttp(front.url), token)),
    );
    expect(tries.filter((one) => one.status === 'fulfilled')).toHaveLength(1);
  });

  test('a device that was revoked at one process is refused by the other at once', async () => {
    const owner = await enrolDevice(overHttp(front.url), servers[0]?.token ?? '');
    const logger = await joinAs(owner, 'logger');
    const [one, two] = servers.map((server) => overHttp(server.url));
    await pullAll(two!, logger);
    const body = { device: logger.enrolled.device, as: 'lost' };
    expect((await one!(PATHS.revoke, body, owner.enrolled.tokens.full)).status).toBe(200);
    await expect(pullAll(two!, logger)).rejects.toThrow('revoked');
  });
});
