import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { randomId } from '#lib/crypto/random.ts';
import { PATHS } from '#lib/protocol/paths.ts';
import type { Role } from '#lib/protocol/roles.ts';
import { createOperation } from '#lib/server/people/operations.ts';
import { createPokes } from '#lib/server/sync/pokes.ts';
import { onBothStores } from './both-stores.ts';
import { enrolDevice, groupOf, overHttp, pullAll, pushGroups, type TestDevice } from './device.ts';
import { NOON, startTestServer } from './in-process.ts';
import { startServerProcess, type ServerProcess } from './server-process.ts';

const WAIT_MS = 10_000;

/** The lines of a device's poke stream that say there is more, as they come. */
async function listen(url: string, device: TestDevice) {
  const abort = new AbortController();
  const response = await fetch(`${url}${PATHS.poke}`, {
    headers: { Authorization: `Bearer ${device.enrolled.tokens.full}` },
    signal: abort.signal,
  });
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  const next = async (): Promise<unknown> => {
    const { value } = await reader.read();
    return JSON.parse(value?.trim().split('\n').at(-1) ?? 'null');
  };
  return { status: response.status, next, end: () => abort.abort() };
}

onBothStores('pokes', (store) => {
  let folder: string;
  let servers: ServerProcess[];
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'crossline-poke-'));
    const databaseUrl = await store.fresh();
    const env = { CROSSLINE_DATA: folder, ...(databaseUrl ? { DATABASE_URL: databaseUrl } : {}) };
    const first = await startServerProcess(env);
    servers = [first, await startServerProcess(env)];
  }, 60_000);
  afterEach(async () => {
    for (const server of servers) await server.kill();
    rmSync(folder, { recursive: true, force: true });
  });

  async function joinAs(owner: TestDevice, url: string, role: Role): Promise<TestDevice> {
    const transport = overHttp(url);
    const body = { role, name: role, days: 1 };
    const made = await transport(PATHS.invites, body, owner.enrolled.tokens.full);
    return enrolDevice(transport, (made.body as { token: string }).token);
  }

  const place = (by: TestDevice) =>
    groupOf(by, [{ kind: 'locality', record: randomId(), values: { name: 'Arbin' } }]);

  test('a change pushed at one process is told, and pulled, at the other', async () => {
    const [one, two] = servers as [ServerProcess, ServerProcess];
    const owner = await enrolDevice(overHttp(one.url), one.token ?? '');
    const reader = await joinAs(owner, one.url, 'observer');
    const stream = await listen(two.url, reader);
    expect(await stream.next()).toEqual({ more: true });
    await new Promise((resolve) => setTimeout(resolve, 400));
    const group = place(owner);
    await pushGroups(overHttp(one.url), owner, [group]);
    const told = await Promise.race([
      stream.next(),
      new Promise((resolve) => setTimeout(() => resolve('nothing'), WAIT_MS)),
    ]);
    expect(told).toEqual({ more: true });
    expect((await pullAll(overHttp(two.url), reader)).log).toEqual([group]);
    stream.end();
  }, 60_000);

  test('two processes beside one store give every reader one order without holes', async () => {
    const [one, two] = servers as [ServerProcess, ServerProcess];
    const owner = await enrolDevice(overHttp(one.url), one.token ?? '');
    const devices = [
      await joinAs(owner, one.url, 'logger'),
      await joinAs(owner, two.url, 'logger'),
    ];
    const reader = await joinAs(owner, two.url, 'observer');
    const early: string[] = [];
    const pushing = Promise.all(
      devices.map(async (device, index) => {
        const url = servers[index]?.url ?? '';
        for (let i = 0; i < 40; i += 1) await pushGroups(overHttp(url), device, [place(device)]);
      }),
    );
    let done = false;
    void pushing.finally(() => (done = true));
    while (!done) early.push(...(await pullAll(overHttp(two.url), reader)).log.map((g) => g.id));
    await pushing;
    early.push(...(await pullAll(overHttp(two.url), reader)).log.map((g) => g.id));
    const late = await pullAll(overHttp(one.url), { ...reader, cursors: {} });
    expect(early).toEqual(late.log.map((group) => group.id));
    expect(new Set(early).size).toBe(80);
  }, 60_000);

  test('a base pushed at one process frees what the other holds', async () => {
    const [one, two] = servers as [ServerProcess, ServerProcess];
    const owner = await enrolDevice(overHttp(one.url), one.token ?? '');
    for (let i = 0; i < 10; i += 1) {
      const record = randomId();
      const first = groupOf(owner, [{ kind: 'locality', record, values: { name: 'Arbin' } }]);
      const base = [first.changes[0]?.id ?? ''];
      const second = groupOf(owner, [{ kind: 'locality', record, values: { name: 'X' }, base }]);
      const other = { ...owner, replica: `other-${i}`, next: 1 };
      await Promise.all([
        pushGroups(overHttp(one.url), owner, [first]),
        pushGroups(overHttp(two.url), other, [second]),
      ]);
    }
    const reader = { ...owner, cursors: {} };
    expect((await pullAll(overHttp(one.url), reader)).log).toHaveLength(20);
  }, 60_000);
});

const callerOf = (device: TestDevice) => ({
  ...device.enrolled,
  signKey: new Uint8Array(65),
  isRevoked: false,
  revokedAs: null,
  scope: 'full' as const,
});

test('the first of an operation to listen misses nothing that comes after he was told', async () => {
  const at = await startTestServer();
  const { store, keys } = at.server;
  const pokes = createPokes(store, { lookEvery: 60_000 });
  const made = await store.write((tx) => createOperation(tx, keys, 'Other', NOON));
  const other = await enrolDevice(at.transport, made.token, 'Other owner');
  pokes.open(callerOf(at.owner));
  await pokes.look();
  const reader = pokes.open(callerOf(other))!.getReader();
  expect(new TextDecoder().decode((await reader.read()).value)).toContain('true');
  await pushGroups(at.transport, other, [
    groupOf(other, [{ kind: 'locality', record: randomId(), values: { name: 'Arbin' } }]),
  ]);
  await pokes.look();
  expect(new TextDecoder().decode((await reader.read()).value)).toContain('true');
  pokes.close();
  await at.stop();
});

test('who was revoked hears nothing more, and a logger nothing of movements', async () => {
  const at = await startTestServer();
  const [lost, demoted] = await Promise.all([at.join('coordinator'), at.join('coordinator')]);
  const pokes = createPokes(at.server.store, { lookEvery: 60_000, keepAlive: 10 });
  const [first, second] = [lost, demoted].map((one) => pokes.open(callerOf(one))!.getReader());
  await pokes.look();
  const asOwner = at.owner.enrolled.tokens.full;
  await at.transport(PATHS.revoke, { device: lost.enrolled.device, as: 'lost' }, asOwner);
  for (let ended = false; !ended;) ended = (await first!.read()).done;
  expect(pokes.count()).toBe(1);
  await at.transport(PATHS.role, { member: demoted.enrolled.member, role: 'logger' }, asOwner);
  // Two more signs of life: the second is sent when the roles of the first have been read.
  for (let alive = 0; alive < 4;) {
    const { value } = await second!.read();
    if (new TextDecoder().decode(value).includes('false')) alive += 1;
  }
  await pushGroups(at.transport, at.owner, [
    groupOf(at.owner, [{ kind: 'convoy', record: randomId(), values: { _created: true } }]),
  ]);
  await pokes.look();
  for (let alive = 0; alive < 3; alive += 1) {
    expect(new TextDecoder().decode((await second!.read()).value)).not.toContain('true');
  }
  pokes.close();
  await at.stop();
});

test('a poke stream is refused when there is no room, and ends with the server', async () => {
  const at = await startTestServer();
  const observer = await at.join('observer');
  const pokes = createPokes(at.server.store, { maxStreams: 2 });
  expect(pokes.open(callerOf(at.owner))).not.toBeNull();
  const second = pokes.open(callerOf(observer));
  expect(pokes.open(callerOf(await at.join('logger')))).toBeNull();
  expect(pokes.count()).toBe(2);
  await second?.cancel();
  expect(pokes.count()).toBe(1);
  expect(pokes.open(callerOf(at.owner))).not.toBeNull();
  expect(pokes.open(callerOf(at.owner))).not.toBeNull();
  expect(pokes.count()).toBe(2);
  pokes.close();
  expect(pokes.count()).toBe(0);
  await at.stop();
});
