import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Day, dayToIso } from '../dates/day.ts';
import type { Figure } from '../figures/figure.ts';
import { type AccessRecords, buildAccess } from './access-records.ts';
import { computeDisagreements } from './disagreement.ts';
import { computeDuplicates } from './duplicates.ts';
import type { DerivedStop } from './from-reports.ts';
import {
  asOfDay,
  daysOf,
  happenings,
  daysOfText,
  peopleRange,
  SEED,
} from './happenings.arbitrary.ts';
import { computeIncidents } from './incidents.ts';
import { computeItemsRemoved } from './items-removed.ts';
import { computePeopleDeliveries } from './reach.ts';

/** Each indicator again, slowly and day by day, without a line of the code that it is held against. */
const RUNS = { numRuns: 2_000, seed: SEED };

const stopsOf = ({ convoys }: AccessRecords): readonly DerivedStop[] =>
  [...convoys.values()].flatMap(({ stops }) => stops);
const monthOf = (day: Day): string => dayToIso(day).slice(0, 7);

test('oracle of indicator 5: every delivery with a day in the window, added up', () => {
  fc.assert(
    fc.property(
      happenings,
      asOfDay,
      fc.nat(40),
      fc.option(fc.integer({ min: 2, max: 6 })),
      (dataset, asOf, back, householdSize) => {
        const access = buildAccess(dataset);
        const since = asOf - back;
        const sums = { reached: [0, 0], intended: [0, 0] };
        const given = { reached: 0, intended: 0 };
        const deliveries: string[] = [];
        for (const stop of stopsOf(access)) {
          if (!stop.delivered || !stop.date) continue;
          if (!daysOf(stop.date).some((day) => day >= since && day <= asOf)) continue;
          deliveries.push(stop.id);
          for (const measure of ['reached', 'intended'] as const) {
            const range = peopleRange(stop.people[measure]?.value, householdSize);
            if (!range) continue;
            given[measure] += 1;
            sums[measure] = [sums[measure][0]! + range[0], sums[measure][1]! + range[1]];
          }
        }
        const found = computePeopleDeliveries(access, {
          asOf,
          since,
          ...(householdSize === null ? {} : { householdSize }),
        });
        expect(found.deliveries).toBe(deliveries.length);
        expect(found.from).toEqual(deliveries.sort());
        for (const measure of ['reached', 'intended'] as const) {
          expect(found[measure]).toEqual(given[measure] === 0 ? null : sums[measure]);
          expect(found.withoutNumber[measure]).toBe(deliveries.length - given[measure]);
        }
      },
    ),
    RUNS,
  );
});

test('oracle of indicator 8: item by item, unit by unit, month by month', () => {
  fc.assert(
    fc.property(happenings, asOfDay, (dataset, asOf) => {
      const access = buildAccess(dataset);
      const plain = (text: string): string => text.toLowerCase().trim();
      const sums = new Map<
        string,
        { lines: number; without: number; from: string[]; low: number; high: number }
      >();
      for (const line of dataset.itemLine.values()) {
        if (line.stage !== 'removed') continue;
        const at = dataset.stop.get(line.stop ?? '');
        const convoy =
          access.convoys.get(at?.convoy ?? '') ?? access.convoys.get(line.convoy ?? '');
        const stop = convoy?.stops.find(({ id }) => id === line.stop);
        const date = stop ? stop.date : (convoy?.date ?? null);
        const days =
          (date ?? convoy?.date)
            ? daysOf((date ?? convoy!.date)!).filter((day) => day <= asOf)
            : [];
        const last = days.at(-1);
        if (last === undefined) continue;
        const figure = line.quantity;
        const unit = [line.unit, figure?.unit].filter((one) => one !== undefined).map(plain);
        const key = [monthOf(last), plain(line.item), ...new Set(unit)].join('|');
        const sum = sums.get(key) ?? { lines: 0, without: 0, from: [], low: 0, high: 0 };
        sum.lines += 1;
        sum.from.push(line.id);
        if (figure) {
          sum.low += figure.q === '<' ? 0 : figure.n;
          sum.high += figure.m ?? figure.n;
        } else sum.without += 1;
        sums.set(key, sum);
      }
      const { entries } = computeItemsRemoved(access, { asOf });
      const expected = [...sums.values()].map(({ lines, without, from, low, high }) => ({
        from: from.sort().join(' '),
        lines,
        withoutQuantity: without,
        quantity: without === lines ? null : [low, high],
      }));
      const found = entries.map(({ from, lines, withoutQuantity, quantity }) => ({
        from: [...from].sort().join(' '),
        lines,
        withoutQuantity,
        quantity,
      }));
      const byIds = (a: { from: string }, b: { from: string }): number =>
        a.from < b.from ? -1 : 1;
      expect(found.sort(byIds)).toEqual(expected.sort(byIds));
    }),
    RUNS,
  );
});

test('oracle of indicator 9: every pair of days tried', () => {
  fc.assert(
    fc.property(happenings, asOfDay, (dataset, asOf) => {
      const access = buildAccess(dataset);
      const expected: unknown[] = [];
      for (const incident of dataset.incident.values()) {
        const all = daysOfText(incident.date) ?? [];
        for (const stop of stopsOf(access)) {
          const isTied =
            stop.convoy === incident.convoy ||
            stop.localities.some((locality) => incident.localities.includes(locality));
          if (!stop.delivered || !stop.date || !isTied) continue;
          const differences = all
            .filter((day) => day <= asOf)
            .flatMap((day) =>
              daysOf(stop.date!)
                .filter((delivery) => delivery <= asOf)
                .map((delivery) => day - delivery),
            );
          if (!differences.some((days) => Math.abs(days) <= 3)) continue;
          const isCut =
            all.some((day) => day > asOf) || daysOf(stop.date).some((day) => day > asOf);
          const isAbout = incident.date.endsWith('~') || stop.date.approximate;
          const isSure = differences.every((days) => Math.abs(days) <= 3) && !isCut && !isAbout;
          expected.push({
            key: `${incident.id} ${stop.id}`,
            days: [Math.min(...differences), Math.max(...differences)],
            certainty: isSure ? 'certain' : 'possible',
            side: differences.every((days) => days < 0)
              ? 'before'
              : differences.every((days) => days > 0)
                ? 'after'
                : differences.every((days) => days === 0)
                  ? 'same_day'
                  : 'unclear',
          });
        }
      }
      const found = computeIncidents(access, { asOf }).entries.map(
        ({ incident, stop, days, certainty, side }) => ({
          key: `${incident} ${stop}`,
          days: days.map((one) => one + 0),
          certainty,
          side,
        }),
      );
      const byKey = (a: unknown, b: unknown): number =>
        (a as { key: string }).key < (b as { key: string }).key ? -1 : 1;
      expect(found.sort(byKey)).toEqual(expected.sort(byKey));
    }),
    RUNS,
  );
});

test('oracle of indicator 10: the different numbers that reports state', () => {
  fc.assert(
    fc.property(happenings, asOfDay, (dataset, asOf) => {
      const access = buildAccess(dataset);
      const expected: unknown[] = [];
      for (const convoy of access.convoys.values()) {
        if (convoy.date && !daysOf(convoy.date).some((day) => day <= asOf)) continue;
        const reports = [...dataset.report.values()].filter(
          (report) => report.convoy === convoy.id && report.scope !== 'total',
        );
        const stated = (figure: string, of: (Figure | undefined)[]): void => {
          const given = of.filter((one) => one !== undefined);
          const texts = new Map<string, number>();
          for (const { q, n, m, unit } of given) {
            const text = `${q} ${n} ${m ?? n} ${unit ?? 'people'}`;
            texts.set(text, (texts.get(text) ?? 0) + 1);
          }
          if (texts.size < 2) return;
          expected.push({
            key: `${convoy.id} ${figure}`,
            counts: [...texts.values()].sort(),
            min: Math.min(...given.map(({ n }) => n)),
            max: Math.max(...given.map(({ n, m }) => m ?? n)),
            given: given.length,
            of: reports.length,
          });
        };
        stated(
          'trucks',
          reports.map(({ trucks }) => trucks),
        );
        for (const kind of ['intended', 'approved', 'reached'] as const) {
          stated(
            `people_${kind}`,
            reports.map(({ people, peopleKind }) =>
              (peopleKind ?? 'intended') === kind ? people : undefined,
            ),
          );
        }
      }
      const found = computeDisagreements(access, asOf).map((one) => ({
        key: `${one.convoy} ${one.figure}`,
        counts: one.values.map(({ reports }) => reports).sort(),
        min: one.min,
        max: one.max,
        given: one.given,
        of: one.of,
      }));
      const byKey = (a: unknown, b: unknown): number =>
        (a as { key: string }).key < (b as { key: string }).key ? -1 : 1;
      expect(found.sort(byKey)).toEqual(expected.sort(byKey));
    }),
    RUNS,
  );
});

test('oracle of indicator 12: every pair of convoys, every pair of days', () => {
  fc.assert(
    fc.property(happenings, asOfDay, (dataset, asOf) => {
      const access = buildAccess(dataset);
      const all = [...access.convoys.values()];
      const placesOf = (convoy: (typeof all)[number]): string[] => [
        ...new Set(convoy.stops.flatMap(({ localities }) => localities)),
      ];
      const isAlike = (a: Figure | undefined, b: Figure | undefined): boolean => {
        if (!a || !b || (a.unit ?? 'people') !== (b.unit ?? 'people')) return true;
        const ends = ({ q, n, m }: Figure): [number, number] =>
          q === '<' ? [0, n] : [n, q === '>' ? Infinity : (m ?? n)];
        const [[a0, a1], [b0, b1]] = [ends(a), ends(b)];
        if (a1 >= b0 && b1 >= a0) return true;
        const [low, high] = a1 < b0 ? [a1, b0] : [b1, a0];
        return high - low <= 0.2 * high;
      };
      const expected: string[] = [];
      for (const a of all) {
        for (const b of all) {
          if (a.id >= b.id || !a.date || !b.date) continue;
          if (!daysOf(a.date).some((day) => day <= asOf)) continue;
          if (!daysOf(b.date).some((day) => day <= asOf)) continue;
          const isNear = daysOf(a.date).some((one) =>
            daysOf(b.date!).some((other) => Math.abs(one - other) <= 1),
          );
          const said = [
            dataset.convoy.get(a.id)?.notSameAs?.includes(b.id),
            dataset.convoy.get(b.id)?.notSameAs?.includes(a.id),
          ];
          const isCommon = placesOf(a).some((place) => placesOf(b).includes(place));
          const isSame =
            isNear &&
            isCommon &&
            isAlike(a.trucks?.value, b.trucks?.value) &&
            (['intended', 'approved', 'reached'] as const).every((kind) =>
              isAlike(a.people[kind]?.value, b.people[kind]?.value),
            );
          if (isSame && !said.includes(true)) expected.push(`${a.id} ${b.id}`);
        }
      }
      const found = computeDuplicates(access, asOf).map(({ convoys }) =>
        [...convoys].sort().join(' '),
      );
      expect(found.sort()).toEqual(expected.sort());
    }),
    RUNS,
  );
});
