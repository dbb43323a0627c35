import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dayOf } from '../dates/day.ts';
import type { Dataset } from '../records/dataset.ts';
import { emptyDataset, readRecord } from '../records/read-record.ts';
import { kindOfRecord, RECORD_KINDS, type RecordKind } from '../records/registry.ts';
import { allWarnings } from '../records/warnings/warnings-of.ts';
import { type AccessRecords, buildAccess } from './access-records.ts';
import { computeClaims } from './claims.ts';
import { computeCoverage } from './coverage.ts';
import { computeDisagreements } from './disagreement.ts';
import { computeDuplicates } from './duplicates.ts';
import { computeFirstSince } from './first-since.ts';
import { computeGaps } from './gaps.ts';
import { computeIncidents } from './incidents.ts';
import { computeItemsRemoved } from './items-removed.ts';
import { computePeopleDeliveries, computeReach } from './reach.ts';
import { recordsLeftOut } from './records-left-out.ts';
import { computeRequests } from './requests.ts';
import { computeSupply } from './supply.ts';

const KINDS = Object.keys(RECORD_KINDS) as RecordKind[];
const SEED = 20_160_629;

/** Values that fields hold, that they nearly hold, and that nobody would think of. */
const plausible = fc.oneof(
  fc.constantFrom('2016-06', '2016-06-29', '2016/2017', '2017/2016', '2016-13', '2016~', '0000'),
  fc.constantFrom('a0', 'a1', 'a2', 'gone', ''),
  fc.constantFrom('delivered', 'denied', 'besieged', 'removed', 'teleported', 'UN', 'first_since'),
  fc.constantFrom<unknown>(['a0'], ['a0', 'a0', 'a1'], [], ['gone'], [7], ['FSC@a0', '@', 'FSC@']),
  fc.constantFrom<unknown>(
    { q: '=', n: 5 },
    { q: '=', n: -5 },
    { q: '=', n: 1e300 },
    { q: '..', n: 9, m: 2 },
    { q: '..', n: 2, m: 9, unit: 'families' },
    { q: '>', n: 3, unit: 'baskets' },
    { q: '<', n: 0 },
    { q: '~', n: 1e12 },
  ),
  fc.boolean(),
  fc.integer(),
);
const anything = fc.oneof(
  { weight: 5, arbitrary: plausible },
  { weight: 1, arbitrary: fc.jsonValue() },
);

const kindAndValues = fc
  .constantFrom(...KINDS)
  .chain((kind) =>
    fc.tuple(
      fc.constant(kind),
      fc.record(
        Object.fromEntries(
          [...Object.keys(kindOfRecord(kind).fields), 'unheard_of'].map((field) => [
            field,
            anything,
          ]),
        ),
        { requiredKeys: [...kindOfRecord(kind).required] },
      ),
    ),
  );
const garbage = fc.array(kindAndValues, { maxLength: 25 });

/** The records that can be read; of the others it is checked that they are named with a reason. */
function readAll(all: readonly (readonly [RecordKind, Record<string, unknown>])[]): Dataset {
  const dataset: Record<RecordKind, Map<string, unknown>> = emptyDataset();
  all.forEach(([kind, values], i) => {
    const id = `a${i % 5}`;
    const read = readRecord(kind, id, values);
    if (read.ok) dataset[kind].set(id, read.value.record);
    const problems = read.ok ? read.value.problems : read.error.problems;
    const kept = read.ok ? (read.value.record as Record<string, unknown>) : {};
    for (const [field, value] of Object.entries(values)) {
      const isNamed = problems.some((problem) => problem.field === field);
      if (value !== null && value !== undefined && read.ok) {
        expect(isNamed !== Object.hasOwn(kept, field)).toBe(true);
      }
    }
    if (!read.ok) expect(problems.some(({ type }) => type === 'missing_field')).toBe(true);
  });
  return dataset as Dataset;
}

function computeEverything(access: AccessRecords): void {
  for (const asOf of [dayOf(2016, 6, 29), dayOf(1, 1, 1)]) {
    const since = asOf - 90;
    const status = 'besieged' as const;
    computeGaps(access, { asOf });
    computeGaps(access, { asOf, lens: { sector: 'FSC' } });
    computeFirstSince(access, { asOf });
    computeCoverage(access, { asOf, since, status, classifier: 'UN' });
    computeReach(access, { asOf, since, status, classifier: 'UN', series: 'UN' });
    computePeopleDeliveries(access, { asOf, since });
    computeRequests(access, { asOf, since, householdSize: 5 });
    computeSupply(access, { asOf, since, series: 'UN' });
    computeItemsRemoved(access, { asOf });
    computeIncidents(access, { asOf });
    computeDisagreements(access, asOf);
    computeClaims(access, { asOf, classifier: 'UN' });
    computeDuplicates(access, asOf);
  }
}

/** Whether an indicator can come by a record at all: told from the record alone, and slowly. */
function isWithinReach(dataset: Dataset, kind: RecordKind, id: string): boolean {
  const d = dataset;
  const some = <T>(records: ReadonlyMap<string, T>, test: (one: T) => boolean): boolean =>
    [...records.values()].some(test);
  switch (kind) {
    case 'report':
      return d.convoy.has(d.report.get(id)!.convoy);
    case 'claim':
      return d.convoy.has(d.claim.get(id)!.convoy);
    case 'stop':
      return d.convoy.has(d.stop.get(id)!.convoy) && d.stop.get(id)!.localities.length > 0;
    case 'convoy':
      return (
        some(d.stop, (stop) => stop.convoy === id) ||
        some(
          d.report,
          (one) =>
            one.convoy === id && (one.scope === 'total' || (one.localities ?? []).length > 0),
        )
      );
    case 'accessStatus':
      return d.locality.has(d.accessStatus.get(id)!.locality);
    case 'population': {
      const { localities = [], total, area } = d.population.get(id)!;
      return localities.length > 0 || total !== undefined || area !== undefined;
    }
    case 'requestLine':
      return d.accessRequest.has(d.requestLine.get(id)!.request);
    case 'accessRequest':
      return some(d.requestLine, ({ request }) => request === id);
    case 'itemLine': {
      const { stop = '', convoy = '' } = d.itemLine.get(id)!;
      return d.convoy.has(d.stop.get(stop)?.convoy ?? '') || d.convoy.has(convoy);
    }
    case 'incident': {
      const { localities, convoy = '' } = d.incident.get(id)!;
      return localities.length > 0 || d.convoy.has(convoy);
    }
    case 'movement':
      return d.convoy.has(d.movement.get(id)!.convoy);
    case 'logEntry':
      return d.movement.has(d.logEntry.get(id)!.movement);
    default:
      return true;
  }
}

test('bad records throw nowhere and never vanish: each is within reach of the indicators, or named', () => {
  fc.assert(
    fc.property(garbage, (all) => {
      const dataset = readAll(all);
      const access = buildAccess(dataset);
      computeEverything(access);
      allWarnings(dataset, dayOf(2016, 7, 1));
      const named = new Set(recordsLeftOut(access).map(({ record }) => record));
      for (const kind of KINDS) {
        for (const id of dataset[kind].keys()) {
          const isVanished = !isWithinReach(dataset, kind, id) && !named.has(id);
          expect({ kind, id, isVanished }).toEqual({ kind, id, isVanished: false });
        }
      }
    }),
    { numRuns: 2_000, seed: SEED },
  );
});
