import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { SCHEMA, type Group } from '#lib/changes/change.ts';
import { editRecord } from '#lib/changes/edit.ts';
import { applyGroup, foldGroups } from '#lib/changes/fold-changes.ts';
import { conflictsOf, deletionOf, type RecordState } from '#lib/changes/fold.ts';
import { fromBase64Url, toUtf8 } from '#lib/crypto/encoding.ts';
import { randomId } from '#lib/crypto/random.ts';
import { verify } from '#lib/crypto/signatures.ts';
import { PATHS } from '#lib/protocol/paths.ts';
import {
  decodeSnapshotPage,
  SNAPSHOT_FORMAT,
  snapshotBytes,
  splitSnapshotPart,
} from '#lib/protocol/snapshot-codec.ts';
import type { SnapshotManifest, SnapshotResponse } from '#lib/protocol/wire-records.ts';
import { makeSnapshot } from '#lib/server/snapshots/make-snapshot.ts';
import { verifyStore } from '#lib/server/store-care/verify.ts';
import { onBothStores } from './both-stores.ts';
import { groupOf, pullAll, pushGroups, type TestDevice } from './device.ts';
import { NOON, startTestServer, type TestServer } from './in-process.ts';

/** More than the property below makes, which takes its snapshots itself. */
const SNAPSHOT_FROM = 200;

type States = ReadonlyMap<string, RecordState>;

onBothStores('snapshots', (store) => {
  let at: TestServer;
  beforeEach(async () => {
    at = await startTestServer(await store.fresh(), { snapshotFrom: SNAPSHOT_FROM });
  }, 60_000);
  afterEach(() => at.stop());

  const ask = (path: string, by: TestDevice, body: unknown) =>
    at.transport(path, body, by.enrolled.tokens.full);
  const offered = async (by: TestDevice): Promise<SnapshotResponse> =>
    (await ask(PATHS.snapshot, by, { schema: SCHEMA, format: SNAPSHOT_FORMAT }))
      .body as SnapshotResponse;

  async function load(by: TestDevice, manifest: SnapshotManifest): Promise<States> {
    const states = new Map<string, RecordState>();
    for (const [part, { sha256, records }] of manifest.parts.entries()) {
      const { text } = await ask(PATHS.snapshotPart, by, { snapshot: manifest.id, part });
      expect(createHash('sha256').update(text).digest('base64url')).toBe(sha256);
      const before = states.size;
      for (const page of splitSnapshotPart(toUtf8(text))) {
        const read = decodeSnapshotPage(page);
        expect(read.ok).toBe(true);
        for (const state of read.ok ? read.value : []) states.set(state.id, state);
      }
      expect(states.size - before).toBe(records);
    }
    return states;
  }

  /** A device that begins with this snapshot, pulls the tail and folds it in. */
  async function throughSnapshot(by: TestDevice, manifest: SnapshotManifest): Promise<States> {
    const start = await load(by, manifest);
    const device = { ...by, cursors: manifest.cursors };
    const { log, movements, rewind } = await pullAll(at.transport, device);
    expect(rewind).toEqual([]);
    const { records, held } = foldGroups([...log, ...movements], start);
    expect(held).toEqual([]);
    return records;
  }

  async function throughAll(by: TestDevice): Promise<States> {
    const { log, movements } = await pullAll(at.transport, { ...by, cursors: {} });
    return foldGroups([...log, ...movements]).records;
  }

  const shown = (states: States): unknown =>
    [...states.values()]
      .map((state) => ({
        id: state.id,
        kind: state.kind,
        fields: new Map(Object.entries(state.fields)),
        conflicts: conflictsOf(state),
        deletion: deletionOf(state),
      }))
      .toSorted((a, b) => (a.id < b.id ? -1 : 1));

  /** One of the many things that happen in an operation, as its device then knows the records. */
  function act(by: TestDevice, known: Map<string, RecordState>, does: number, n: number): Group[] {
    const context = {
      operation: by.enrolled.operation,
      author: by.enrolled.member,
      deviceTime: '2016-06-29T15:00:00.000Z',
      schema: SCHEMA,
      newId: randomId,
    };
    const places = [...known.values()].filter((state) => state.kind === 'locality');
    const old = places[n % Math.max(1, places.length)];
    if (does === 0 && old) {
      const change = editRecord(old, 'locality', old.id, { name: `Place ${n}` }, context);
      return change ? [{ ...groupOf(by, []), changes: [change] }] : [];
    }
    if (does === 1) {
      const convoy = randomId();
      const said = { convoy, source: 's', scope: 'convoy', status: 'delivered' };
      // Of yesterday it waits; of last week it goes to `log` at once.
      const date = n % 2 === 0 ? '2016-06-28' : '2016-06-20';
      return [
        groupOf(by, [
          { kind: 'convoy', record: convoy, values: { _created: true } },
          { kind: 'report', record: randomId(), values: { ...said, date } },
        ]),
      ];
    }
    return [groupOf(by, [{ kind: 'locality', record: randomId(), values: { name: `New ${n}` } }])];
  }

  const steps = fc.array(fc.tuple(fc.nat(1), fc.nat(2), fc.nat(999)), {
    minLength: 4,
    maxLength: 12,
  });

  test('S5: a snapshot taken at any sequence, then the tail, shows what all groups show', async () => {
    const coordinator = await at.join('coordinator');
    const devices = [at.owner, coordinator];
    const { operation } = at.owner.enrolled;
    await fc.assert(
      fc.asyncProperty(steps, fc.nat(13), async (list, takenAt) => {
        const views = [new Map(await throughAll(at.owner)), new Map(await throughAll(at.owner))];
        let manifests: SnapshotManifest[] = [];
        for (const [index, [who, does, n]] of list.entries()) {
          const [device, view] = [devices[who]!, views[who]!];
          for (const group of act(device, view, does, n)) {
            await pushGroups(at.transport, device, [group], { pull: false });
            for (const state of applyGroup(view, group) ?? []) view.set(state.id, state);
          }
          if (index !== takenAt % list.length) continue;
          for (const audience of ['log', 'all'] as const) {
            await makeSnapshot(at.server.store, at.server.keys, operation, audience, NOON);
          }
          const rows = await at.server.store.db.selectFrom('snapshots').selectAll().execute();
          manifests = rows.map((row) => JSON.parse(row.manifest) as SnapshotManifest);
        }
        // Two days on, what waited goes to `log`: groups that a snapshot of `all` has already.
        at.setClock(NOON + 2 * 86_400_000);
        await at.server.sweep();
        at.setClock(NOON);
        const observer = await at.join('observer');
        for (const manifest of manifests) {
          const reader = manifest.cursors.movements ? coordinator : observer;
          expect(shown(await throughSnapshot(reader, manifest))).toEqual(
            shown(await throughAll(reader)),
          );
        }
      }),
      { numRuns: 10 },
    );
    expect((await verifyStore(at.server.store)).flaws).toEqual([]);
  }, 120_000);

  const place = (by: TestDevice, n: number): Group =>
    groupOf(by, [{ kind: 'locality', record: randomId(), values: { name: `Place ${n}` } }]);

  async function fill(count: number): Promise<void> {
    const groups = Array.from({ length: count }, (_, n) => place(at.owner, n));
    await pushGroups(at.transport, at.owner, groups, { pull: false });
  }

  /** As a device does it: asks again while one is being made. */
  async function untilOffered(by: TestDevice): Promise<SnapshotManifest> {
    for (;;) {
      const { snapshot, wait } = await offered(by);
      if (snapshot) return snapshot;
      expect(wait).toBeGreaterThan(0);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  test('a small stream has none: it is pulled', async () => {
    await fill(5);
    expect(await offered(at.owner)).toMatchObject({ snapshot: null, wait: null });
  });

  test('a large one is made in a worker while the server goes on, and is signed by the server', async () => {
    await fill(SNAPSHOT_FROM);
    const manifest = await untilOffered(at.owner);
    expect(manifest).toMatchObject({
      records: SNAPSHOT_FROM,
      cursors: { log: { seq: SNAPSHOT_FROM } },
    });
    const [point, signature] = manifest.signature.split('.').map((part) => fromBase64Url(part));
    const bytes = snapshotBytes(at.owner.enrolled.operation, manifest);
    expect(await verify(point!, signature!, bytes)).toBe(true);
    const more = snapshotBytes(at.owner.enrolled.operation, { ...manifest, records: 1 });
    expect(await verify(point!, signature!, more)).toBe(false);
    expect(point).toEqual(fromBase64Url(at.owner.enrolled.certificate.split('.')[0] ?? ''));
    await fill(3);
    expect((await throughSnapshot(at.owner, manifest)).size).toBe(SNAPSHOT_FROM + 3);
  });

  test('movements are in no snapshot but that of those who read all of them', async () => {
    const convoy = groupOf(at.owner, [
      { kind: 'convoy', record: randomId(), values: { _created: true } },
    ]);
    await pushGroups(at.transport, at.owner, [convoy]);
    await fill(SNAPSHOT_FROM);
    const [coordinator, logger, observer] = [
      await at.join('coordinator'),
      await at.join('logger'),
      await at.join('observer'),
    ];
    const all = await untilOffered(coordinator);
    expect((await load(coordinator, all)).has(convoy.changes[0]?.record ?? '')).toBe(true);
    for (const reader of [logger, observer]) {
      const own = await untilOffered(reader);
      expect(own.cursors.movements).toBeUndefined();
      expect((await load(reader, own)).has(convoy.changes[0]?.record ?? '')).toBe(false);
      const stolen = await ask(PATHS.snapshotPart, reader, { snapshot: all.id, part: 0 });
      expect(stolen.status).toBe(404);
    }
  });

  test('who does not ask for the form of today, or asks for an older schema, gets none and pulls', async () => {
    await makeSnapshot(at.server.store, at.server.keys, at.owner.enrolled.operation, 'all', NOON);
    const asking = async (body: unknown): Promise<unknown> =>
      ((await ask(PATHS.snapshot, at.owner, body)).body as SnapshotResponse).snapshot?.format;
    expect(await asking({ schema: SCHEMA, format: SNAPSHOT_FORMAT })).toBe(SNAPSHOT_FORMAT);
    expect(await asking({ schema: SCHEMA })).toBeUndefined();
    expect(await asking({ schema: SCHEMA, format: SNAPSHOT_FORMAT + 1 })).toBeUndefined();
    expect(await asking({ schema: SCHEMA - 1, format: SNAPSHOT_FORMAT })).toBeUndefined();
  });

  test('a snapshot stays while a newer one is loaded, and goes when two newer ones stand', async () => {
    const { operation } = at.owner.enrolled;
    const make = () => makeSnapshot(at.server.store, at.server.keys, operation, 'all', NOON);
    const status = async (snapshot: string) =>
      (await ask(PATHS.snapshotPart, at.owner, { snapshot, part: 0 })).status;
    await fill(3);
    const first = await make();
    await fill(1);
    const second = await make();
    expect([await status(first), await status(second)]).toEqual([200, 200]);
    await fill(1);
    await make();
    expect([await status(first), await status(second)]).toEqual([404, 200]);
  });

  test('a clock that was set back makes no older snapshot the newest', async () => {
    const { store: opened, keys } = at.server;
    const { operation } = at.owner.enrolled;
    const make = (now: number) => makeSnapshot(opened, keys, operation, 'all', now);
    await fill(1);
    await make(NOON + 86_400_000);
    await fill(1);
    await make(NOON + 86_400_000);
    await fill(1);
    const newest = await make(NOON);
    expect((await offered(at.owner)).snapshot?.id).toBe(newest);
  });

  test('parts that a process left when it died are never offered, and go with the next', async () => {
    const { db } = at.server.store;
    const left = { snapshot: 'left', part: 0, createdAt: NOON - 7_200_000, bytes: Buffer.of(1) };
    await db.insertInto('snapshotParts').values(left).execute();
    await fill(3);
    expect((await offered(at.owner)).snapshot).toBeNull();
    const { operation } = at.owner.enrolled;
    await makeSnapshot(at.server.store, at.server.keys, operation, 'all', NOON);
    const rows = await db.selectFrom('snapshotParts').select('snapshot').execute();
    expect(rows.map((row) => row.snapshot)).not.toContain('left');
  });
});
