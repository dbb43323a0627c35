import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Group } from '#lib/changes/change.ts';
import { randomId } from '#lib/crypto/random.ts';
import { onBothStores } from './both-stores.ts';
import {
  enrolDevice,
  envelopeOf,
  groupOf,
  overHttp,
  pullAll,
  pushEnvelopes,
  type TestDevice,
} from './device.ts';
import { seededRandom, seedOfRun } from './seed.ts';
import { startServerProcess, type ServerProcess } from './server-process.ts';

const PUSHES = 150;
/** Then it lives: on a busy machine a short life does not bring much, and a start takes seconds. */
const KILLS = 12;

onBothStores('a server that is killed', (store) => {
  let folder: string;
  let server: ServerProcess | undefined;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'crossline-kill-'));
  });
  afterEach(async () => {
    await server?.kill();
    rmSync(folder, { recursive: true, force: true });
  });

  test('at random points of 150 pushes: what was acknowledged is there once, the rest arrives once', async () => {
    const seed = seedOfRun();
    const random = seededRandom(seed);
    console.log(`kill.test.ts [${store.name}] seed ${seed}`);
    const databaseUrl = await store.fresh();
    const env = { CROSSLINE_DATA: folder, ...(databaseUrl ? { DATABASE_URL: databaseUrl } : {}) };
    server = await startServerProcess(env);
    const device = await enrolDevice(overHttp(server.url), server.token ?? '');
    const groups = await Promise.all(
      Array.from({ length: PUSHES }, async () => {
        const values = { name: `Place ${random()}` };
        const group = groupOf(device, [{ kind: 'locality', record: randomId(), values }]);
        return { group, envelope: await envelopeOf(device, group) };
      }),
    );
    const acknowledged = new Set<string>();
    let kills = 0;
    while (device.next <= PUSHES && kills < KILLS) {
      // On a busy machine nothing may be answered in so short a life: every other one begins with
      // the first answer.
      const had = acknowledged.size;
      const since = kills % 2 === 0 ? null : () => acknowledged.size > had;
      const killing = delayed(random() * 250, () => server?.kill(), since);
      await pushUntilGone(server.url, device, groups, acknowledged, random);
      await killing;
      kills += 1;
      server = await startServerProcess(env);
      const { stored } = await everything(server.url, device);
      expect(acknowledged.isSubsetOf(new Set(stored))).toBe(true);
    }
    expect(kills).toBeGreaterThan(1);
    await pushUntilGone(server.url, device, groups, acknowledged, random);
    const { stored } = await everything(server.url, device);
    expect(stored).toEqual(groups.map(({ group }) => group.id));
  }, 240_000);

  async function everything(url: string, device: TestDevice): Promise<{ stored: string[] }> {
    const reader = { ...device, cursors: {} };
    const { log } = await pullAll(overHttp(url), reader);
    return { stored: log.map((group) => group.id) };
  }
});

/** Pushes one to five at a time, again and again, until the server is gone or has everything. */
async function pushUntilGone(
  url: string,
  device: TestDevice,
  groups: readonly { group: Group; envelope: Uint8Array }[],
  acknowledged: Set<string>,
  random: () => number,
): Promise<void> {
  while (device.next <= groups.length) {
    const from = device.next - 1;
    const some = groups.slice(from, from + 1 + Math.floor(random() * 5));
    try {
      const envelopes = some.map((one) => one.envelope);
      const answer = await pushEnvelopes(overHttp(url), device, envelopes, { pull: false });
      expect(answer.quarantined).toEqual([]);
      for (const { group } of some) acknowledged.add(group.id);
    } catch (error) {
      if (error instanceof TypeError) return; // the connection broke: no answer
      throw error;
    }
  }
}

async function delayed(
  ms: number,
  work: () => Promise<void> | undefined,
  since: (() => boolean) | null,
): Promise<void> {
  while (since && !since()) await new Promise((resolve) => setTimeout(resolve, 5));
  await new Promise((resolve) => setTimeout(resolve, ms));
  await work();
}
