import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Dataset } from '../records/dataset.ts';
import { emptyDataset } from '../records/read-record.ts';
import { VersionedMap } from '../versioned-map.ts';
import { type AccessRecords, buildAccess, NO_RECORDS, updateAccess } from './access-records.ts';
import { computeClaims } from './claims.ts';
import { computeCoverage, coverageMemory } from './coverage.ts';
import { computeDisagreements } from './disagreement.ts';
import { computeDuplicates } from './duplicates.ts';
import { computeFirstSince } from './first-since.ts';
import { computeGaps, type LocalityGaps } from './gaps.ts';
import {
  anyLens,
  historyDay,
  historyStep,
  historySteps,
  recordsAfter,
  type Step,
} from './histories.arbitrary.ts';
import type { Lens } from './lens.ts';
import { computePeopleDeliveries, computeReach, reachMemory } from './reach.ts';
import { Remembered } from './remembered.ts';
import { registerOf } from './status-registers.ts';
import { rankWaits } from './waits.ts';

interface Options {
  readonly asOf: number;
  readonly since: number;
  readonly lens: Lens;
}

/** Memories as the screens keep them: they live as long as the records change. */
const memories = () => ({
  gaps: new Remembered<LocalityGaps>(),
  coverage: coverageMemory(),
  reach: reachMemory(),
  anyReach: reachMemory(),
});

function allResults(access: AccessRecords, { asOf, since, lens }: Options, memory = memories()) {
  const place = { status: 'besieged', classifier: 'UN', since, asOf } as const;
  const gaps = computeGaps(access, { asOf, lens }, memory.gaps);
  const series = { series: 'UN', householdSize: 5 };
  const any = { ...place, ...series, status: 'any' } as const;
  return {
    gaps,
    waits: rankWaits(gaps, access.dataset, registerOf(access.registers, 'UN'), asOf),
    firstSince: computeFirstSince(access, { asOf, lens }),
    coverage: computeCoverage(access, { ...place, lens }, memory.coverage),
    reach: computeReach(access, { ...place, ...series }, memory.reach),
    anyReach: computeReach(access, any, memory.anyReach),
    peopleDeliveries: computePeopleDeliveries(access, any),
    disagreements: computeDisagreements(access, asOf),
    claims: computeClaims(access, { asOf, classifier: 'UN' }),
    duplicates: computeDuplicates(access, asOf),
    leftOut: access.leftOut,
    localities: [...access.localities],
    months: [...access.months],
  };
}

/** A data set as the device keeps it: every version shares what did not change. */
function versionAfter(dataset: Dataset, { kind, id, values }: Step): Dataset {
  const before = dataset[kind] as VersionedMap<unknown>;
  return { ...dataset, [kind]: before.withChanges([[id, values ? { id, ...values } : undefined]]) };
}

const EMPTY = Object.fromEntries(
  Object.keys(emptyDataset()).map((kind) => [kind, VersionedMap.empty]),
) as unknown as Dataset;

const options = fc.tuple(historyDay, historyDay, anyLens).map(([one, other, lens]): Options => {
  const [since, asOf] = one < other ? [one, other] : [other, one];
  return { since, asOf, lens };
});

describe('after every change of records', () => {
  test('indicators 1–5, 10–12 are what they are when all is computed anew, in any order', () => {
    fc.assert(
      fc.property(
        historySteps(0),
        fc.array(historyStep, { maxLength: 12 }),
        fc.array(fc.boolean()),
        options,
        options,
        (first, steps, skips, chosen, other) => {
          let access = NO_RECORDS;
          let dataset = first.reduce(versionAfter, EMPTY);
          const memory = memories();
          for (const [i, step] of [null, ...steps].entries()) {
            if (step) dataset = versionAfter(dataset, step);
            // A screen that is not looked at skips versions.
            if (skips[i]) continue;
            access = updateAccess(access, dataset);
            const all = [...first, ...steps.slice(0, i)];
            const anew = buildAccess(recordsAfter([...standing(all)].reverse()));
            const asked = i % 4 === 3 ? other : chosen;
            expect(allResults(access, asked, memory)).toEqual(allResults(anew, asked));
          }
        },
      ),
      { numRuns: 500 },
    );
  });

  test('nothing that was computed before changes afterwards', () => {
    fc.assert(
      fc.property(
        historySteps(0),
        fc.array(historyStep, { maxLength: 6 }),
        options,
        (first, steps, chosen) => {
          const memory = memories();
          let dataset = first.reduce(versionAfter, EMPTY);
          const access = updateAccess(NO_RECORDS, dataset);
          const results = allResults(access, chosen, memory);
          const copy = structuredClone(results);
          let later = access;
          for (const step of steps) {
            dataset = versionAfter(dataset, step);
            later = updateAccess(later, dataset);
            allResults(later, chosen, memory);
          }
          expect(results).toEqual(copy);
          expect(allResults(access, chosen)).toEqual(copy);
        },
      ),
      { numRuns: 100 },
    );
  });
});

/** The last step of each record: those before it leave no trace. */
function standing(steps: readonly Step[]): Iterable<Step> {
  return new Map(steps.map((step) => [`${step.kind} ${step.id}`, step])).values();
}
