import { readFileSync, rmSync, truncateSync, writeFileSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql, type RawBuilder } from 'kysely';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { toBase64Url, toUtf8 } from '#lib/crypto/encoding.ts';
import { randomBytes, randomId } from '#lib/crypto/random.ts';
import { sign } from '#lib/crypto/signatures.ts';
import { PATHS } from '#lib/protocol/paths.ts';
import type { PeopleResponse } from '#lib/protocol/wire-people.ts';
import { makeSnapshot } from '#lib/server/snapshots/make-snapshot.ts';
import { backup } from '#lib/server/store-care/backup.ts';
import { restore } from '#lib/server/store-care/restore.ts';
import { verifyStore } from '#lib/server/store-care/verify.ts';
import { onBothStores } from './both-stores.ts';
import {
  envelopeOf,
  groupOf,
  pullAll,
  pushEnvelopes,
  pushGroups,
  type TestDevice,
} from './device.ts';
import { NOON, startTestServer, type TestServer } from './in-process.ts';

onBothStores('verify, backup and restore', (store) => {
  let at: TestServer;
  let folder: string;
  beforeEach(async () => {
    at = await startTestServer(await store.fresh());
    folder = mkdtempSync(join(tmpdir(), 'crossline-backup-'));
  }, 60_000);
  afterEach(async () => {
    await at.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const place = (by: TestDevice, record = randomId(), base: string[] = []) =>
    groupOf(by, [{ kind: 'locality', record, values: { name: 'Arbin' }, base }]);

  /** A bit of everything: stored, held, set aside, kept back. */
  async function fill(): Promise<void> {
    const logger = await at.join('logger');
    const convoy = randomId();
    await pushGroups(at.transport, at.owner, [
      place(at.owner),
      place(at.owner, randomId(), [randomId()]),
    ]);
    await pushGroups(at.transport, logger, [
      groupOf(logger, [
        { kind: 'convoy', record: convoy, values: { _created: true } },
        { kind: 'report', record: randomId(), values: { convoy, source: 's', status: 'departed' } },
      ]),
      groupOf(logger, [{ kind: 'operation', record: randomId(), values: { name: 'Mine' } }]),
    ]);
  }

  /** Lets go of the store, as stopping the server does, and opens it again afterwards. */
  async function whileStopped<T>(work: () => Promise<T>): Promise<T> {
    const free = await at.release();
    try {
      return await work();
    } finally {
      await free();
    }
  }

  test('a sound store has no flaws', async () => {
    await fill();
    expect(await verifyStore(at.server.store)).toEqual({ groups: 4, flaws: [] });
  });

  test('each kind of damage is found', async () => {
    await fill();
    const { db } = at.server.store;
    const rulesAfter = async (damage: () => Promise<unknown>): Promise<string[]> => {
      await damage();
      return [...new Set((await verifyStore(at.server.store)).flaws.map((flaw) => flaw.rule))];
    };
    const [published] = await db
      .selectFrom('publication')
      .selectAll()
      .where('stream', '=', 'movements')
      .execute();
    const row = { ...published!, stream: 'log', seq: 2 };
    expect(await rulesAfter(() => db.insertInto('publication').values(row).execute())).toEqual([
      'sequence_hole',
      'past_wrong',
      'published_not_released',
    ]);
    expect(await rulesAfter(() => db.deleteFrom('publication').execute())).toEqual([
      'sequence_hole',
      'past_wrong',
      'stored_not_published',
    ]);
    expect(await rulesAfter(() => db.deleteFrom('waits').execute())).toContain(
      'held_waits_for_nothing',
    );
    expect(await rulesAfter(() => db.deleteFrom('slots').execute())).toContain('slot_hole');
    expect(await rulesAfter(() => db.deleteFrom('changes').execute())).toContain(
      'change_of_nothing',
    );
    const signature = new Uint8Array(64).fill(1);
    expect(await rulesAfter(() => db.updateTable('groups').set({ signature }).execute())).toContain(
      'signature_wrong',
    );
  });

  test('what the store notes of groups is checked against their bytes', async () => {
    await fill();
    await pushEnvelopes(at.transport, at.owner, [randomBytes(200)]);
    const values = { name: 'of which nobody said that he creates it' };
    await pushGroups(at.transport, at.owner, [
      groupOf(at.owner, [{ kind: 'locality', record: randomId(), values, creates: false }]),
    ]);
    const { db } = at.server.store;
    expect((await verifyStore(at.server.store)).flaws).toEqual([]);
    const other = randomId();
    const damages: readonly [string, RawBuilder<unknown>][] = [
      ['note_wrong', sql`update "groups" set "author" = ${other} where "state" = 'stored'`],
      ['note_wrong', sql`update "groups" set "device" = ${other} where "state" = 'held'`],
      ['note_wrong', sql`update "groups" set "stream" = 'movements' where "stream" = 'log'`],
      ['note_wrong', sql`update "publication" set "author" = ${other}`],
      ['record_wrong', sql`update "records" set "creator" = ${other}`],
      ['record_wrong', sql`update "records" set "kind" = 'claim' where "kind" = 'locality'`],
      ['record_wrong', sql`update "records" set "marked" = 1 - "marked"`],
      ['record_wrong', sql`delete from "records"`],
      ['convoy_unbound', sql`update "convoyGroups" set "convoy" = ${other}`],
      ['convoy_unbound', sql`delete from "convoyGroups"`],
      ['convoy_unbound', sql`delete from "convoys"`],
      ['held_waits_for_nothing', sql`update "waits" set "changeId" = ${other}`],
      [
        'slot_hole',
        sql`update "slots" set "key" = "key" || '7' where "key" = (select min("key") from "slots")`,
      ],
      ['group_unreadable', sql`update "groups" set "bytes" = "signature" where "device" = ''`],
    ];
    const file = join(folder, 'store.gz');
    await backup(at.server.store, file, NOON);
    for (const [rule, damage] of damages) {
      await damage.execute(db);
      const { flaws } = await verifyStore(at.server.store);
      expect([damage.compile(db).sql, flaws.map((flaw) => flaw.rule)]).toEqual([
        expect.anything(),
        expect.arrayContaining([rule]),
      ]);
      await whileStopped(() => restore(at.server.store, at.place, file, NOON));
    }
    expect((await verifyStore(at.server.store)).flaws).toEqual([]);
  });

  test('S7: a publication that names another past than lies before it is found', async () => {
    await fill();
    const { db } = at.server.store;
    await db.updateTable('publication').set({ past: 'other' }).where('seq', '=', 1).execute();
    const { flaws } = await verifyStore(at.server.store);
    expect(flaws.map(({ rule, id }) => [rule, id])).toEqual([
      ['past_wrong', 'log'],
      ['past_wrong', 'movements'],
    ]);
  });

  test('a backup that is older than pasts is restored with them', async () => {
    await fill();
    const { db } = at.server.store;
    await db.updateTable('publication').set({ past: '' }).execute();
    await db.updateTable('counters').set({ logPast: '', movementsPast: '' }).execute();
    const file = join(folder, 'store.gz');
    await backup(at.server.store, file, NOON);
    await whileStopped(() => restore(at.server.store, at.place, file, NOON));
    expect((await verifyStore(at.server.store)).flaws).toEqual([]);
  });

  test('S5: a snapshot that is not what its groups fold to is found', async () => {
    await fill();
    const { store: kept, keys } = at.server;
    const { operation } = at.owner.enrolled;
    await makeSnapshot(kept, keys, operation, 'all', NOON);
    expect((await verifyStore(kept)).flaws).toEqual([]);
    const row = await kept.db.selectFrom('snapshots').selectAll().executeTakeFirstOrThrow();
    const rules = async () => (await verifyStore(kept)).flaws.map((flaw) => flaw.rule);
    const manifest = row.manifest.replace('"records":', '"records":1');
    await kept.db.updateTable('snapshots').set({ manifest }).execute();
    expect(await rules()).toEqual(['snapshot_wrong']);
    await kept.db.updateTable('snapshots').set({ manifest: row.manifest }).execute();
    await kept.db.deleteFrom('snapshotParts').execute();
    expect(await rules()).toEqual(['snapshot_wrong']);
  });

  test('a restored store has no snapshot of what the backup lacks', async () => {
    await fill();
    const file = join(folder, 'store.gz');
    await backup(at.server.store, file, NOON);
    await pushGroups(at.transport, at.owner, [place(at.owner)]);
    const { store: kept, keys } = at.server;
    await makeSnapshot(kept, keys, at.owner.enrolled.operation, 'all', NOON);
    await whileStopped(() => restore(kept, at.place, file, NOON));
    expect(await kept.db.selectFrom('snapshots').selectAll().execute()).toEqual([]);
    expect(await kept.db.selectFrom('snapshotParts').selectAll().execute()).toEqual([]);
  });

  test('a backup brings everything back, in a new epoch', async () => {
    await fill();
    const file = join(folder, 'store.gz');
    await backup(at.server.store, file, NOON);
    const before = await pullAll(at.transport, { ...at.owner, cursors: {} });
    await pushGroups(at.transport, at.owner, [place(at.owner)]);
    const late = await pullAll(at.transport, at.owner);
    expect(late.log).toHaveLength(2);
    const restored = await whileStopped(() => restore(at.server.store, at.place, file, NOON));
    expect(restored.ok).toBe(true);
    expect((await verifyStore(at.server.store)).flaws).toEqual([]);
    const after = await pullAll(at.transport, { ...at.owner, cursors: {} });
    expect([after.log, after.movements]).toEqual([before.log, before.movements]);
    // S7: a device that saw more rewinds, and what it sends again is taken as if it were new.
    expect((await pullAll(at.transport, at.owner)).rewind).toEqual(['log']);
    const pulled = await at.transport(
      PATHS.pull,
      { epoch: at.owner.enrolled.epoch, cursors: {}, schema: 1 },
      at.owner.enrolled.tokens.full,
    );
    expect((pulled.body as { epoch: string }).epoch).not.toBe(at.owner.enrolled.epoch);
    const lost = late.log.at(-1)!;
    await pushGroups(at.transport, at.owner, [lost], { replica: 'again', from: 1 });
    expect((await pullAll(at.transport, { ...at.owner, cursors: {} })).log).toEqual([
      ...before.log,
      lost,
    ]);
  });

  test('S7: a device enrolled after the backup is known again by its certificate, and what it signed comes back from any carrier', async () => {
    const file = join(folder, 'store.gz');
    await backup(at.server.store, file, NOON);
    const late = await at.join('logger');
    const group = place(late);
    await pushGroups(at.transport, late, [group]);
    const people = await at.transport(PATHS.people, null, at.owner.enrolled.tokens.full);
    const { certificates } = people.body as PeopleResponse;
    await whileStopped(() => restore(at.server.store, at.place, file, NOON));

    const envelope = await envelopeOf(late, group);
    const resend = (replica: string, sent?: unknown) =>
      at.transport(
        PATHS.push,
        {
          epoch: at.owner.enrolled.epoch,
          replica,
          from: 1,
          envelopes: [toBase64Url(envelope)],
          schema: 1,
          ...(sent ? { certificates: sent } : {}),
        },
        at.owner.enrolled.tokens.full,
      );
    const forged = certificates.map((one) => ({ ...one, role: 'owner' }));
    expect((await resend('one')).body).toMatchObject({
      quarantined: [{ code: 'device_unknown' }],
    });
    expect((await resend('two', forged)).body).toMatchObject({
      quarantined: [{ code: 'device_unknown' }],
    });
    expect((await resend('three', certificates)).body).toMatchObject({ quarantined: [] });
    expect((await pullAll(at.transport, { ...at.owner, cursors: {} })).log).toEqual([group]);
    expect((await verifyStore(at.server.store)).flaws).toEqual([]);
  });

  test('S7: what an observer carries brings a forgotten coordinator back as one, though it tells nobody his role', async () => {
    const file = join(folder, 'store.gz');
    const observer = await at.join('observer');
    await backup(at.server.store, file, NOON);
    const late = await at.join('coordinator');
    const group = place(late);
    await pushGroups(at.transport, late, [group]);
    const people = await at.transport(PATHS.people, null, observer.enrolled.tokens.full);
    const { certificates } = people.body as PeopleResponse;
    const [carried] = certificates.filter(({ device }) => device === late.enrolled.device);
    expect(carried).toMatchObject({ role: 'observer' });
    await whileStopped(() => restore(at.server.store, at.place, file, NOON));

    const envelope = toBase64Url(await envelopeOf(late, group));
    const resend = async (replica: string, certificate: unknown): Promise<unknown> => {
      const { epoch, tokens } = observer.enrolled;
      const sent = { envelopes: [envelope], certificates: [certificate] };
      const body = { epoch, replica, from: 1, schema: 1, ...sent };
      return (await at.transport(PATHS.push, body, tokens.full)).body;
    };
    const other = { ...carried, device: observer.enrolled.device.replace(/^./, 'Z') };
    const elsewhere = { ...carried, member: observer.enrolled.member };
    const made = { ...carried, certificate: `hidden-1.${'A'.repeat(22)}.${'A'.repeat(22)}` };
    for (const forged of [other, elsewhere, made]) {
      const answer = await resend(randomId(), forged);
      expect(answer).toMatchObject({ quarantined: [{ code: 'device_unknown' }] });
    }
    expect(await resend(randomId(), carried)).toMatchObject({ quarantined: [] });
    const back = await at.server.store.db
      .selectFrom('members')
      .select('role')
      .where('id', '=', late.enrolled.member)
      .executeTakeFirst();
    expect(back).toEqual({ role: 'coordinator' });
  });

  test('S7: a device that the restored server forgot gets in again by signature and certificate', async () => {
    const file = join(folder, 'store.gz');
    await backup(at.server.store, file, NOON);
    const late = await at.join('logger');
    const people = await at.transport(PATHS.people, null, late.enrolled.tokens.full);
    const certificate = (people.body as PeopleResponse).certificates.find(
      (one) => one.device === late.enrolled.device,
    );
    await whileStopped(() => restore(at.server.store, at.place, file, NOON));
    const time = new Date(NOON).toISOString();
    const { device } = late.enrolled;
    const signature = toBase64Url(await sign(late.signKey, toUtf8(`${device}|${time}`)));
    const renewal = { device, time, signature };
    expect((await at.transport(PATHS.renew, renewal)).status).toBe(401);
    const stranger = toBase64Url(await sign(at.owner.signKey, toUtf8(`${device}|${time}`)));
    const forged = { ...renewal, certificate, signature: stranger };
    expect((await at.transport(PATHS.renew, forged)).status).toBe(401);
    const back = await at.transport(PATHS.renew, { ...renewal, certificate, name: 'Rima' });
    expect(back).toMatchObject({ status: 200, body: { role: 'logger' } });
    const token = (back.body as { tokens: { full: string } }).tokens.full;
    const answer = await pushGroups(at.transport, late, [place(late)], { token });
    expect(answer).toMatchObject({ acked: 1, quarantined: [] });
    const listed = await at.transport(PATHS.devices, null, at.owner.enrolled.tokens.full);
    expect(listed.body).toMatchObject({ devices: [{ name: 'Owner' }, { device, name: 'Rima' }] });
  });

  test('nothing is restored while a server holds the store', async () => {
    const file = join(folder, 'store.gz');
    await backup(at.server.store, file, NOON);
    const refused = await restore(at.server.store, at.place, file, NOON);
    expect(refused).toEqual({ ok: false, error: { type: 'store_in_use' } });
  });

  test('half a backup, or anything else, changes nothing', async () => {
    await fill();
    const file = join(folder, 'store.gz');
    await backup(at.server.store, file, NOON);
    const half = join(folder, 'half.gz');
    writeFileSync(half, readFileSync(file));
    truncateSync(half, Math.floor(readFileSync(file).length / 2));
    const rubbish = join(folder, 'rubbish');
    writeFileSync(rubbish, 'rubbish');
    for (const bad of [half, rubbish]) {
      const answer = await whileStopped(() => restore(at.server.store, at.place, bad, NOON));
      expect(answer).toMatchObject({ ok: false, error: { type: 'not_a_backup' } });
    }
    expect(await verifyStore(at.server.store)).toEqual({ groups: 4, flaws: [] });
  });
});
