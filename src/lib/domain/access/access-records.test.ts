import fc from 'fast-check';
import { expect, test } from 'vitest';
import { anyPartialDate } from '../../../../tests/support/arbitrary-dates.ts';
import { fixtureDataset } from '../../../../tests/support/fixture-dataset.ts';
import { dayOf } from '../dates/day.ts';
import type { Claim, Convoy, Dataset, Report } from '../records/dataset.ts';
import { CONVOY_STATUSES } from '../records/vocabularies.ts';
import { buildAccess, updateAccess } from './access-records.ts';
import { computeGaps } from './gaps.ts';

const records = fixtureDataset('localities.csv', 'convoy_reports.csv', 'claims.csv');
const asOf = dayOf(2016, 6, 29);
const ids = {
  convoy: [...records.convoy.keys()],
  report: [...records.report.keys()],
  claim: [...records.claim.keys()],
};

type Edit = (dataset: Dataset) => Dataset;

/** The data set with one record changed, or without it, and every other record the same object. */
function edited<K extends 'convoy' | 'report' | 'claim'>(
  dataset: Dataset,
  kind: K,
  id: string,
  values: object | null,
): Dataset {
  const map = new Map<string, Convoy | Report | Claim>(dataset[kind]);
  const known = map.get(id);
  if (values && known) map.set(id, { ...known, ...values });
  else map.delete(id);
  return { ...dataset, [kind]: map };
}

const anyEdit: fc.Arbitrary<Edit> = fc.oneof(
  fc.tuple(fc.constantFrom(...ids.report), fc.constantFrom(...CONVOY_STATUSES), anyPartialDate).map(
    ([id, status, date]) =>
      (dataset: Dataset) =>
        edited(dataset, 'report', id, { status, date: date.edtf }),
  ),
  fc.tuple(fc.constantFrom(...ids.report), fc.constantFrom(...ids.convoy)).map(
    ([id, convoy]) =>
      (dataset: Dataset) =>
        edited(dataset, 'report', id, { convoy }),
  ),
  fc.tuple(fc.constantFrom(...ids.convoy), fc.constantFrom(...CONVOY_STATUSES)).map(
    ([id, status]) =>
      (dataset: Dataset) =>
        edited(dataset, 'convoy', id, { status }),
  ),
  fc
    .constantFrom(...ids.convoy)
    .map((id) => (dataset: Dataset) => edited(dataset, 'convoy', id, null)),
  fc.tuple(fc.constantFrom(...ids.claim), anyPartialDate).map(
    ([id, since]) =>
      (dataset: Dataset) =>
        edited(dataset, 'claim', id, { since: since.edtf }),
  ),
);

test('after any sequence of changes the updated access is the one built anew', () => {
  fc.assert(
    fc.property(fc.array(anyEdit, { maxLength: 8 }), (edits) => {
      let dataset = records;
      let access = buildAccess(records);
      for (const edit of edits) {
        dataset = edit(dataset);
        access = updateAccess(access, dataset);
      }
      const anew = buildAccess(dataset);
      expect([...access.localities]).toEqual([...anew.localities]);
      expect(computeGaps(access, { asOf })).toEqual(computeGaps(anew, { asOf }));
    }),
    { numRuns: 60 },
  );
});

test('what a change does not touch is taken over', () => {
  const before = buildAccess(records);
  const [id] = ids.report;
  const report = id === undefined ? undefined : records.report.get(id);
  if (!id || !report) throw new Error('no report');
  const after = updateAccess(before, edited(records, 'report', id, { trucks: { q: '=', n: 7 } }));
  const changed = [...after.convoys].filter(([key, one]) => one !== before.convoys.get(key));
  expect(changed.map(([key]) => key)).toEqual([report.convoy]);
  const touched = [...after.localities].filter(([key, one]) => one !== before.localities.get(key));
  expect(touched.map(([key]) => key).sort()).toEqual([...(report.localities ?? [])].sort());
});
