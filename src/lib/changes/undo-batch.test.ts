import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SET_FIELDS } from '#lib/domain/records/registry.ts';
import { undoingOf } from './batch.ts';
import { canonicalJson } from './canonical.ts';
import { CREATED, type Change, type Group, type Json } from './change.ts';
import { histories } from './changes.arbitrary.ts';
import { editRecord, type EditContext } from './edit.ts';
import { foldGroups } from './fold-changes.ts';
import { conflictsOf, deletionOf, headsOf, type RecordState, valuesOf } from './fold.ts';
import { liveRecords } from './live-records.ts';
import { type BatchUndo, undoBatch } from './undo-batch.ts';

const BATCH = 'batch';

let next = 0;
const context: EditContext = {
  operation: 'op',
  author: 'coordinator',
  deviceTime: '2026-06-29T12:00:00.000Z',
  schema: 1,
  newId: () => `u${String(next++).padStart(6, '0')}`.padEnd(22, '_'),
};

const changesIn = (groups: readonly Group[]) =>
  groups.flatMap(({ batch, changes }) => changes.map((change) => ({ change, batch })));

function undo(groups: readonly Group[], batch = BATCH): BatchUndo & { readonly then: Group[] } {
  const result = undoBatch(changesIn(groups), batch, foldGroups(groups).records, context);
  const changes = result.undone.flatMap((one) => one.changes);
  const group: Group = {
    id: context.newId(),
    operation: 'op',
    stream: 'log',
    device: 'd',
    batch: undoingOf(batch),
    changes,
  };
  return { ...result, then: changes.length === 0 ? [...groups] : [...groups, group] };
}

/** Every field's values, as sets of canonical texts; what is cleared and what never was are alike. */
function saidBy(state: RecordState | undefined): Record<string, string[]> {
  const said: Record<string, string[]> = {};
  for (const [field, heads] of Object.entries(state?.fields ?? {})) {
    if (field === CREATED) continue;
    const none = field === '_deleted' ? 'false' : 'null';
    const texts = heads.map(({ value }) => canonicalJson(value, SET_FIELDS.has(field)));
    const values = [...new Set(texts)].sort();
    if (values.length !== 1 || values[0] !== none) said[field] = values;
  }
  return said;
}

/** The same history without the batch: who built on its changes built on what these built on. */
function without(groups: readonly Group[]): Group[] {
  const own = new Map(
    groups.flatMap((group) =>
      group.batch === BATCH ? group.changes.map((one) => [one.id, one] as const) : [],
    ),
  );
  const through = (id: string, field: string): string[] => {
    const change = own.get(id);
    return change ? (change.fields[field]?.base ?? []).flatMap((one) => through(one, field)) : [id];
  };
  return groups
    .filter((group) => group.batch !== BATCH)
    .map((group) => ({
      ...group,
      changes: group.changes.map((change) => ({
        ...change,
        fields: Object.fromEntries(
          Object.entries(change.fields).map(([field, { value, base }]) => {
            // A deletion names heads of other fields too: what it saw of the batch is not told by it.
            const passed = base.flatMap((id) => {
              const isThere = own.get(id)?.fields[field] !== undefined || !own.has(id);
              return isThere ? through(id, field) : [];
            });
            return [field, { value, base: [...new Set(passed)] }];
          }),
        ),
      })),
    }));
}

const withBatch = fc
  .tuple(histories, fc.array(fc.boolean(), { minLength: 30, maxLength: 30 }))
  .map(([groups, own]): Group[] =>
    groups.map((group, at) => (own[at] ? { ...group, batch: BATCH } : group)),
  );

describe('taking a batch back', () => {
  it('S5: leaves every field as it would be without the batch, and what others wrote in sight', () => {
    fc.assert(
      fc.property(withBatch, (groups) => {
        const before = foldGroups(groups).records;
        const alone = foldGroups(without(groups)).records;
        const { then, undone, kept } = undo(groups);
        const { records, held } = foldGroups(then);
        expect(held).toEqual([]);
        const whole = new Set(
          [...undone, ...kept]
            .filter(({ record }) => isMadeBy(groups, record))
            .map((one) => one.record),
        );
        for (const [id, state] of records) {
          const theirs = Object.entries(before.get(id)?.fields ?? {}).flatMap(([field, heads]) =>
            heads.filter((head) => !isOfBatch(groups, head.change)).map((head) => [field, head]),
          );
          for (const [field, head] of theirs) {
            if (field !== '_deleted') expect(state.fields[field as string]).toContainEqual(head);
          }
          if (whole.has(id) || isMadeBy(groups, id)) continue;
          // deleted by somebody: it stays as he saw it
          if (undone.every(({ record }) => record !== id) && deletionOf(state) === 'deleted')
            continue;
          const touched = new Set(
            Object.entries(before.get(id)?.fields ?? {})
              .filter(([, heads]) => heads.some((head) => isOfBatch(groups, head.change)))
              .map(([field]) => field),
          );
          const now = saidBy(state);
          const wanted = saidBy(alone.get(id));
          for (const field of touched) expect([field, now[field]]).toEqual([field, wanted[field]]);
        }
      }),
    );
  });

  it('does nothing a second time', () => {
    fc.assert(
      fc.property(withBatch, (groups) => {
        expect(undo(undo(groups).then).undone).toEqual([]);
      }),
    );
  });

  it('is taken back like any other batch: then everything is as with it', () => {
    fc.assert(
      fc.property(withBatch, (groups) => {
        const before = foldGroups(groups).records;
        const { then } = undo(groups);
        const again = foldGroups(undo(then, undoingOf(BATCH)).then).records;
        for (const [id, state] of again) {
          expect([id, saidBy(state)]).toEqual([id, saidBy(before.get(id))]);
          expect(conflictsOf(state)).toEqual(conflictsOf(before.get(id)!));
        }
      }),
    );
  });

  it('goes on where it was broken off', () => {
    fc.assert(
      fc.property(withBatch, fc.nat(3), (groups, done) => {
        const { undone } = undo(groups);
        const changes = undone.slice(0, done).flatMap((one) => one.changes);
        const whole = foldGroups(undo(groups).then).records;
        const part: Group = { ...groups[0]!, id: 'part', batch: undoingOf(BATCH), changes };
        const begun = changes.length > 0 ? [...groups, part] : groups;
        const finished = foldGroups(undo(begun).then).records;
        for (const [id, state] of finished) expect(saidBy(state)).toEqual(saidBy(whole.get(id)));
      }),
    );
  });
});

const isOfBatch = (groups: readonly Group[], id: string): boolean =>
  groups.some(({ batch, changes }) => batch === BATCH && changes.some((one) => one.id === id));

/** The batch alone says that it created the record: such a one goes or stays whole. */
function isMadeBy(groups: readonly Group[], record: string): boolean {
  const creating = changesIn(groups).filter(
    ({ change }) => change.record === record && CREATED in change.fields,
  );
  return creating.length > 0 && creating.every(({ batch }) => batch === BATCH);
}

describe('a record that the batch created', () => {
  const groups: Group[] = [];
  const write = (
    kind: string,
    record: string,
    values: Record<string, Json>,
    batch?: string,
    since = groups,
  ): Group => {
    const change = editRecord(foldGroups(since).records.get(record), kind, record, values, context);
    return {
      id: context.newId(),
      operation: 'op',
      stream: 'log',
      device: 'd',
      ...(batch === undefined ? {} : { batch }),
      changes: [change as Change],
    };
  };
  const imported = [
    write('source', 'reuters', { publisher: 'Reuters' }, BATCH),
    write('locality', 'arbin', { name: 'Arbin' }, BATCH),
    write('convoy', 'c1', { eventKey: 'arbin-2016' }, BATCH),
    write('report', 'r1', { convoy: 'c1', source: 'reuters', localities: ['arbin'] }, BATCH),
  ];
  const shown = (of: readonly Group[]): string[] =>
    liveRecords(foldGroups(of).records).map(({ id }) => id);

  it('goes, with all that came with it', () => {
    const { then, undone, kept } = undo(imported);
    expect([undone.length, kept, shown(then)]).toEqual([4, [], []]);
    for (const state of foldGroups(then).records.values())
      expect(deletionOf(state)).toBe('deleted');
  });

  it('stays whole where somebody changed it since, and so does what it names', () => {
    const edited = [...imported, write('report', 'r1', { trucks: 3 }, undefined, imported)];
    const { undone, kept, then } = undo(edited);
    expect(undone).toEqual([]);
    expect(kept.map(({ record, because }) => `${record} ${because}`).toSorted()).toEqual([
      'arbin used',
      'c1 used',
      'r1 edited',
      'reuters used',
    ]);
    expect(then).toEqual(edited);
  });

  it('stays where people hung something on it, or merged something into it', () => {
    const stop = write('stop', 's1', { convoy: 'c1', outcome: 'delivered' }, undefined, imported);
    const other = write('locality', 'erbin', { name: 'Erbin' }, undefined, imported);
    const merge = write('locality', 'erbin', { _mergedInto: 'arbin' }, undefined, [
      ...imported,
      other,
    ]);
    const { kept, then } = undo([...imported, stop, other, merge]);
    expect(kept.map(({ record }) => record).toSorted()).toEqual(['arbin', 'c1']);
    expect(shown(then).toSorted()).toEqual(['arbin', 'c1', 's1']);
  });

  it('goes although a deletion by a person hid it before, and says nothing of that', () => {
    const gone = write('report', 'r1', { _deleted: true }, undefined, imported);
    const { undone, kept } = undo([...imported, gone]);
    expect([undone.map(({ record }) => record), kept]).toEqual([['reuters', 'arbin', 'c1'], []]);
  });

  it('S9: an edit that the undoing had not seen brings it back into sight, for Review', () => {
    const late = write('report', 'r1', { trucks: 3 }, undefined, imported);
    const { records } = foldGroups([...undo(imported).then, late]);
    expect(deletionOf(records.get('r1')!)).toBe('disputed');
    expect(headsOf(records.get('r1')!).length).toBeGreaterThan(1);
    expect(valuesOf(records.get('r1')!)).toMatchObject({ trucks: 3, source: 'reuters' });
  });
});
