import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Group, Json } from '#lib/changes/change.ts';
import { randomId } from '#lib/crypto/random.ts';
import { onBothStores } from './both-stores.ts';
import { groupOf, pullAll, pushGroups, type TestDevice } from './device.ts';
import { NOON, startTestServer, type TestServer } from './in-process.ts';

const HOUR = 3_600_000;

onBothStores('Movements', (store) => {
  let at: TestServer;
  let logger: TestDevice;
  let observer: TestDevice;
  let coordinator: TestDevice;
  beforeEach(async () => {
    at = await startTestServer(await store.fresh());
    [logger, observer, coordinator] = await Promise.all([
      at.join('logger'),
      at.join('observer'),
      at.join('coordinator'),
    ]);
  }, 60_000);
  afterEach(() => at.stop());

  /** A logger's save of a convoy: the convoy, who says it, and what he says. */
  function convoyOf(
    convoy: string,
    report: Readonly<Record<string, Json>>,
    by: TestDevice = logger,
  ): Group {
    const source = randomId();
    return groupOf(by, [
      { kind: 'convoy', record: convoy, values: { _created: true } },
      { kind: 'source', record: source, values: { kind: 'seen' } },
      {
        kind: 'report',
        record: randomId(),
        values: { convoy, source, scope: 'convoy', status: 'delivered', ...report },
      },
    ]);
  }

  const movementOf = (convoy: string, values: Readonly<Record<string, Json>>, by = logger): Group =>
    groupOf(by, [{ kind: 'movement', record: randomId(), values: { convoy, ...values } }], {
      stream: 'movements',
    });

  const ids = (groups: readonly Group[]): string[] => groups.map((group) => group.id);
  const inLog = async (): Promise<string[]> => ids((await pullAll(at.transport, observer)).log);

  test('a convoy of today goes to coordinators at once, to all after 48 hours', async () => {
    const group = convoyOf(randomId(), { date: '2016-06-29' });
    await pushGroups(at.transport, logger, [group]);
    expect(ids((await pullAll(at.transport, coordinator)).movements)).toEqual([group.id]);
    expect(await inLog()).toEqual([]);
    at.setClock(NOON + 48 * HOUR - 1);
    await at.server.sweep();
    expect(await inLog()).toEqual([]);
    at.setClock(NOON + 48 * HOUR);
    await at.server.sweep();
    expect(await inLog()).toEqual([group.id]);
    await at.server.sweep();
    expect(await inLog()).toEqual([]);
  });

  test('what cannot be swept in one operation keeps nothing of another back', async () => {
    const { log } = at.server;
    const group = convoyOf(randomId(), { date: '2016-06-29' });
    await pushGroups(at.transport, logger, [group]);
    const broken = { operation: '!', convoy: 'x', endedAt: 1, dueAt: 1, releasedAt: null };
    await at.server.store.db.insertInto('convoys').values(broken).execute();
    at.setClock(NOON + 48 * HOUR);
    const errors = vi.spyOn(log, 'error');
    await at.server.sweep();
    expect(errors).toHaveBeenCalledOnce();
    expect(await inLog()).toEqual([group.id]);
  });

  test('one whose date lies before yesterday by the server goes to all at once', async () => {
    const old = convoyOf(randomId(), { date: '2016-06-27' });
    const yesterday = convoyOf(randomId(), { date: '2016-06-28' });
    const month = convoyOf(randomId(), { date: '2016-06' });
    const undated = convoyOf(randomId(), {});
    await pushGroups(at.transport, logger, [old, yesterday, month, undated]);
    expect(await inLog()).toEqual([old.id]);
  });

  test('a phone that is years off releases nothing: its clock is not asked', async () => {
    const group = convoyOf(randomId(), { date: '2016-06-29' });
    const late = {
      ...group,
      changes: group.changes.map((c) => ({ ...c, deviceTime: '2025-01-01T00:00:00Z' })),
    };
    await pushGroups(at.transport, logger, [late]);
    expect(await inLog()).toEqual([]);
  });

  test('all are back: at once, with the convoy in the same push or said later', async () => {
    const [first, second] = [randomId(), randomId()];
    const together = convoyOf(first, { date: '2016-06-29' });
    await pushGroups(at.transport, logger, [together, movementOf(first, { onTheRoad: false })]);
    expect(await inLog()).toEqual([together.id]);
    const later = convoyOf(second, { date: '2016-06-29' });
    const onTheRoad = movementOf(second, { onTheRoad: true });
    await pushGroups(at.transport, logger, [later, onTheRoad]);
    expect(await inLog()).toEqual([]);
    const back = groupOf(
      logger,
      [
        {
          kind: 'movement',
          record: onTheRoad.changes[0]?.record ?? '',
          values: { onTheRoad: false },
          base: [onTheRoad.changes[0]?.id ?? ''],
        },
      ],
      { stream: 'movements' },
    );
    await pushGroups(at.transport, logger, [back]);
    expect(await inLog()).toEqual([later.id]);
  });

  test('planned or on the way stays, however long', async () => {
    const group = convoyOf(randomId(), { date: '2016-06-01', status: 'departed' });
    await pushGroups(at.transport, logger, [group]);
    at.setClock(NOON + 44 * 24 * HOUR);
    await at.server.sweep();
    expect(await inLog()).toEqual([]);
  });

  test('a coordinator lets a convoy go; a logger cannot', async () => {
    const convoy = randomId();
    const group = convoyOf(convoy, { date: '2016-06-29' });
    await pushGroups(at.transport, logger, [group]);
    const tried = await pushGroups(at.transport, logger, [movementOf(convoy, { released: true })]);
    expect(tried.quarantined).toMatchObject([{ code: 'not_allowed' }]);
    expect(await inLog()).toEqual([]);
    await pushGroups(at.transport, coordinator, [
      movementOf(convoy, { released: true }, coordinator),
    ]);
    expect(await inLog()).toEqual([group.id]);
  });

  test('S3: what was released stays so, and later groups of it go to both streams', async () => {
    const convoy = randomId();
    const group = convoyOf(convoy, { date: '2016-06-01' });
    await pushGroups(at.transport, logger, [group]);
    const later = convoyOf(convoy, { date: '2016-06-29', status: 'departed' }, coordinator);
    const report = groupOf(coordinator, [
      ...later.changes
        .filter((change) => change.kind !== 'convoy')
        .map(({ kind, record, fields }) => ({
          kind,
          record,
          values: Object.fromEntries(Object.entries(fields).map(([f, e]) => [f, e.value])),
        })),
    ]);
    await pushGroups(at.transport, coordinator, [report]);
    expect(await inLog()).toEqual([group.id, report.id]);
    expect(ids((await pullAll(at.transport, coordinator)).movements)).toEqual([
      group.id,
      report.id,
    ]);
  });

  test('the groups of a convoy are released in their order, edits of its source with them', async () => {
    const group = convoyOf(randomId(), { date: '2016-06-29' });
    const [, source, report] = group.changes;
    const trucks = groupOf(logger, [
      { kind: 'report', record: report?.record ?? '', values: { trucks: { q: '=', n: 38 } } },
    ]);
    const renamed = groupOf(logger, [
      {
        kind: 'source',
        record: source?.record ?? '',
        values: { kind: 'told' },
        base: [source?.id ?? ''],
      },
    ]);
    await pushGroups(at.transport, logger, [group, trucks, renamed]);
    expect(await inLog()).toEqual([]);
    at.setClock(NOON + 48 * HOUR);
    await at.server.sweep();
    expect(await inLog()).toEqual([group.id, trucks.id, renamed.id]);
  });

  test('a logger reads his own of movements, an observer nothing of it', async () => {
    const other = await at.join('logger');
    const group = convoyOf(randomId(), { date: '2016-06-29' });
    const foreign = convoyOf(randomId(), { date: '2016-06-29' }, other);
    await pushGroups(at.transport, other, [foreign]);
    const answer = await pushGroups(at.transport, logger, [group]);
    expect(answer.pulled?.streams.movements?.groups).toHaveLength(1);
    expect(ids((await pullAll(at.transport, logger)).movements)).toEqual([group.id]);
    observer.cursors = { movements: { seq: 1, id: foreign.id } };
    const seen = await pullAll(at.transport, observer);
    expect([seen.movements, seen.log]).toEqual([[], []]);
    expect(seen.gone).toEqual(['movements']);
  });

  test('an incident of a convoy that is still kept back does not tell of it', async () => {
    const convoy = randomId();
    const group = convoyOf(convoy, { date: '2016-06-29' });
    const place = randomId();
    const attack = groupOf(logger, [
      {
        kind: 'incident',
        record: randomId(),
        values: { convoy, localities: [place], date: '2016-06-29' },
      },
    ]);
    await pushGroups(at.transport, logger, [group, attack]);
    expect(await inLog()).toEqual([]);
    at.setClock(NOON + 48 * HOUR);
    await at.server.sweep();
    expect(await inLog()).toEqual([group.id, attack.id]);
  });
});
