import { afterEach, beforeEach, expect, test } from 'vitest';
import { readFileSync } from 'node:fs';
import { foldGroups } from '#lib/changes/fold-changes.ts';
import { differingHeads } from '#lib/changes/fold.ts';
import type { ImportedRecord } from '#lib/exchange/imported-record.ts';
import { readFiles } from '#lib/exchange/read-files.ts';
import { readDataset } from '#lib/server/dataset.ts';
import { importBasis } from '#lib/server/import-basis.ts';
import { importRecords } from '#lib/server/import.ts';
import { onBothStores } from './both-stores.ts';
import { examplePath } from '../../support/run-cli.ts';
import { groupOf, pullAll, pushGroups, type TestDevice } from './device.ts';
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
    expect(await bring(records)).toEqual({
      ...{ created: 0, changed: 0, unchanged: 7 },
      ...{ conflicts: 0, batch: null },
    });
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

  /** What a coordinator writes of a record, having seen all of it. */
  const edit = async (
    coordinator: TestDevice,
    kind: string,
    record: string,
    values: Record<string, string>,
  ) => {
    const { log } = await pullAll(at.transport, coordinator);
    const seen = log.flatMap((group) => group.changes).filter((one) => one.record === record);
    const base = seen
      .filter((one) => Object.keys(values).some((field) => field in one.fields))
      .map(({ id }) => id);
    await pushGroups(at.transport, coordinator, [
      groupOf(coordinator, [{ kind, record, values, base }]),
    ]);
  };

  test('what people wrote meanwhile stands, whatever a file says again', async () => {
    await bring(records);
    await edit(await at.join('coordinator'), 'locality', 'arbin', { name: 'Erbin' });
    expect(await bring(records)).toMatchObject({ changed: 0, unchanged: 7, batch: null });
    const dataset = await readDataset(at.server.store.db, at.owner.enrolled.operation);
    expect(dataset.locality.get('arbin')?.name).toBe('Erbin');
  });

  test('a file that says something new beside what a person wrote is a conflict for Review', async () => {
    await bring(records);
    await edit(await at.join('coordinator'), 'report', 'r1', { date: '2016-06-22' });
    const newer = records.map((record) =>
      record.id === 'r1' ? { ...record, values: { ...record.values, date: '2016-06-21' } } : record,
    );
    expect(await bring(newer)).toMatchObject({ changed: 1, unchanged: 6, conflicts: 1 });
    expect(await bring(newer)).toMatchObject({ changed: 0, unchanged: 7 });
    const { log } = await pullAll(at.transport, await at.join('coordinator'));
    const state = foldGroups(log).records.get('r1');
    const values = differingHeads(state!, 'date').map(([head]) => head!.value);
    expect(new Set(values)).toEqual(new Set(['2016-06-21', '2016-06-22']));
  });

  test('the example comes again and changes nothing, after people renamed and corrected in it', async () => {
    const { operation } = at.owner.enrolled;
    const { db } = at.server.store;
    const readAgain = async (...names: string[]) => {
      const files = names.map((name) => ({
        name,
        content: readFileSync(examplePath(name), 'utf8'),
      }));
      const read = readFiles(files, { operation, ...(await importBasis(db, operation)) });
      if (!read.ok) throw new Error('the example cannot be read');
      return read.value.records;
    };
    const all = ['localities.csv', 'organisations.csv', 'convoy_reports.csv', 'populations.csv'];
    await bring(await readAgain(...all));
    const coordinator = await at.join('coordinator');
    const { locality, organisation, report } = await readDataset(db, operation);
    const madaya = [...locality.values()].find(({ name }) => name === 'Madaya');
    const wfp = [...organisation.values()].find(({ acronym }) => acronym === 'WFP');
    const counted = [...report.values()].find(({ trucks }) => trucks !== undefined);
    await edit(coordinator, 'locality', madaya?.id ?? '', { name: 'Madaya al-Balad' });
    await edit(coordinator, 'organisation', wfp?.id ?? '', { acronym: 'PAM' });
    await edit(coordinator, 'report', counted?.id ?? '', { status: 'aborted' });
    for (const names of [all, ['convoy_reports.csv'], ['localities.csv']]) {
      const again = await bring(await readAgain(...names));
      expect([names, again.created, again.changed]).toEqual([names, 0, 0]);
    }
  });

  test('thousands of records go in, in groups that a device can take', async () => {
    const many = Array.from({ length: 6_000 }, (_, i): ImportedRecord => {
      const convoy = `k${i % 200}`;
      if (i < 3_000) return { kind: 'locality', id: `l${i}`, values: { name: `Place ${i}` } };
      const values = { convoy, source: 'reuters', status: 'delivered', date: '2016-01' };
      return { kind: 'report', id: `m${i}`, values };
    });
    expect(await bring(many)).toMatchObject({ created: 6_000 });
    const dataset = await readDataset(at.server.store.db, at.owner.enrolled.operation);
    expect([dataset.locality.size, dataset.report.size]).toEqual([3_000, 3_000]);
    expect(await bring(many)).toMatchObject({ unchanged: 6_000, batch: null });
  }, 60_000);
});
