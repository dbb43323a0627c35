import { afterEach, beforeEach, expect, test } from 'vitest';
import type { ImportedRecord } from '#lib/exchange/imported-record.ts';
import { PATHS } from '#lib/protocol/paths.ts';
import type { HistoryResponse } from '#lib/protocol/wire-records.ts';
import { listBatches } from '#lib/server/batches.ts';
import { readDataset } from '#lib/server/dataset.ts';
import { importRecords } from '#lib/server/import.ts';
import { verifyStore } from '#lib/server/store-care/verify.ts';
import { undoImport } from '#lib/server/undo-import.ts';
import { onBothStores } from './both-stores.ts';
import { groupOf, pullAll, pushGroups, readSigned, type TestDevice } from './device.ts';
import { NOON, startTestServer, type TestServer } from './in-process.ts';

onBothStores('undoing an import', (store) => {
  let at: TestServer;
  let coordinator: TestDevice;
  beforeEach(async () => {
    at = await startTestServer(await store.fresh());
    coordinator = await at.join('coordinator');
  }, 60_000);
  afterEach(() => at.stop());

  const records: ImportedRecord[] = [
    { kind: 'locality', id: 'zamalka', values: { name: 'Zamalka' } },
    { kind: 'locality', id: 'arbin', values: { name: 'Arbin', pcode: 'SY1' } },
    { kind: 'source', id: 'reuters', values: { kind: 'published', publisher: 'Reuters' } },
    { kind: 'convoy', id: 'c1', values: { eventKey: 'zamalka-2016-06-29' } },
    {
      kind: 'report',
      id: 'r1',
      values: { convoy: 'c1', source: 'reuters', status: 'delivered', localities: ['arbin'] },
    },
  ];
  const options = (dryRun = false) => {
    const { operation } = at.owner.enrolled;
    return { operation, as: 'Data team', now: NOON, releaseAfter: 1, dryRun };
  };
  const bring = (what: readonly ImportedRecord[] = records) =>
    importRecords(at.server.store, at.server.keys, what, options());
  const undo = async (batch: string | null, dryRun = false) => {
    const undone = await undoImport(at.server.store, at.server.keys, batch ?? '', options(dryRun));
    if (!undone.ok) throw new Error(undone.error.type);
    return undone.value;
  };
  const dataset = () => readDataset(at.server.store.db, at.owner.enrolled.operation);
  /** A coordinator's edit of a record, based on what stands there. */
  const edit = async (kind: string, record: string, values: Record<string, string>) => {
    const { log } = await pullAll(at.transport, coordinator);
    const seen = log.flatMap((group) => group.changes).filter((one) => one.record === record);
    const base = seen.filter((one) => Object.keys(values).some((field) => field in one.fields));
    const drafts = [{ kind, record, values, base: base.map(({ id }) => id) }];
    await pushGroups(at.transport, coordinator, [groupOf(coordinator, drafts)]);
  };

  test('everything that it brought goes, and comes again when the undoing is undone', async () => {
    const { batch } = await bring();
    const before = await dataset();
    expect(await undo(batch, true)).toMatchObject({ deleted: 5, restored: 0, batch: null });
    expect((await dataset()).convoy.size).toBe(1);
    const undone = await undo(batch);
    expect(undone).toMatchObject({ deleted: 5, restored: 0, kept: [], batch: `undo-${batch}` });
    const empty = await dataset();
    expect([empty.locality.size, empty.convoy.size, empty.report.size]).toEqual([0, 0, 0]);
    expect(await undo(batch)).toMatchObject({ deleted: 0, restored: 0, batch: null });

    expect(await undo(undone.batch)).toMatchObject({ deleted: 0, restored: 5 });
    expect(await dataset()).toEqual(before);
    const listed = await listBatches(at.server.store.db, at.owner.enrolled.operation);
    const told = listed.map((one) => `${one.batch} ${one.as} ${one.records}`);
    const all = ['', 'undo-', 'redo-'].map((kind) => `${kind}${batch} Data team 5`);
    expect(new Set(told)).toEqual(new Set(all));
    expect((await verifyStore(at.server.store)).flaws).toEqual([]);
  });

  test('what people wrote since stays, with what it needs, and is named', async () => {
    const { batch } = await bring();
    await edit('locality', 'zamalka', { name: 'Zamalka town' });
    const stop = {
      kind: 'stop',
      record: 's1',
      values: { convoy: 'c1', order: 1, localities: ['zamalka'], outcome: 'delivered' },
    };
    await pushGroups(at.transport, coordinator, [groupOf(coordinator, [stop])]);
    const { deleted, kept } = await undo(batch);
    expect(deleted).toBe(3);
    expect(kept.map(({ name, because }) => [name, because])).toEqual([
      ['Zamalka town', 'edited'],
      ['zamalka-2016-06-29', 'used'],
    ]);
    const then = await dataset();
    expect([...then.locality.keys(), ...then.convoy.keys(), ...then.stop.keys()]).toEqual([
      'zamalka',
      'c1',
      's1',
    ]);
  });

  test('values go back to those of before where the import’s still stand', async () => {
    await bring();
    const [, arbin] = records as [ImportedRecord, ImportedRecord];
    const newer = { ...arbin, values: { name: 'Arbeen', pcode: 'SY2' } };
    const { batch } = await bring([newer]);
    await edit('locality', 'arbin', { pcode: 'SY3' });
    const { restored, kept } = await undo(batch);
    expect([restored, kept.map(({ fields }) => fields)]).toEqual([1, [['pcode']]]);
    expect((await dataset()).locality.get('arbin')).toMatchObject({ name: 'Arbin', pcode: 'SY3' });
  });

  test('a device asks for everything that a batch touched, as far as it may read it', async () => {
    const { batch } = await bring();
    await edit('locality', 'arbin', { pcode: 'SY3' });
    const other = { kind: 'locality', record: 'douma', values: { name: 'Duma' } };
    await pushGroups(at.transport, coordinator, [groupOf(coordinator, [other])]);
    const asked = { batch: batch ?? '' };
    const answer = await at.transport(PATHS.history, asked, coordinator.enrolled.tokens.full);
    const { groups, next } = answer.body as HistoryResponse;
    const touched = groups
      .flatMap(({ signed }) => readSigned(signed).changes)
      .map((one) => one.record);
    expect([new Set(touched), next]).toEqual([new Set(records.map(({ id }) => id)), null]);
    expect(touched.filter((record) => record === 'arbin')).toHaveLength(2);
  });

  test('a batch that is not there is refused', async () => {
    const unknown = await undoImport(at.server.store, at.server.keys, 'nothing', options());
    expect(unknown).toEqual({ ok: false, error: { type: 'unknown_batch' } });
  });
});
