import { afterEach, expect, test } from 'vitest';
import { randomId } from '#lib/crypto/random.ts';
import { SCHEMA } from '#lib/changes/change.ts';
import { PATHS } from '#lib/protocol/paths.ts';
import { SNAPSHOT_FORMAT } from '#lib/protocol/snapshot-codec.ts';
import type { SnapshotResponse } from '#lib/protocol/wire-records.ts';
import { onBothStores } from './both-stores.ts';
import { groupOf, pullAll, pushGroups } from './device.ts';
import { NOON, startTestServer, type TestServer } from './in-process.ts';

const FROM = 3;
const MINUTES = 60_000;

onBothStores('a snapshot that cannot be made', (store) => {
  let at: TestServer;
  afterEach(() => at.stop());

  async function start(snapshotMemory?: number): Promise<void> {
    const memory = snapshotMemory === undefined ? {} : { snapshotMemory };
    at = await startTestServer(await store.fresh(), { snapshotFrom: FROM, ...memory });
    const groups = Array.from({ length: FROM }, (_, n) =>
      groupOf(at.owner, [{ kind: 'locality', record: randomId(), values: { name: `Place ${n}` } }]),
    );
    await pushGroups(at.transport, at.owner, groups, { pull: false });
  }

  async function ask(): Promise<SnapshotResponse> {
    const { body } = await at.transport(
      PATHS.snapshot,
      { schema: SCHEMA, format: SNAPSHOT_FORMAT },
      at.owner.enrolled.tokens.full,
    );
    return body as SnapshotResponse;
  }

  /** As a device does it, until it need not wait any more. */
  async function untilAnswered(): Promise<SnapshotResponse> {
    for (;;) {
      const answer = await ask();
      if (answer.wait === null) return answer;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  test('its thread throws: devices are told to pull, and it is tried again after a while', async () => {
    await start();
    const { db } = at.server.store;
    const group = await db.selectFrom('groups').selectAll().limit(1).executeTakeFirstOrThrow();
    const setBytes = (bytes: Uint8Array) =>
      db.updateTable('groups').set({ bytes }).where('id', '=', group.id).execute();
    await setBytes(Buffer.from('no group'));
    expect(await untilAnswered()).toMatchObject({ snapshot: null, wait: null });
    expect(await ask()).toMatchObject({ snapshot: null, wait: null });
    await setBytes(group.bytes);
    at.setClock(NOON + 6 * MINUTES);
    expect(await untilAnswered()).toMatchObject({ snapshot: { records: FROM } });
    // What the failed try left is offered to nobody, and nothing of it stands.
    const parts = await db.selectFrom('snapshotParts').select('part').execute();
    expect(parts).toHaveLength(1);
  });

  test('its thread takes more memory than it may: the thread ends, the server goes on', async () => {
    await start(10);
    expect(await untilAnswered()).toMatchObject({ snapshot: null, wait: null });
    const { log } = await pullAll(at.transport, { ...at.owner, cursors: {} });
    expect(log).toHaveLength(FROM);
  });
});
