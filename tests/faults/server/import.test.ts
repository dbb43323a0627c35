import { afterEach, beforeEach, expect, test } from 'vitest';
import type { ImportedRecord } from '#lib/exchange/imported-record.ts';
import { readDataset } from '#lib/server/dataset.ts';
import { importRecords } from '#lib/server/import.ts';
import { onBothStores } from './both-stores.ts';
import { groupOf, pullAll, pushGroups } from './device.ts';
import { NOON, startTestServer, type TestServer } from './in-process.ts';

onBothStores('import', (store) => {
  let at: TestServer;
  beforeEach(async () => {
    at = await startTestServer(await store.fresh());
  }, 60_000);
  afterEach(() => at.stop());

  const records: ImportedRecord[] = [
    { kind: 'locality', id: 'zamalka', values: { name: 'Zamalka' } },
    { kind: 'locality', id: 'arbin', values: { name: 'Arbin' } },
    { kind: 'source', id: 'reuters', values: { kind: 'published', publisher: 'Reuters' } },
    { kind: 'convoy', id: 'c1', values: { eventKey: 'zamalka-2016-06-29' } },
    {
      kind: 'report',
      id: 'r1',
      values: { convoy: 'c1', source: 'reuters', status: 'delivered', date: '2016-06-20' },
    },
    { kind: 'convoy', id: 'c2', values: {} },
    {
      kind: 'report',
      id: 'r2',
      values: { convoy: 'c2', source: 'reuters', status: 'departed', date: '2016-06-29' },
    },
  ];
  const bring = (what: readonly ImportedRecord[], dryRun = false) =>
    importRecords(at.server.store, at.server.keys, what, {
      operation: at.owner.enrolled.operation,
      as: 'Data team',
      now: NOON,
      releaseAfter: 1,
      dryRun,
    });

  test('records go in once: the same again changes nothing', async () => {
    expect(await bring(records, true)).toMatchObject({ created: 7, batch: null });
    expect(await bring(records)).toMatchObject({ created: 7, changed: 0, unchanged: 0 });
    expect(await bring(records)).toEqual({ created: 0, changed: 0, unchanged: 7, batch: null });
    const edited = records.map((record) =>
      record.id === 'r1' ? { ...record, values: { ...record.values, date: '2016-06-21' } } : record,
    );
    expect(await bring(edited)).toMatchObject({ created: 0, changed: 1, unchanged: 6 });
    const dataset = await readDataset(at.server.store.db, at.owner.enrolled.operation);
    expect(dataset.report.get('r1')?.date).toBe('2016-06-21');
    expect([...dataset.convoy.keys()].toSorted()).toEqual(['c1', 'c2']);
  });

  test('an imported convoy on the way keeps nothing back but itself', async () => {
    await bring(records);
    const observer = await at.join('observer');
    const seen = (await pullAll(at.transport, observer)).log;
    const ids = seen.flatMap((group) => group.changes.map((change) => change.record));
    expect(ids.toSorted()).toEqual(['arbin', 'c1', 'r1', 'reuters', 'zamalka']);
    expect(new Set(seen.map((group) => group.batch)).size).toBe(1);
  });

  test('what people wrote meanwhile stands beside what a file says again', async () => {
    await bring(records);
    const coordinator = await at.join('coordinator');
    const { log } = await pullAll(at.transport, coordinator);
    const change = log.flatMap((group) => group.changes).find((one) => one.record === 'arbin');
    const edit = {
      kind: 'locality',
      record: 'arbin',
      values: { name: 'Erbin' },
      base: [change?.id ?? ''],
    };
    await pushGroups(at.transport, coordinator, [groupOf(coordinator, [edit])]);
    expect(await bring(records)).toMatchObject({ changed: 1 });
    const dataset = await readDataset(at.server.store.db, at.owner.enrolled.operation);
    expect(dataset.locality.get('arbin')?.name).toBe('Arbin');
  });

  test('twenty thousand records go in, in groups that a device can take', async () => {
    const many = Array.from({ length: 20_000 }, (_, i): ImportedRecord => {
      const convoy = `k${i % 200}`;
      if (i < 10_000) return { kind: 'locality', id: `l${i}`, values: { name: `Place ${i}` } };
      const values = { convoy, source: 'reuters', status: 'delivered', date: '2016-01' };
      return { kind: 'report', id: `m${i}`, values };
    });
    expect(await bring(many)).toMatchObject({ created: 20_000 });
    const dataset = await readDataset(at.server.store.db, at.owner.enrolled.operation);
    expect([dataset.locality.size, dataset.report.size]).toEqual([10_000, 10_000]);
    expect(await bring(many)).toMatchObject({ unchanged: 20_000, batch: null });
  }, 60_000);
});
