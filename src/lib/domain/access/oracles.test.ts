import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Day, monthIndexOf, spanOfMonth } from '../dates/day.ts';
import type { PartialDate } from '../dates/partial-date.ts';
import { type AccessRecords, buildAccess, type DatedStop } from './access-records.ts';
import { computeCoverage } from './coverage.ts';
import { computeFirstSince } from './first-since.ts';
import { computeGaps, type GapSeries } from './gaps.ts';
import {
  anyLens,
  historyDay,
  historySteps,
  recordsAfter,
  type Step,
} from './histories.arbitrary.ts';
import { type Lens, lensTest } from './lens.ts';
import { computeReach } from './reach.ts';
import { registerOf, type StatusStatement } from './status-registers.ts';
import { statusOn } from './statuses.ts';

/**
 * Indicators against slow ones that follow the words of the definitions, stop by stop and choice by
 * choice, on thousands of histories. They read the derived convoys alone, none of the indexes. A
 * history that fails is printed with its seed by fast-check.
 */

const RUNS = { numRuns: 2_500 };
const access = historySteps(8).map((steps) => buildAccess(recordsAfter(steps)));
const period = fc
  .tuple(historyDay, historyDay)
  .map(([one, other]): readonly [Day, Day] => (one < other ? [one, other] : [other, one]));

const isDelivered = (outcome: string | null): boolean =>
  outcome === 'delivered' || outcome === 'partially_delivered';
const deliveriesOf = (records: AccessRecords): DatedStop[] =>
  [...records.convoys.values()]
    .flatMap(({ stops }) => stops)
    .filter((stop): stop is DatedStop => isDelivered(stop.outcome) && stop.date !== null);
const deliveriesTo = (records: AccessRecords, locality: string): DatedStop[] =>
  deliveriesOf(records).filter(({ localities }) => localities.includes(locality));
const greatest = (numbers: readonly number[]): number => Math.max(...numbers);

/** "L the greatest latest and E the greatest earliest among the stops before D." */
function slowGap(stop: DatedStop, all: readonly DatedStop[], asOf: Day) {
  const before = all.filter(({ date }) => date.latest < stop.date.earliest).map(({ date }) => date);
  if (before.length === 0) return null;
  const last = greatest(before.map(({ latest }) => latest));
  const earliest = greatest(before.map((date) => date.earliest));
  const days = [stop.date.earliest - last, Math.min(stop.date.latest, asOf) - earliest] as const;
  const nameEarliest = greatest(
    before.filter(({ latest }) => latest === last).map((date) => date.earliest),
  );
  return { days, name: [nameEarliest, last] as const };
}

function slowSeries(all: readonly DatedStop[], asOf: Day) {
  const gaps = new Map<string, readonly [number, number]>();
  for (const stop of all) {
    const gap = slowGap(stop, all, asOf);
    if (gap) gaps.set(`${stop.date.earliest} ${stop.date.latest}`, gap.days);
  }
  const lasts = all.map(({ date }) => Math.min(date.latest, asOf));
  const open =
    all.length === 0
      ? null
      : [asOf - greatest(lasts), asOf - greatest(all.map(({ date }) => date.earliest))];
  return { deliveries: all.length, gaps: [...gaps.values()].sort(compareDays), open };
}
const compareDays = (a: readonly number[], b: readonly number[]): number =>
  a[0]! - b[0]! || a[1]! - b[1]!;
const summary = (series: GapSeries | null) =>
  series && {
    deliveries: series.deliveries,
    gaps: series.gaps.map(({ days }) => days).sort(compareDays),
    open: series.open?.days ?? null,
  };

const matching = (records: AccessRecords, lens: Lens, locality: string, withUnknown: boolean) => {
  const match = lensTest(lens, records.dataset.organisation);
  return (stop: DatedStop): boolean =>
    match(stop, locality) === 'yes' || (withUnknown && match(stop, locality) === 'unknown');
};

describe('indicators 1 and 2', () => {
  test('indicator 1: gaps and open gaps are those of the definition, under every lens', () => {
    fc.assert(
      fc.property(access, historyDay, anyLens, (records, asOf, lens) => {
        for (const found of computeGaps(records, { asOf, lens })) {
          const all = deliveriesTo(records, found.locality).filter(
            ({ date }) => date.earliest <= asOf,
          );
          const under = (withUnknown: boolean) =>
            slowSeries(all.filter(matching(records, lens, found.locality, withUnknown)), asOf);
          expect(summary(found.recorded)).toEqual(under(false));
          const isLensed = Object.keys(lens).length > 0;
          expect(summary(found.possible)).toEqual(isLensed ? under(true) : null);
        }
      }),
      RUNS,
    );
  });

  test('indicator 2: each delivery to each place is told once, with the gap before it', () => {
    fc.assert(
      fc.property(access, historyDay, anyLens, (records, asOf, lens) => {
        const entries = computeFirstSince(records, { asOf, lens });
        const told = entries.flatMap(({ convoy, date, localities, since }) =>
          localities.map(
            (one) =>
              `${convoy} ${date.edtf} ${one} ${since ? `${since.date.earliest} ${since.date.latest}` : ''}`,
          ),
        );
        const expected = new Set<string>();
        for (const stop of deliveriesOf(records)) {
          for (const locality of stop.localities) {
            const isSeen = matching(records, lens, locality, false);
            const all = deliveriesTo(records, locality).filter(
              (one) => isSeen(one) && one.date.earliest <= asOf,
            );
            if (!all.includes(stop)) continue;
            const gap = slowGap(stop, all, asOf);
            const key = `${stop.convoy} ${stop.date.edtf} ${locality} ${gap?.name.join(' ') ?? ''}`;
            expected.add(key);
            const entry = entries.find(
              ({ convoy, date, localities, since }) =>
                convoy === stop.convoy &&
                date.edtf === stop.date.edtf &&
                localities.includes(locality) &&
                since?.date.earliest === gap?.name[0] &&
                since?.date.latest === gap?.name[1],
            );
            if (!gap || !entry?.since) continue;
            expect(entry.since.days[0]).toBeLessThanOrEqual(gap.days[0]);
            expect(entry.since.days[1]).toBeGreaterThanOrEqual(gap.days[1]);
          }
        }
        expect(new Set(told)).toEqual(expected);
      }),
      RUNS,
    );
  });
});

/** Days of a range that can make a difference. */
const daysWithin = ({ earliest, latest }: PartialDate, days: readonly Day[]): Day[] => [
  ...new Set([earliest, latest, ...days.filter((day) => day >= earliest && day <= latest)]),
];

/** Every status that holds in some world: each statement begins and ends on one day of its ranges. */
function slowStatuses(statements: readonly StatusStatement[], day: Day): Set<string> {
  const turns = statements.flatMap(({ from, until }) =>
    [from, ...(until ? [until] : [])].flatMap((date) => [date.earliest, date.latest]),
  );
  const days = [day - 1, day, day + 1, ...turns];
  const held = new Set<string>();
  const visit = (i: number, last: readonly [Day, readonly number[]]): void => {
    if (i === statements.length) {
      if (last[1].length === 0) held.add('unknown');
      for (const number of last[1]) {
        const { until, status } = statements[number]!;
        const ends = until ? daysWithin(until, days) : [day];
        for (const end of ends) held.add(end < day ? 'unknown' : status);
      }
      return;
    }
    for (const start of daysWithin(statements[i]!.from, days)) {
      if (start > day) visit(i + 1, last);
      else if (start > last[0]) visit(i + 1, [start, [i]]);
      else if (start === last[0]) visit(i + 1, [start, [...last[1], i]]);
      else visit(i + 1, last);
    }
  };
  visit(0, [-Infinity, []]);
  return held;
}

describe('indicator 3', () => {
  test('the statuses that may hold on a day are those of every world that the dates allow', () => {
    fc.assert(
      fc.property(access, historyDay, (records, day) => {
        for (const statements of registerOf(records.registers, 'UN').values()) {
          if (statements.length > 3) continue;
          const { possible } = statusOn(statements, day);
          expect(new Set(possible)).toEqual(slowStatuses(statements, day));
        }
      }),
      RUNS,
    );
  });

  test('each place on the list is covered for certain, possibly, or not', () => {
    fc.assert(
      fc.property(access, period, anyLens, (records, [since, asOf], lens) => {
        const status = 'besieged';
        const coverage = computeCoverage(records, { status, classifier: 'UN', since, asOf, lens });
        const kinds = new Map<string, string>();
        for (const { locality } of coverage.certain) kinds.set(locality, 'certain');
        for (const { locality } of coverage.possible) kinds.set(locality, 'possible');
        for (const locality of coverage.without) kinds.set(locality, 'without');
        for (const locality of coverage.statusUnclear) kinds.set(locality, 'unclear');
        const match = lensTest(lens, records.dataset.organisation);
        const expected = new Map<string, string>();
        for (const [locality, statements] of registerOf(records.registers, 'un')) {
          const { possible } = statusOn(statements, asOf);
          if (!possible.includes(status)) continue;
          const kindOf = (stop: DatedStop): string => {
            const seen = match(stop, locality);
            const days = Array.from(
              { length: stop.date.latest - stop.date.earliest + 1 },
              (_, i) => stop.date.earliest + i,
            );
            const inside = days.filter((day) => day >= since && day <= asOf);
            if (seen === 'no' || inside.length === 0) return 'without';
            const isSure =
              inside.length === days.length && !stop.date.approximate && seen === 'yes';
            return isSure ? 'certain' : 'possible';
          };
          const undated = [...records.convoys.values()]
            .flatMap(({ stops }) => stops)
            .filter(({ delivered, date, localities }) =>
              delivered && date === null ? localities.includes(locality) : false,
            )
            .map((stop) => (match(stop, locality) === 'no' ? 'without' : 'possible'));
          const found = [...deliveriesTo(records, locality).map(kindOf), ...undated];
          expected.set(
            locality,
            possible.length > 1
              ? 'unclear'
              : (['certain', 'possible'].find((kind) => found.includes(kind)) ?? 'without'),
          );
        }
        expect(kinds).toEqual(expected);
        expect(coverage.total).toBe(
          [...expected.values()].filter((kind) => kind !== 'unclear').length,
        );
      }),
      RUNS,
    );
  });
});

interface SlowSet {
  readonly localities: readonly string[];
  readonly people: readonly [number, number];
}

/** Tranches joined, then every choice of disjoint sets, the best one capped at the populations. */
function slowTotal(
  counted: readonly (SlowSet & { readonly id: string; readonly other: string | null })[],
  entries: readonly {
    readonly localities: readonly string[];
    readonly people: readonly number[];
  }[],
): readonly [number, number] | null {
  if (counted.length === 0) return null;
  const known = new Map(counted.map((one) => [one.id, one]));
  const leads = (id: string): string[] => {
    const path = [id];
    for (;;) {
      const next = known.get(path.at(-1)!)!.other;
      if (next === null || !known.has(next)) return [path.at(-1)!];
      if (path.includes(next)) return path.slice(path.indexOf(next));
      path.push(next);
    }
  };
  const groups = Map.groupBy(counted, ({ id }) => leads(id).sort()[0]!);
  const sets = [...groups.values()].map((group): SlowSet => ({
    localities: [...new Set(group.flatMap(({ localities }) => localities))],
    people: [
      group.reduce((sum, { people }) => sum + people[0], 0),
      group.reduce((sum, { people }) => sum + people[1], 0),
    ],
  }));
  const total = (end: 0 | 1): number => {
    let best: { key: readonly number[]; capped: number } | null = null;
    for (let choice = 0; choice < 2 ** sets.length; choice++) {
      const numbers = sets.flatMap((_, i) => (choice & (1 << i) ? [i] : []));
      const chosen = numbers.map((i) => sets[i]!);
      const places = chosen.flatMap(({ localities }) => localities);
      if (new Set(places).size !== places.length) continue;
      const sum = chosen.reduce((people, set) => people + set.people[end], 0);
      let capped = sum;
      for (const entry of entries) {
        const within = chosen
          .filter(({ localities }) => localities.every((one) => entry.localities.includes(one)))
          .reduce((people, set) => people + set.people[end], 0);
        capped -= Math.max(0, within - entry.people[1]!);
      }
      const firsts = sets.map((_, i) => Number(numbers.includes(i)));
      const key = [sum, chosen.length, -places.length, ...firsts];
      const order = best ? key.map((one, i) => one - best!.key[i]!).find((one) => one !== 0) : 1;
      if ((order ?? 0) > 0) best = { key, capped };
    }
    return best!.capped;
  };
  return [total(0), Math.max(total(0), total(1))];
}

/** Every place besieged from the start, so that months have places that hold the status. */
const besieged = ['l0', 'l1', 'l2', 'l3', 'l4'].map((locality): Step => ({
  kind: 'accessStatus',
  id: `besieged ${locality}`,
  values: { locality, classifier: 'UN', status: 'besieged', from: '2014' },
}));
const besiegedAccess = historySteps(8).map((steps) =>
  buildAccess(
    recordsAfter([
      ...besieged,
      ...steps.filter(({ kind, id }) => kind !== 'accessStatus' || id === 'a0'),
    ]),
  ),
);

test('indicator 4: people of a month are the largest disjoint total, capped, of whom they are a share', () => {
  fc.assert(
    fc.property(
      fc.oneof(access, besiegedAccess),
      period,
      fc.boolean(),
      (records, [since, asOf], isAny) => {
        const status = isAny ? 'any' : 'besieged';
        const options = { status, classifier: 'UN', series: 'un', since, asOf } as const;
        for (const month of computeReach(records, options)) {
          const index = monthIndexOf(month.day);
          expect(month.day).toBe(Math.min(spanOfMonth(index).latest, asOf));
          const holding = new Set<string>();
          for (const [locality, statements] of registerOf(records.registers, 'UN')) {
            const { possible } = statusOn(statements, month.day);
            if (possible.length === 1 && possible[0] === 'besieged') holding.add(locality);
          }
          const stops = deliveriesOf(records)
            .filter(({ date, localities }) => {
              const day = Math.min(date.latest, asOf);
              return (
                date.earliest <= asOf &&
                date.latest >= since &&
                monthIndexOf(day) === index &&
                (isAny || localities.every((one) => holding.has(one)))
              );
            })
            .sort(
              (a, b) =>
                a.date.earliest - b.date.earliest ||
                a.date.latest - b.date.latest ||
                (a.date.edtf < b.date.edtf
                  ? -1
                  : a.date.edtf > b.date.edtf
                    ? 1
                    : a.id < b.id
                      ? -1
                      : 1),
            );
          expect(month.deliveries).toBe(stops.length);
          for (const measure of ['reached', 'intended'] as const) {
            const counted = stops.flatMap(({ id, localities, people, otherPeopleThan: other }) => {
              const value = people[measure]?.value;
              if (!value || value.unit === 'families') return [];
              const { q, n, m } = value;
              const bounds = q === '<' ? ([0, n] as const) : ([n, m ?? n] as const);
              return [{ id, localities, people: bounds, other }];
            });
            const population = month.population;
            const entries =
              population && population.overlaps.length === 0 ? population.entries : [];
            expect(month[measure].people).toEqual(slowTotal(counted, entries));
            expect(month[measure].withoutNumber).toBe(stops.length - counted.length);
            if (!population) continue;
            const without = new Set(population.without);
            const inside = counted.filter(({ localities }) =>
              localities.every((one) => !without.has(one)),
            );
            expect(month[measure].peopleWithPopulation).toEqual(slowTotal(inside, entries));
          }
          if (month.population) {
            const { people, overlaps, without, entries } = month.population;
            const counted = entries.flatMap(({ localities }) => localities);
            expect(overlaps.length > 0).toBe(new Set(counted).size !== counted.length);
            expect(people === null).toBe(overlaps.length > 0 || entries.length === 0);
            expect(new Set([...counted, ...without])).toEqual(holding);
          }
        }
      },
    ),
    RUNS,
  );
});
