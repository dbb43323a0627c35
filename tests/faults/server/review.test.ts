import { afterEach, beforeEach, expect, test } from 'vitest';
import { randomBytes, randomId } from '#lib/crypto/random.ts';
import { PATHS } from '#lib/protocol/paths.ts';
import type { AuditResponse } from '#lib/protocol/wire-people.ts';
import type { HistoryResponse, QuarantineResponse } from '#lib/protocol/wire-records.ts';
import { verifyStore } from '#lib/server/store-care/verify.ts';
import { onBothStores } from './both-stores.ts';
import {
  envelopeOf,
  groupOf,
  pushEnvelopes,
  pushGroups,
  readSigned,
  type Draft,
  type TestDevice,
} from './device.ts';
import { NOON, startTestServer, type TestServer } from './in-process.ts';

onBothStores('what was set aside, and histories', (store) => {
  let at: TestServer;
  let logger: TestDevice;
  let coordinator: TestDevice;
  let observer: TestDevice;
  beforeEach(async () => {
    at = await startTestServer(await store.fresh());
    logger = await at.join('logger');
    coordinator = await at.join('coordinator');
    observer = await at.join('observer');
  }, 60_000);
  afterEach(() => at.stop());

  const ask = (path: string, by: TestDevice, body: unknown) =>
    at.transport(path, body, by.enrolled.tokens.full);
  const list = async (by: TestDevice, body: object = {}): Promise<QuarantineResponse> =>
    (await ask(PATHS.quarantine, by, body)).body as QuarantineResponse;
  const place = (name: string, record = randomId(), base: string[] = []): Draft => ({
    kind: 'locality',
    record,
    values: { name },
    base,
  });
  /** A logger names the operation: that is an owner's. */
  const refusedGroup = (by: TestDevice) =>
    groupOf(by, [{ kind: 'operation', record: randomId(), values: { name: 'Mine' } }]);

  test('authors see their own groups that were set aside, coordinators all, others nothing', async () => {
    const group = refusedGroup(logger);
    await pushGroups(at.transport, logger, [group]);
    for (const reader of [logger, coordinator, at.owner]) {
      const { entries, next } = await list(reader);
      expect(next).toBeNull();
      expect(entries).toMatchObject([
        {
          id: group.id,
          code: 'not_allowed',
          received: new Date(NOON).toISOString(),
          member: logger.enrolled.member,
          device: logger.enrolled.device,
          carrier: logger.enrolled.device,
          settled: null,
        },
      ]);
      expect(readSigned(entries[0]?.signed ?? '')).toEqual(group);
    }
    expect((await list(observer)).entries).toEqual([]);
    expect((await list(await at.join('logger'))).entries).toEqual([]);
  });

  test('an envelope that does not open is listed for who brought it, without what is in it', async () => {
    await pushEnvelopes(at.transport, logger, [randomBytes(200)]);
    for (const reader of [logger, coordinator]) {
      const { entries } = await list(reader);
      expect(entries).toMatchObject([
        { code: 'envelope_unreadable', member: null, device: null, signed: null },
      ]);
      expect(entries[0]?.carrier).toBe(logger.enrolled.device);
    }
  });

  test('S9: a group that waits for its base is listed until the base comes', async () => {
    const record = randomId();
    const first = groupOf(logger, [place('Erbin', record)]);
    const second = groupOf(logger, [place('Arbin', record, [first.changes[0]?.id ?? ''])]);
    await pushGroups(at.transport, logger, [second]);
    expect((await list(logger)).entries).toMatchObject([{ id: second.id, code: 'base_missing' }]);
    await pushGroups(at.transport, logger, [first]);
    expect((await list(logger)).entries).toEqual([]);
  });

  test('settled: recorded once, with who and why, audited, and it never disappears', async () => {
    const group = refusedGroup(logger);
    await pushGroups(at.transport, logger, [group]);
    const correction = groupOf(logger, [place('Zamalka')]);
    await pushGroups(at.transport, logger, [correction]);
    const said = { id: group.id, reason: 'meant the place', correction: correction.id };
    expect((await ask(PATHS.settle, coordinator, said)).status).toBe(200);
    expect((await ask(PATHS.settle, logger, { ...said, reason: 'again' })).status).toBe(200);
    expect((await list(coordinator)).entries).toEqual([]);
    const { entries } = await list(logger, { settled: true });
    expect(entries).toMatchObject([
      {
        id: group.id,
        settled: {
          member: coordinator.enrolled.member,
          reason: 'meant the place',
          correction: correction.id,
        },
      },
    ]);
    const audit = await ask(PATHS.audit, at.owner, {});
    expect((audit.body as AuditResponse).entries[0]).toMatchObject({
      action: 'quarantine_settled',
      member: coordinator.enrolled.member,
      detail: { group: group.id, code: 'not_allowed', correction: correction.id },
    });
  });

  test('who did not write it and does not review settles nothing; what was stored cannot be settled', async () => {
    const group = refusedGroup(coordinator);
    const sound = groupOf(logger, [place('Zamalka')]);
    await pushGroups(at.transport, coordinator, [group]);
    await pushGroups(at.transport, logger, [sound]);
    const settle = async (by: TestDevice, id: string): Promise<number> =>
      (await ask(PATHS.settle, by, { id, reason: '' })).status;
    expect(await settle(logger, group.id)).toBe(403);
    expect(await settle(observer, group.id)).toBe(403);
    expect(await settle(coordinator, sound.id)).toBe(404);
    expect(await settle(coordinator, group.id)).toBe(200);
  });

  test('S9: what waits for a base that never comes can be left out by its author, and stays out', async () => {
    const record = randomId();
    const first = groupOf(logger, [place('Erbin', record)]);
    const second = groupOf(logger, [place('Arbin', record, [first.changes[0]?.id ?? ''])]);
    await pushGroups(at.transport, logger, [second]);
    const said = { id: second.id, reason: 'what it corrects was refused' };
    expect((await ask(PATHS.settle, observer, said)).status).toBe(403);
    expect((await ask(PATHS.settle, logger, said)).status).toBe(200);
    expect((await list(logger)).entries).toEqual([]);
    expect((await list(coordinator, { settled: true })).entries).toMatchObject([
      { id: second.id, code: 'base_missing', settled: { reason: said.reason } },
    ]);
    await pushGroups(at.transport, logger, [first]);
    expect((await historyOf(observer, record)).groups.map((one) => readSigned(one.signed))).toEqual(
      [first],
    );
    expect((await verifyStore(at.server.store)).flaws).toEqual([]);
  });

  test('an unreadable envelope can be settled by the id it is listed under', async () => {
    await pushEnvelopes(at.transport, logger, [randomBytes(200)]);
    const [entry] = (await list(logger)).entries;
    expect((await ask(PATHS.settle, logger, { id: entry?.id, reason: 'lost' })).status).toBe(200);
    expect((await list(coordinator)).entries).toEqual([]);
  });

  test('page after page, everything that was set aside comes once, newest first', async () => {
    const groups = Array.from({ length: 120 }, () => refusedGroup(logger));
    for (let i = 0; i < groups.length; i += 40) {
      at.setClock(NOON + i);
      await pushGroups(at.transport, logger, groups.slice(i, i + 40));
    }
    const seen: QuarantineResponse['entries'][number][] = [];
    for (let after: string | null | undefined; after !== null;) {
      const page: QuarantineResponse = await list(coordinator, after ? { after } : {});
      seen.push(...page.entries);
      after = page.next;
    }
    expect(new Set(seen.map((entry) => entry.id))).toEqual(new Set(groups.map((g) => g.id)));
    expect(seen).toHaveLength(120);
    expect(seen.map((entry) => entry.received)).toEqual(
      seen
        .map((entry) => entry.received)
        .toSorted()
        .toReversed(),
    );
  });

  const historyOf = async (by: TestDevice, record: string, after?: number) =>
    (await ask(PATHS.history, by, { record, ...(after === undefined ? {} : { after }) }))
      .body as HistoryResponse;

  test('the history of a record: its whole groups, in the order in which they came', async () => {
    const record = randomId();
    const first = groupOf(logger, [place('Erbin', record), place('Zamalka')]);
    const second = groupOf(coordinator, [place('Arbin', record, [first.changes[0]?.id ?? ''])]);
    await pushGroups(at.transport, logger, [first, groupOf(logger, [place('Duma')])]);
    at.setClock(NOON + 1_000);
    await pushGroups(at.transport, coordinator, [second]);
    const { groups, next } = await historyOf(observer, record);
    expect(groups.map(({ signed }) => readSigned(signed))).toEqual([first, second]);
    expect(groups.map(({ received }) => Date.parse(received))).toEqual([NOON, NOON + 1_000]);
    expect(next).toBeNull();
    expect((await historyOf(observer, record, 1)).groups).toHaveLength(1);
  });

  test('history shows of movements what a pull would: all, one’s own, or nothing', async () => {
    const convoy = randomId();
    const plan = groupOf(logger, [{ kind: 'convoy', record: convoy, values: { _created: true } }]);
    await pushGroups(at.transport, logger, [plan]);
    const other = await at.join('logger');
    expect((await historyOf(coordinator, convoy)).groups).toHaveLength(1);
    expect((await historyOf(logger, convoy)).groups).toHaveLength(1);
    expect((await historyOf(other, convoy)).groups).toEqual([]);
    expect((await historyOf(observer, convoy)).groups).toEqual([]);
  });

  test('who creates a record is who says so in the signed change, whoever’s edit came first', async () => {
    const record = randomId();
    const created = groupOf(logger, [
      { kind: 'locality', record, values: { _created: true, name: 'Arbin' } },
    ]);
    const edited = groupOf(coordinator, [{ kind: 'locality', record, values: { kind: 'town' } }]);
    await pushGroups(at.transport, coordinator, [edited]);
    const answer = await pushGroups(at.transport, logger, [created]);
    expect(answer.quarantined).toEqual([]);
    const renamed = groupOf(logger, [place('Erbin', record, [created.changes[0]?.id ?? ''])]);
    expect((await pushGroups(at.transport, logger, [renamed])).quarantined).toEqual([]);
    const thief = await at.join('logger');
    const stolen = groupOf(thief, [
      { kind: 'locality', record, values: { _created: true, pcode: 'SY1' } },
    ]);
    expect((await pushGroups(at.transport, thief, [stolen])).quarantined).toMatchObject([
      { code: 'not_allowed' },
    ]);
  });

  test('who carries a record to the server does not own it', async () => {
    const record = randomId();
    const carrier = await at.join('logger');
    const created = groupOf(logger, [
      { kind: 'locality', record, values: { _created: true, name: 'Arbin' } },
    ]);
    const carried = [await envelopeOf(logger, created)];
    expect((await pushEnvelopes(at.transport, carrier, carried)).quarantined).toEqual([]);
    const base = [created.changes[0]?.id ?? ''];
    const taken = groupOf(carrier, [place('Mine', record, base)]);
    expect((await pushGroups(at.transport, carrier, [taken])).quarantined).toMatchObject([
      { code: 'not_allowed' },
    ]);
    const renamed = groupOf(logger, [place('Erbin', record, base)]);
    expect((await pushGroups(at.transport, logger, [renamed])).quarantined).toEqual([]);
  });
});
