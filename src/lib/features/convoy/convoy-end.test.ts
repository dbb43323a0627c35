import { expect, test } from 'vitest';
import type { RecordEdit } from '#lib/client/state/records-api.ts';
import { deriveConvoy } from '#lib/domain/access/from-reports.ts';
import type { Movement, Report } from '#lib/domain/records/dataset.ts';
import { CONVOY_ENDS } from '#lib/domain/records/vocabularies.ts';
import { editsOfAllBack, editsOfEnd, editsOfUndoneEnd, wentAnywhere } from './convoy-end.ts';

const planned: Report = {
  id: 'plan',
  convoy: 'c',
  source: 's',
  status: 'planned',
  date: '2016-06-29',
  localities: ['zamalka', 'arbin'],
  organisations: ['sarc'],
  sectors: ['FSC', 'HEA@arbin'],
  modality: 'cross_line',
  trucks: { q: '=', n: 37 },
};
const derive = (...reports: Report[]) => deriveConvoy({ convoy: { id: 'c' }, reports, stops: [] });

let count = 0;
const newId = (): string => `new${(count += 1)}`;
const view = () => ({
  id: 'c',
  localities: ['zamalka', 'arbin'].map((id) => ({ id, name: id })),
  derived: derive(planned),
});
const reportIn = (edits: readonly RecordEdit[]): Report => {
  const { id, values } = edits.find(({ kind }) => kind === 'report') as RecordEdit;
  return { id, ...values } as unknown as Report;
};

test.each(CONVOY_ENDS)(
  '%s: the convoy ends so, and keeps its places, people who brought it, sectors and kind',
  (status) => {
    const before = derive(planned);
    const said = { status, date: '', onTheRoad: null };
    const after = derive(planned, reportIn(editsOfEnd(view(), said, newId)));
    expect(after.status).toBe(status);
    expect(after.disputed).toBe(false);
    const kept = ({ organisations, modalities, stops, trucks }: typeof before) => ({
      organisations,
      modalities,
      places: stops.map((stop) => stop.localities.toSorted()),
      sectors: stops.map((stop) => stop.sectors),
      trucks: trucks?.value,
    });
    expect(kept(after)).toEqual(kept(before));
  },
);

test('the day that is said counts, whatever the plan said; none is made up', () => {
  const on = (date: string) =>
    derive(
      planned,
      reportIn(editsOfEnd(view(), { status: 'delivered', date, onTheRoad: null }, newId)),
    );
  expect(on('2016-07-02').date?.edtf).toBe('2016-07-02');
  expect(
    reportIn(editsOfEnd(view(), { status: 'delivered', date: '', onTheRoad: null }, newId)),
  ).not.toHaveProperty('date');
});

test('the road is written only where it was answered', () => {
  const kinds = (onTheRoad: boolean | null) =>
    editsOfEnd(view(), { status: 'delivered', date: '', onTheRoad }, newId).map(({ kind }) => kind);
  expect(kinds(null)).toEqual(['source', 'report']);
  expect(kinds(false)).toEqual(['source', 'report', 'movement']);
});

test('undone: the report goes, and nothing is said of the road; the plan is as it was', () => {
  const edits = editsOfEnd(view(), { status: 'delivered', date: '', onTheRoad: true }, newId);
  const [report, movement] = ['report', 'movement'].map(
    (kind) => edits.find((edit) => edit.kind === kind)?.id,
  );
  expect(editsOfUndoneEnd(edits)).toEqual([
    { kind: 'report', id: report, values: { _deleted: true } },
    { kind: 'movement', id: movement, values: { onTheRoad: null } },
  ]);
});

test('all back: every movement that says otherwise, and of no other convoy', () => {
  const movements: Movement[] = [
    { id: 'a', convoy: 'c', onTheRoad: true },
    { id: 'b', convoy: 'c', onTheRoad: true },
    { id: 'd', convoy: 'other', onTheRoad: true },
    { id: 'e', convoy: 'c' },
  ];
  expect(editsOfAllBack('c', movements, newId).map(({ id }) => id)).toEqual(['a', 'b']);
  const [made] = editsOfAllBack('c', movements.slice(2), newId);
  expect(made).toMatchObject({ kind: 'movement', values: { convoy: 'c', onTheRoad: false } });
});

test('only what never went is asked for no day', () => {
  expect(CONVOY_ENDS.filter((end) => !wentAnywhere(end))).toEqual(['postponed', 'not_deployed']);
});
