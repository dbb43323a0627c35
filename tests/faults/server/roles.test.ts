import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Json } from '#lib/changes/change.ts';
import { randomId } from '#lib/crypto/random.ts';
import { RECORD_KINDS, type RecordKind } from '#lib/domain/records/registry.ts';
import { may } from '#lib/protocol/rights.ts';
import { ROLES, type Role } from '#lib/protocol/roles.ts';
import { onBothStores } from './both-stores.ts';
import { groupOf, pushGroups, type Draft, type TestDevice } from './device.ts';
import { startTestServer, type TestServer } from './in-process.ts';

/** A first change of every kind, with what a logger may say of it. */
const FIRST: Readonly<Record<RecordKind, Readonly<Record<string, Json>>>> = {
  operation: { name: 'Syria' },
  locality: { name: 'Zamalka' },
  accessStatus: { locality: 'l', from: '2016', classifier: 'own', status: 'besieged' },
  population: { series: 'UN', asOf: '2016-06-16', people: { q: '=', n: 39_000 } },
  accessRequest: { period: '2016-06' },
  requestLine: { request: 'r', locality: 'l' },
  movement: { convoy: 'c', onTheRoad: true },
  logEntry: { movement: 'm', time: '2016-06-29T12:00:00Z', kind: 'departed' },
  convoy: { _created: true },
  stop: { convoy: 'c', localities: ['l'] },
  itemLine: { convoy: 'c', item: 'flour' },
  incident: { localities: ['l'], date: '2016-06-29' },
  source: { kind: 'told' },
  report: { convoy: 'c', source: 's' },
  claim: { convoy: 'c', text: 'the first since 2012' },
  organisation: { name: 'Red Crescent' },
  milestone: { date: '2016-02-27', labels: { en: 'Cessation of hostilities' } },
};

onBothStores('roles', (store) => {
  let at: TestServer;
  const devices = new Map<Role, TestDevice>();
  beforeAll(async () => {
    at = await startTestServer(await store.fresh());
    for (const role of ROLES) devices.set(role, await at.join(role));
  }, 60_000);
  afterAll(() => at.stop());

  const of = (role: Role): TestDevice => devices.get(role) as TestDevice;
  const send = async (device: TestDevice, draft: Draft): Promise<string> => {
    const kind = RECORD_KINDS[draft.kind as RecordKind];
    const stream = kind.stream === 'movements' ? 'movements' : 'log';
    const group = groupOf(device, [draft], { stream });
    const answer = await pushGroups(at.transport, device, [group]);
    return answer.quarantined[0]?.code ?? (answer.held[0] ? 'held' : group.changes[0]!.id);
  };

  for (const role of ROLES) {
    test(`${role}: every kind is created exactly where the table allows it`, async () => {
      for (const kind of Object.keys(FIRST) as RecordKind[]) {
        const answer = await send(of(role), { kind, record: randomId(), values: FIRST[kind] });
        const allowed = may(role, kind, 'create') && (kind !== 'stop' || may(role, kind, 'accept'));
        expect([kind, answer === 'not_allowed' ? 'refused' : 'stored']).toEqual([
          kind,
          allowed ? 'stored' : 'refused',
        ]);
      }
    });
  }

  test('a logger edits his own reports, and nobody else’s', async () => {
    const record = randomId();
    const report: Draft = { kind: 'report', record, values: FIRST.report };
    await send(of('logger'), report);
    const edit: Draft = { kind: 'report', record, values: { trucks: { q: '=', n: 38 } } };
    expect(await send(of('logger'), edit)).toHaveLength(22);
    expect(await send(await at.join('logger'), edit)).toBe('not_allowed');
    expect(await send(of('coordinator'), edit)).toHaveLength(22);
  });

  test('accepted values, verified places and releases are a coordinator’s', async () => {
    const convoy: Draft = { kind: 'convoy', record: randomId(), values: { status: 'delivered' } };
    const place: Draft = {
      kind: 'locality',
      record: randomId(),
      values: { name: 'Arbin', verified: true },
    };
    const movement: Draft = {
      kind: 'movement',
      record: randomId(),
      values: { convoy: 'c', released: true },
    };
    for (const draft of [convoy, place, movement]) {
      expect(await send(of('logger'), draft)).toBe('not_allowed');
      expect(await send(of('coordinator'), draft)).toHaveLength(22);
    }
  });

  async function conflict(by: readonly [TestDevice, TestDevice]): Promise<[string, string[]]> {
    const record = randomId();
    const first = await send(by[0], { kind: 'report', record, values: FIRST.report });
    const base = [first];
    const one = await send(by[0], { kind: 'report', record, values: { claim: 'one' } });
    const two = await send(by[1], { kind: 'report', record, values: { claim: 'two' } });
    expect(base).toHaveLength(1);
    return [record, [one, two]];
  }

  test('settling differing heads of others needs a coordinator', async () => {
    const logger = await at.join('logger');
    const [record, base] = await conflict([logger, of('coordinator')]);
    const settle: Draft = { kind: 'report', record, values: { claim: 'settled' }, base };
    expect(await send(logger, settle)).toBe('not_allowed');
    expect(await send(of('coordinator'), settle)).toHaveLength(22);
  });

  test('an author settles a conflict of his own changes', async () => {
    const logger = await at.join('logger');
    const [record, base] = await conflict([logger, logger]);
    expect(
      await send(logger, { kind: 'report', record, values: { claim: 'settled' }, base }),
    ).toHaveLength(22);
  });

  test('nobody writes in another person’s name', async () => {
    const [logger, owner] = [of('logger'), of('owner')];
    const forged: TestDevice = {
      ...logger,
      enrolled: { ...logger.enrolled, member: owner.enrolled.member },
    };
    const group = groupOf(forged, [
      { kind: 'locality', record: randomId(), values: { name: 'X' } },
    ]);
    const answer = await pushGroups(at.transport, logger, [group]);
    expect(answer.quarantined).toMatchObject([{ code: 'not_allowed' }]);
  });
});
