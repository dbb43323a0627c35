import { describe, expect, test } from 'vitest';
import { buildAccess } from '#lib/domain/access/access-records.ts';
import { parseLens } from '#lib/domain/access/lens.ts';
import { dayFromIso, dayToIso } from '#lib/domain/dates/day.ts';
import { datasetOf, fixtureDataset } from '../../../../tests/support/fixture-dataset.ts';
import {
  areasOf,
  periodBefore,
  seriesOf,
  throughLens,
  usualSince,
  withinArea,
} from './lens-choice.ts';

const day = (iso: string): number => {
  const read = dayFromIso(iso);
  if (!read.ok) throw new Error(iso);
  return read.value;
};
const files = fixtureDataset(
  'localities.csv',
  'organisations.csv',
  'convoy_reports.csv',
  'siege_population.csv',
);
const ghouta = [...files.locality.values()].filter(({ name }) =>
  ['Arbin', 'Kafr Batna'].includes(name),
);
/** The files name no areas: two towns of Eastern Ghouta, one of which shares a convoy. */
const dataset = datasetOf(
  Object.fromEntries(
    ghouta.map(({ id, ...locality }) => [
      id,
      ['locality', { ...locality, parentArea: 'Eastern Ghouta' }] as const,
    ]),
  ),
  files,
);
const access = buildAccess(dataset);
const period = { since: day('2016-01-01'), asOf: day('2016-06-30') };

describe('the usual period', () => {
  test('begins with the month five before the as-of date', () => {
    expect(dayToIso(usualSince(day('2016-06-29')))).toBe('2016-01-01');
    expect(dayToIso(usualSince(day('2016-02-01')))).toBe('2015-09-01');
  });

  test('the one before it is as long, and ends the day before it begins', () => {
    const before = periodBefore(period);
    expect(dayToIso(before.asOf)).toBe('2015-12-31');
    expect(before.asOf - before.since).toBe(period.asOf - period.since);
  });
});

describe('an area', () => {
  test('keeps its places, and every stop that reached one of them whole', () => {
    const [area] = areasOf(dataset);
    expect(area).toBe('Eastern Ghouta');
    const here = withinArea(access, area ?? null);
    const inside = new Set(here.dataset.locality.keys());
    expect(inside.size).toBe(2);
    for (const id of here.localities.keys()) expect(inside).toContain(id);
    for (const [id, convoy] of here.convoys) {
      const whole = access.convoys.get(id)?.stops ?? [];
      expect(convoy.stops).toEqual(
        whole.filter((stop) => stop.localities.some((one) => inside.has(one))),
      );
      expect(convoy.stops.length).toBeGreaterThan(0);
    }
  });

  test('none leaves the records as they are', () => {
    expect(withinArea(access, null)).toBe(access);
  });
});

describe('a lens over numbers', () => {
  test('keeps what is recorded as it, and counts what nobody can tell: unknown is never no', () => {
    const lens = parseLens('sector=FSC');
    if (!lens.ok) throw new Error('a lens');
    const seen = throughLens(access, lens.value, period);
    const all = [...access.convoys.values()].flatMap(({ stops }) => stops);
    const kept = [...seen.access.convoys.values()].flatMap(({ stops }) => stops);
    expect(kept.length).toBeGreaterThan(0);
    const inMonths = [...seen.access.months.values()].flat();
    const counted = kept.filter((stop) => stop.delivered && stop.date);
    expect(new Set(inMonths)).toEqual(new Set(counted));
    for (const stop of kept)
      expect(stop.sectors?.some(({ sector }) => sector === 'FSC')).toBe(true);
    const unknown = all.filter(
      (stop) =>
        stop.delivered &&
        stop.sectors === null &&
        stop.date &&
        stop.date.latest >= period.since &&
        stop.date.earliest <= period.asOf,
    );
    expect(unknown.length).toBeGreaterThan(0);
    expect(seen.unknown).toBeGreaterThanOrEqual(unknown.length);
  });

  test('any delivery changes nothing', () => {
    expect(throughLens(access, {}, period)).toEqual({ access, unknown: 0 });
  });
});

test('series are those that count people of named places', () => {
  const series = seriesOf(dataset);
  expect(series.length).toBeGreaterThan(0);
  for (const one of series) {
    const named = [...dataset.population.values()].some(
      (population) => population.series === one && (population.localities ?? []).length > 0,
    );
    expect(named).toBe(true);
  }
});
