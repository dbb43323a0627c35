import { afterEach, beforeEach, expect, test } from 'vitest';
import { randomId } from '#lib/crypto/random.ts';
import { SCHEMA } from '#lib/changes/change.ts';
import { PATHS } from '#lib/protocol/paths.ts';
import type { AuditResponse } from '#lib/protocol/wire-people.ts';
import { onBothStores } from './both-stores.ts';
import {
  envelopeOf,
  groupOf,
  pullAll,
  pushEnvelopes,
  pushGroups,
  readSigned,
  type TestDevice,
} from './device.ts';
import { answerHere } from './endpoints-by-path.ts';
import { NOON, startTestServer, type TestServer } from './in-process.ts';

/**
 * The server's rows of the failure table that no other file holds: restores stand in
 * store-care.test.ts, 60 days offline and permissions in people.test.ts, kills in kill.test.ts.
 */
onBothStores('failure table', (store) => {
  let at: TestServer;
  beforeEach(async () => {
    at = await startTestServer(await store.fresh());
  }, 60_000);
  afterEach(() => at.stop());

  const place = (by: TestDevice, values: Record<string, string> = { name: 'Arbin' }) =>
    groupOf(by, [{ kind: 'locality', record: randomId(), values }]);
  const stored = async (): Promise<string[]> =>
    (await pullAll(at.transport, { ...at.owner, cursors: {} })).log.map((group) => group.id);
  const auditOf = async () =>
    (await at.transport(PATHS.audit, {}, at.owner.enrolled.tokens.full)).body as AuditResponse;

  test('device dies between push and answer: pushed again, deduplicated by id', async () => {
    const group = place(at.owner);
    await pushGroups(at.transport, at.owner, [group]); // the answer never arrived
    const again = await pushGroups(at.transport, at.owner, [group], { from: 1 });
    expect(again).toMatchObject({ acked: 1, quarantined: [], held: [] });
    expect(await stored()).toEqual([group.id]);
  });

  test('the same batch three times, late, out of order, from another carrier: stored once', async () => {
    const carrier = await at.join('observer');
    const groups = [place(at.owner), place(at.owner), place(at.owner)];
    const envelopes = await Promise.all(groups.map((group) => envelopeOf(at.owner, group)));
    await Promise.all([
      pushEnvelopes(at.transport, at.owner, envelopes, { from: 1, replica: 'one' }),
      pushEnvelopes(at.transport, at.owner, envelopes, { from: 1, replica: 'one' }),
      pushEnvelopes(at.transport, carrier, envelopes.toReversed(), { from: 1, replica: 'two' }),
    ]);
    expect((await stored()).toSorted()).toEqual(groups.map((group) => group.id).toSorted());
  });

  test('device clock off by years: both times are kept', async () => {
    const deviceTime = '2007-01-01T00:00:00.000Z';
    const record = randomId();
    const drafts = [{ kind: 'locality', record, values: { name: 'Arbin' } }];
    await pushGroups(at.transport, at.owner, [groupOf(at.owner, drafts, { deviceTime })]);
    const { body } = await at.transport(PATHS.history, { record }, at.owner.enrolled.tokens.full);
    const [entry] = (body as { groups: { signed: string; received: string }[] }).groups;
    expect(readSigned(entry?.signed ?? '').changes[0]?.deviceTime).toBe(deviceTime);
    expect(entry?.received).toBe(new Date(at.server.clock()).toISOString());
  });

  test('a cloned device reuses numbers: fork, owners are told, nothing is lost', async () => {
    const [first, cloned] = [place(at.owner), place(at.owner)];
    await pushGroups(at.transport, at.owner, [first], { from: 1 });
    const fork = await pushGroups(at.transport, at.owner, [cloned], { from: 1 });
    expect(fork.fork).toBe(1);
    expect((await auditOf()).entries[0]).toMatchObject({
      action: 'device_forked',
      device: at.owner.enrolled.device,
    });
    await pushGroups(at.transport, at.owner, [cloned], { from: 1, replica: 'anew' });
    expect(await stored()).toEqual([first.id, cloned.id]);
  });

  test('a copied device: one owner deals with it, the other finds it dealt with, the next copy is told of anew', async () => {
    const other = await at.join('owner');
    const phone = await at.join('logger');
    const { device } = phone.enrolled;
    const ask = (by: TestDevice, path: string, body: unknown = null) =>
      at.transport(path, body, by.enrolled.tokens.full);
    const toldOf = async (by: TestDevice) => {
      const { devices } = (await ask(by, PATHS.devices)).body as {
        devices: { device: string; copied: string | null }[];
      };
      return devices.filter(({ copied }) => copied !== null);
    };
    const fork = () => pushGroups(at.transport, phone, [place(phone)], { from: 1 });
    const settle = (by: TestDevice, copied: string) =>
      ask(by, PATHS.settleCopy, { device, copied });
    const written = async (action: string) =>
      (await auditOf()).entries.filter((entry) => entry.action === action);

    await fork(); // the original's
    expect(await toldOf(at.owner)).toEqual([]);
    await fork();
    await fork(); // a locked phone comes again and again, with the same number
    const [told] = await toldOf(at.owner);
    expect(told).toMatchObject({ device });
    expect(await toldOf(other)).toEqual([told]);
    expect(await written('device_forked')).toHaveLength(1);

    // Nobody but an owner says that it is dealt with.
    expect((await settle(phone, told?.copied ?? '')).status).toBe(403);
    expect((await settle(await at.join('coordinator'), told?.copied ?? '')).status).toBe(403);
    expect(await toldOf(other)).toEqual([told]);

    expect((await settle(at.owner, told?.copied ?? '')).status).toBe(200);
    expect(await toldOf(other)).toEqual([]);
    expect((await settle(other, told?.copied ?? '')).status).toBe(200); // found done
    expect(await written('copy_settled')).toMatchObject([
      { device: at.owner.enrolled.device, detail: { device, of: phone.enrolled.member } },
    ]);

    // What was seen before the next copy does not settle that one.
    at.setClock(NOON + 120_000);
    await fork();
    expect((await settle(other, told?.copied ?? '')).status).toBe(200);
    expect(await toldOf(at.owner)).toMatchObject([{ device }]);
    await ask(at.owner, PATHS.revoke, { device, as: 'lost' });
    expect(await toldOf(other)).toEqual([]);
  });

  test('an app newer than the server: its unknown fields are kept as they were signed', async () => {
    const group = place(at.owner, { name: 'Arbin', fieldOfTheFuture: 'x' });
    const newer = {
      ...group,
      changes: group.changes.map((change) => ({ ...change, schema: SCHEMA + 1 })),
    };
    expect((await pushGroups(at.transport, at.owner, [newer])).quarantined).toEqual([]);
    expect((await pullAll(at.transport, { ...at.owner, cursors: {} })).log).toEqual([newer]);
  });

  test('merges and settings are written down', async () => {
    const [one, other] = [place(at.owner), place(at.owner)];
    const record = one.changes[0]?.record ?? '';
    const into = other.changes[0]?.record ?? '';
    const values = { _mergedInto: into };
    await pushGroups(at.transport, at.owner, [
      one,
      other,
      groupOf(at.owner, [{ kind: 'locality', record, values }]),
      groupOf(at.owner, [
        { kind: 'operation', record: randomId(), values: { name: 'Ghouta' }, creates: false },
      ]),
    ]);
    expect((await auditOf()).entries.slice(0, 2)).toMatchObject([
      { action: 'settings_changed', detail: { fields: 'name' } },
      { action: 'records_merged', detail: { kind: 'locality', record, into } },
    ]);
  });

  const raw = (body: string, headers: Record<string, string> = {}) =>
    answerHere(
      at.server,
      PATHS.push,
      new Request('http://localhost/', {
        method: 'POST',
        headers: { Authorization: `Bearer ${at.owner.enrolled.tokens.full}`, ...headers },
        body,
      }),
    );

  test('a truncated body is refused whole, and nothing of it is stored', async () => {
    const body = JSON.stringify({
      epoch: at.owner.enrolled.epoch,
      replica: 'r',
      from: 1,
      envelopes: [Buffer.from(await envelopeOf(at.owner, place(at.owner))).toString('base64url')],
      schema: SCHEMA,
    });
    for (const length of [1, 40, body.length - 1]) {
      expect((await raw(body.slice(0, length))).status).toBe(400);
    }
    expect(await stored()).toEqual([]);
    expect((await raw(body)).status).toBe(200);
  });

  test('a body beyond the limit is refused before it is read', async () => {
    const answer = await raw('x', { 'Content-Length': String(1024 ** 3) });
    expect(answer.status).toBe(413);
  });

  test('who must come later is told when', async () => {
    at.server.limits.device.take(at.owner.enrolled.device, 2_000);
    const busy = await raw('{}');
    expect([busy.status, Number(busy.headers.get('retry-after')) > 0]).toEqual([429, true]);
  });
});
