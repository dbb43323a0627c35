import { deepStrictEqual } from 'node:assert';
import {
  type AccessRecords,
  buildAccess,
  NO_RECORDS,
  updateAccess,
} from '#lib/domain/access/access-records.ts';
import { computeCoverage, coverageMemory } from '#lib/domain/access/coverage.ts';
import { computeGaps, type LocalityGaps } from '#lib/domain/access/gaps.ts';
import { computeReach, reachMemory } from '#lib/domain/access/reach.ts';
import { Remembered } from '#lib/domain/access/remembered.ts';
import { dayOf, dayToIso } from '#lib/domain/dates/day.ts';
import type { Dataset } from '#lib/domain/records/dataset.ts';
import type { RecordKind } from '#lib/domain/records/registry.ts';
import type { VersionedMap } from '#lib/domain/versioned-map.ts';
import { seededRandom } from '../faults/server/seed.ts';
import { anyStop, AS_OF, generatedDataset, localityId, STOPS } from './generated-stops.ts';
import { atLeast, atMost, type Bench, beside, median, quantile, timed } from './measure.ts';
import { sqliteAnswers } from './sqlite-answers.ts';

const ROUNDS = 7;
const EDITS = 60;
const SEED = 20160629;
/** Four years of whole months. */
const SINCE = dayOf(2017, 1, 1);
const ASKED = { status: 'besieged', classifier: 'UN', since: SINCE, asOf: AS_OF } as const;

const memories = () => ({
  gaps: new Remembered<LocalityGaps>(),
  coverage: coverageMemory(),
  reach: reachMemory(),
});

/** All gaps, coverage, and 48 months of people reached: what the budget is for. */
const answersOf = (access: AccessRecords, memory = memories()) => ({
  gaps: computeGaps(access, { asOf: AS_OF }, memory.gaps),
  coverage: computeCoverage(access, ASKED, memory.coverage),
  reach: computeReach(access, { ...ASKED, series: 'UN' }, memory.reach),
});
type Answers = ReturnType<typeof answersOf>;

const inOrder = (rows: readonly (readonly unknown[])[]): string[] =>
  rows.map((row) => row.join()).sort();
const numberOf = (locality: string): number => Number(locality.slice('locality'.length));

function gapRows(access: AccessRecords, { gaps }: Answers): string[] {
  return inOrder(
    gaps.flatMap(({ locality, recorded }) => {
      const { delivered = [] } = access.localities.get(locality) ?? {};
      const dates = new Map(delivered.map((stop) => [stop.id, stop.date]));
      const place = numberOf(locality);
      const closed = recorded.gaps.map(({ to, days }) => {
        const date = dates.get(to.stops[0] ?? '');
        return [place, date?.earliest, date?.latest, ...days];
      });
      return recorded.open ? [...closed, [place, null, null, ...recorded.open.days]] : closed;
    }),
  );
}

function coverageRows({ coverage: { certain, possible, without } }: Answers): string[] {
  return inOrder([
    ...certain.map(({ locality }) => [numberOf(locality), 2]),
    ...possible.map(({ locality }) => [numberOf(locality), 1]),
    ...without.map((locality) => [numberOf(locality), 0]),
  ]);
}

const reachRows = ({ reach }: Answers): string[] =>
  reach.map(({ reached, population }) =>
    [reached.people?.[0], reached.peopleWithPopulation?.[0], population?.people?.[0]].join(),
  );

function withRecord(dataset: Dataset, kind: RecordKind, id: string, record: object): Dataset {
  const versions = dataset[kind] as unknown as VersionedMap<object>;
  return { ...dataset, [kind]: versions.withChanges([[id, record]]) };
}

/** Milliseconds from each edit of one record to all answers again, equal to those computed anew. */
function afterEdits(
  access: AccessRecords,
  edit: (dataset: Dataset, i: number) => Dataset,
): readonly number[] {
  const memory = memories();
  answersOf(access, memory);
  let now = access;
  const spent: number[] = [];
  for (let i = 0; i < EDITS; i++) {
    const dataset = edit(now.dataset, i);
    spent.push(
      timed(() => {
        now = updateAccess(now, dataset);
        answersOf(now, memory);
      }),
    );
  }
  deepStrictEqual(answersOf(now, memory), answersOf(buildAccess(now.dataset)));
  return spent;
}

/** Indicators 1, 3 and 4 of all places, against the same answers by SQLite in the same run. */
export const gapsBench: Bench = {
  name: 'gaps',
  run: async () => {
    const dataset = generatedDataset(SEED);
    let access = NO_RECORDS;
    const prepared = timed(() => (access = buildAccess(dataset)));
    const sqlite = sqliteAnswers(access, { asOf: AS_OF, since: SINCE });
    const first = answersOf(access);
    deepStrictEqual(gapRows(access, first), inOrder(sqlite.gaps()));
    deepStrictEqual(coverageRows(first), inOrder(sqlite.coverage()));
    deepStrictEqual(
      reachRows(first),
      sqlite.reach().map(([, ...numbers]) => numbers.join()),
    );
    const ours: number[] = [];
    const theirs: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      ours.push(timed(() => answersOf(access)));
      theirs.push(timed(() => [sqlite.gaps(), sqlite.coverage(), sqlite.reach()]));
    }
    sqlite.close();
    const random = seededRandom(SEED + 1);
    const stops = afterEdits(access, (before) => {
      const stop = anyStop(Math.floor(random() * STOPS), random);
      return withRecord(before, 'stop', stop.id, stop);
    });
    const statuses = afterEdits(access, (before, i) => {
      const id = `status${i}.new`;
      const from = dayToIso(AS_OF - i);
      const status = { id, locality: localityId(i), classifier: 'UN', status: 'besieged', from };
      return withRecord(before, 'accessStatus', id, status);
    });
    const oldStatuses = afterEdits(access, (before, i) => {
      const id = `status${i}.0`;
      const status = before.accessStatus.get(id);
      return withRecord(before, 'accessStatus', id, { ...status, status: 'siege_lifted' });
    });
    const populations = afterEdits(access, (before, i) => {
      const id = `population${i * 4}.8`;
      const people = { q: '=', n: 5_000 + i };
      return withRecord(before, 'population', id, { ...before.population.get(id), people });
    });
    const what = 'all gaps, coverage, 48 months of people reached';
    return [
      atMost(`${what}: 1,000 localities, 100,000 stops`, median(ours), 'ms', 150),
      atLeast(
        'times faster than the same answer by window functions in SQLite',
        median(theirs) / median(ours),
        '×',
        3,
      ),
      beside('the same by window functions in SQLite', median(theirs), 'ms'),
      atMost(`${what} again after one edit of a stop`, median(stops), 'ms', 5),
      beside('the same, 19 edits of 20 within', quantile(stops, 0.95), 'ms'),
      atMost('the same after a status of the last months', median(statuses), 'ms', 5),
      atMost('the same after a population of the last year', median(populations), 'ms', 5),
      beside('the same after a status of nine years ago', median(oldStatuses), 'ms'),
      beside('deriving 100,000 convoys with their stops, once', prepared, 'ms'),
    ];
  },
};
