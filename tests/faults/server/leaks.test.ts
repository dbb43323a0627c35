import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Group, Json } from '#lib/changes/change.ts';
import { randomId } from '#lib/crypto/random.ts';
import { onBothStores } from './both-stores.ts';
import { groupOf, pullAll, pushGroups, type TestDevice } from './device.ts';
import { startTestServer, type TestServer } from './in-process.ts';

const TODAY = '2016-06-29';

/** What a convoy that is kept back could be given away by, beside its own groups. */
onBothStores('Movements that must not leak', (store) => {
  let at: TestServer;
  let logger: TestDevice;
  let stranger: TestDevice;
  let observer: TestDevice;
  let coordinator: TestDevice;
  beforeEach(async () => {
    at = await startTestServer(await store.fresh());
    [logger, stranger, observer, coordinator] = await Promise.all([
      at.join('logger'),
      at.join('logger'),
      at.join('observer'),
      at.join('coordinator'),
    ]);
  }, 60_000);
  afterEach(() => at.stop());

  function convoyOf(convoy: string, report: Readonly<Record<string, Json>> = {}): Group {
    const source = randomId();
    const said = { convoy, source, scope: 'convoy', status: 'delivered', date: TODAY, ...report };
    return groupOf(logger, [
      { kind: 'convoy', record: convoy, values: { _created: true } },
      { kind: 'source', record: source, values: { kind: 'seen' } },
      { kind: 'locality', record: randomId(), values: { name: 'Zamalka' } },
      { kind: 'report', record: randomId(), values: said },
    ]);
  }
  const recordOf = (group: Group, kind: string): string =>
    group.changes.find((change) => change.kind === kind)?.record ?? '';
  const road = (
    by: TestDevice,
    convoy: string,
    onTheRoad: boolean,
    record: string = randomId(),
  ): Group =>
    groupOf(by, [{ kind: 'movement', record, values: { convoy, onTheRoad } }], {
      stream: 'movements',
    });
  const inLog = async (): Promise<string[]> =>
    (await pullAll(at.transport, observer)).log.map((group) => group.id);

  test('a stranger who says that all are back releases nobody else’s convoy', async () => {
    const convoy = randomId();
    const group = convoyOf(convoy);
    const out = road(logger, convoy, true);
    await pushGroups(at.transport, logger, [group, out]);
    await pushGroups(at.transport, stranger, [road(stranger, convoy, false)]);
    expect(await inLog()).toEqual([]);
    const movement = recordOf(out, 'movement');
    await pushGroups(at.transport, stranger, [road(stranger, convoy, false, movement)]);
    expect(await inLog()).toEqual([]);
    await pushGroups(at.transport, coordinator, [road(coordinator, convoy, false)]);
    expect(await inLog()).toEqual([group.id]);
  });

  test('a stranger’s report ends nobody else’s convoy, and dates it no earlier', async () => {
    const [departed, undated] = [randomId(), randomId()];
    await pushGroups(at.transport, logger, [
      convoyOf(departed, { status: 'departed' }),
      convoyOf(undated, { date: null }),
    ]);
    for (const convoy of [departed, undated]) {
      const report = { convoy, source: randomId(), status: 'delivered', date: '2016-06-01' };
      await pushGroups(at.transport, stranger, [
        groupOf(stranger, [{ kind: 'report', record: randomId(), values: report }]),
      ]);
    }
    expect(await inLog()).toEqual([]);
  });

  test('what is added to a source or place of a convoy waits with it, without naming a base', async () => {
    const group = convoyOf(randomId());
    await pushGroups(at.transport, logger, [group]);
    const titled = groupOf(logger, [
      {
        kind: 'source',
        record: recordOf(group, 'source'),
        values: { title: 'Aid reaches Zamalka' },
      },
    ]);
    const checked = groupOf(coordinator, [
      { kind: 'locality', record: recordOf(group, 'locality'), values: { verified: true } },
    ]);
    await pushGroups(at.transport, logger, [titled]);
    await pushGroups(at.transport, coordinator, [checked]);
    expect(await inLog()).toEqual([]);
    await pushGroups(at.transport, logger, [road(logger, recordOf(group, 'convoy'), false)]);
    expect(await inLog()).toEqual([group.id, titled.id, checked.id]);
  });

  test('a place that all know stays editable while a convoy that touched it is kept back', async () => {
    const record = randomId();
    const known = groupOf(logger, [{ kind: 'locality', record, values: { name: 'Arbin' } }]);
    const convoy = groupOf(logger, [
      { kind: 'convoy', record: randomId(), values: { _created: true } },
      { kind: 'locality', record, values: { pcode: 'SY03' } },
    ]);
    const later = groupOf(coordinator, [{ kind: 'locality', record, values: { verified: true } }]);
    await pushGroups(at.transport, logger, [known, convoy]);
    await pushGroups(at.transport, coordinator, [later]);
    expect(await inLog()).toEqual([known.id, later.id]);
  });

  test('a correction that was saved with an edit of something else still counts', async () => {
    const convoy = randomId();
    const place = groupOf(logger, [
      { kind: 'locality', record: randomId(), values: { name: 'Arbin' } },
    ]);
    const group = convoyOf(convoy);
    const report = group.changes.at(-1);
    await pushGroups(at.transport, logger, [place, group]);
    const both = groupOf(logger, [
      {
        kind: 'report',
        record: report?.record ?? '',
        values: { status: 'departed' },
        base: [report?.id ?? ''],
      },
      {
        kind: 'locality',
        record: recordOf(place, 'locality'),
        values: { name: 'Irbin' },
        base: [place.changes[0]?.id ?? ''],
      },
    ]);
    await pushGroups(at.transport, logger, [both]);
    await pushGroups(at.transport, logger, [road(logger, convoy, false)]);
    expect(await inLog()).toEqual([place.id]);
  });

  test('a place that all know is not merged out of sight into one that only a convoy names', async () => {
    const record = randomId();
    const known = groupOf(logger, [{ kind: 'locality', record, values: { name: 'Zamalka' } }]);
    const group = convoyOf(randomId());
    await pushGroups(at.transport, logger, [known, group]);
    const values = { _mergedInto: recordOf(group, 'locality') };
    const merge = groupOf(coordinator, [{ kind: 'locality', record, values }]);
    await pushGroups(at.transport, coordinator, [merge]);
    expect(await inLog()).toEqual([known.id]);
    await pushGroups(at.transport, logger, [road(logger, recordOf(group, 'convoy'), false)]);
    expect(await inLog()).toEqual([group.id, merge.id]);
  });
});
