import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { buildAccess } from '#lib/domain/access/access-records.ts';
import { computeCoverage } from '#lib/domain/access/coverage.ts';
import { computeGaps } from '#lib/domain/access/gaps.ts';
import { computeReach, type ReachMonth } from '#lib/domain/access/reach.ts';
import { dayOf } from '#lib/domain/dates/day.ts';
import { fixtureDataset } from '../../../../tests/support/fixture-dataset.ts';
import { NOTHING_HELD } from '../../../../tests/support/released.ts';
import { readerOf } from '../../../../tests/support/readers.ts';
import type { Chart } from './chart.ts';
import { coverageChart } from './coverage-chart.ts';
import { monthsBefore } from './month-cells.ts';
import { edgeOf } from './month-milestones.ts';
import { daysSince, monthsChart } from './months-chart.ts';
import { reachChart } from './reach-chart.ts';
import type { Scene, Shape } from './scene.ts';
import { roughWidth } from './timeline-input.ts';
import { barShapes, valueAxis } from './value-axis.ts';

const AS_OF = dayOf(2016, 6, 29);
const dataset = fixtureDataset(
  'localities.csv',
  'organisations.csv',
  'convoy_reports.csv',
  'siege_population.csv',
);
const access = buildAccess(dataset);
const LIST = { status: 'besieged', classifier: 'UN', series: 'UN' } as const;
const SAID = {
  asOf: AS_OF,
  basis: NOTHING_HELD,
  finding: 'found',
  caveats: ['said beside'],
  source: 'source',
};
const reader = await readerOf('en');
const DRAW = { width: 900, rightToLeft: false, measure: roughWidth };

const drawn = (chart: Chart, given: Partial<typeof DRAW> = {}): Scene =>
  chart.draw({ ...DRAW, ...given });
const looks = (shapes: readonly Shape[], look: string) =>
  shapes.filter((shape) => shape.look === look);
const wordsOf = ({ shapes }: Scene): string[] =>
  shapes.flatMap((shape) => (shape.kind === 'text' ? shape.text : []));

function insideOf({ shapes, width }: Scene): void {
  for (const shape of shapes) {
    if (shape.kind !== 'rect') continue;
    expect(shape.x).toBeGreaterThanOrEqual(-0.01);
    expect(shape.x + shape.width).toBeLessThanOrEqual(width + 0.01);
    expect(shape.width).toBeGreaterThan(0);
  }
}

describe('people reached and intended', () => {
  const months = computeReach(access, { ...LIST, asOf: AS_OF, since: dayOf(2016, 1, 1) });
  const chart = reachChart(months, LIST, SAID, reader);

  test('a month has two bars; a number that nobody gives is hatched, a month without a delivery dotted', () => {
    const scene = drawn(chart);
    const silent = months.filter(({ deliveries }) => deliveries === 0);
    expect(looks(scene.shapes, 'dotted')).toHaveLength(silent.length);
    const withReached = months.filter(({ reached }) => reached.people !== null);
    expect(looks(scene.shapes, 'certain')).toHaveLength(withReached.length);
    const missing = months.filter(({ deliveries }) => deliveries > 0);
    const hatched = missing.flatMap(({ reached, intended }) =>
      [reached, intended].filter(({ people }) => people === null),
    );
    expect(looks(scene.shapes, 'unknown')).toHaveLength(hatched.length);
    insideOf(scene);
  });

  test('numerator, denominator and share stand in words beside the bars', () => {
    const words = wordsOf(drawn(chart)).join(' | ');
    expect(words).toMatch(/intended 71,000 \(16%\)/);
    expect(words).toMatch(/of 441,500 people there/);
    expect(words).not.toMatch(/reached 0\b/);
  });

  test('the table has every number, unknown as an empty cell of a file and never as 0', () => {
    const february = chart.table.rows[1]?.cells.map(({ raw, text }) => raw ?? text);
    expect(february?.slice(0, 2)).toEqual(['2016-02', '']);
    expect(february?.[3]).toBe('71000');
    expect(february?.[5]).toBe('441500');
    expect(chart.table.rows).toHaveLength(months.length);
  });

  test('a range is a bar to its least and an outline to its greatest', () => {
    const month: ReachMonth = {
      ...months[1]!,
      reached: { ...months[1]!.reached, people: [10_000, 20_000] },
    };
    const scene = drawn(reachChart([month], LIST, SAID, reader));
    const [certain] = looks(scene.shapes, 'certain');
    const [possible] = looks(scene.shapes, 'possible');
    if (certain?.kind !== 'rect' || possible?.kind !== 'rect') throw new Error('no bars');
    expect(possible.x).toBeCloseTo(certain.x + certain.width);
    expect(possible.width).toBeCloseTo(certain.width);
    expect(looks(scene.shapes, 'whisker')).toHaveLength(3);
  });

  test('an empty period is no chart of nothing: it has a table that says so', () => {
    const empty = reachChart([], LIST, SAID, reader);
    expect(empty.table.rows).toEqual([]);
    expect(drawn(empty).targets).toEqual([]);
  });
});

describe('coverage', () => {
  const options = { ...LIST, asOf: AS_OF, since: dayOf(2016, 5, 1) };
  const found = computeCoverage(access, options);
  const chart = coverageChart(found, SAID, reader);

  test('every place of the list stands in it by name, once, in its group', () => {
    const scene = drawn(chart);
    expect(scene.targets).toHaveLength(found.total + found.statusUnclear.length);
    for (const { locality } of found.certain) {
      expect(wordsOf(scene)).toContain(reader.localityName(locality));
    }
    expect(chart.table.rows).toHaveLength(scene.targets.length);
  });

  test('certain and possible are told apart by more than colour', () => {
    const [certain, ...others] = found.certain;
    const changed = { ...found, certain: others, possible: certain ? [certain] : [] };
    const scene = drawn(coverageChart(changed, SAID, reader));
    // one in the strip, one beside the name
    expect(looks(scene.shapes, 'cellPossible')).toHaveLength(2);
  });

  test('on any width no name lies over another', () => {
    fc.assert(
      fc.property(fc.integer({ min: 240, max: 1_400 }), (width) => {
        const { targets } = drawn(chart, { width });
        targets.forEach((one, index) => {
          const next = targets[index + 1];
          const isSameLine = next?.y === one.y;
          if (next && isSameLine) expect(next.x).toBeGreaterThanOrEqual(one.x + one.width);
        });
      }),
      { numRuns: 30 },
    );
  });
});

describe('months by places', () => {
  const on = (day: number, to = day) => ({
    id: String(day),
    date: { earliest: day, latest: to },
    record: `r${day}`,
  });

  test('days since the last delivery: at least and at most, never counted from none', () => {
    expect(daysSince([], AS_OF)).toBeNull();
    expect(daysSince([on(AS_OF + 1)], AS_OF)).toBeNull();
    expect(daysSince([on(AS_OF - 60), on(AS_OF - 90)], AS_OF)).toEqual([60, 60]);
    expect(daysSince([on(AS_OF - 60, AS_OF - 50)], AS_OF)).toEqual([50, 60]);
    expect(daysSince([on(AS_OF - 90), on(AS_OF - 5, AS_OF + 5)], AS_OF)).toEqual([0, 5]);
  });

  test('as the open gap of the list of waits, for every place of the example', () => {
    for (const gap of computeGaps(access, { asOf: AS_OF })) {
      const stops = access.localities.get(gap.locality)?.delivered ?? [];
      const marks = stops.map(({ date }) => ({ id: date.edtf, date }));
      expect(daysSince(marks, AS_OF)).toEqual(gap.recorded.open?.days ?? null);
    }
  });

  test('the least is never more than the most', () => {
    const span = fc.tuple(fc.integer({ min: -400, max: 40 }), fc.nat(400));
    fc.assert(
      fc.property(fc.array(span), (spans) => {
        const marks = spans.map(([at, length]) => on(AS_OF + at, AS_OF + at + length));
        const days = daysSince(marks, AS_OF);
        if (!days) return;
        expect(days[0]).toBeGreaterThanOrEqual(0);
        expect(days[1]).toBeGreaterThanOrEqual(days[0]);
      }),
    );
  });

  test('a milestone lies between two months, named with its own date, in months and in people', () => {
    const milestone = (day: number, label: string) => ({
      date: { earliest: day, latest: day },
      label,
    });
    const late = dayOf(2016, 2, 27);
    expect(edgeOf(late)).toBe(edgeOf(dayOf(2016, 3, 2)));
    expect(edgeOf(dayOf(2016, 2, 3))).toBe(edgeOf(dayOf(2016, 1, 30)));
    const milestones = [milestone(late, 'truce, 27 Feb'), milestone(dayOf(1999, 1, 1), 'long ago')];
    const places = [{ id: 'l1', name: 'Madaya', recordsSince: null, deliveries: [], refusals: [] }];
    const found = computeReach(access, { ...LIST, asOf: AS_OF, since: dayOf(2016, 1, 1) });
    const charts = (said: typeof SAID) => [
      monthsChart(places, monthsBefore(AS_OF, 24), 'deliveries', said, reader),
      reachChart(found, LIST, said, reader),
    ];
    for (const width of [328, 1_200]) {
      for (const chart of charts({ ...SAID, ...{ milestones } })) {
        const scene = drawn(chart, { width });
        expect(looks(scene.shapes, 'milestone'), chart.kind).toHaveLength(1);
        const named = wordsOf(scene).filter((words) => words.startsWith('truce'));
        expect(named, chart.kind).toEqual(['truce, 27 Feb']);
      }
      for (const chart of charts(SAID)) {
        expect(looks(drawn(chart, { width }).shapes, 'milestone')).toEqual([]);
      }
    }
  });

  test('a narrow screen shows the last months, the table all of them', () => {
    const place = { id: 'l1', name: 'Madaya', recordsSince: null };
    const places = [{ ...place, deliveries: [on(AS_OF - 30)], refusals: [] }];
    const chart = monthsChart(places, monthsBefore(AS_OF, 24), 'deliveries', SAID, reader);
    // and a finger hits the place, not one of months that are narrower than it
    expect(drawn(chart, { width: 328 }).targets).toMatchObject([{ x: 0, width: 328 }]);
    for (const { height } of drawn(chart, { width: 328 }).targets) {
      expect(height).toBeGreaterThanOrEqual(48);
    }
    expect(drawn(chart, { width: 1_200 }).targets).toHaveLength(24);
    expect(chart.table.columns).toHaveLength(25);
    const unknown = chart.table.rows[0]?.cells.filter(({ raw }) => raw === '');
    expect(unknown).toHaveLength(23);
  });
});

describe('bars', () => {
  test('never longer than the axis, and nothing is seen as well as little', () => {
    const box = { x0: 10, x1: 210, y: 0, height: 12 };
    const pair = fc
      .tuple(fc.nat(1e9), fc.nat(1e9))
      .map(([a, b]) => [Math.min(a, b), a + b] as const);
    fc.assert(
      fc.property(pair, fc.nat(1e9), (bounds, other) => {
        const axis = valueAxis(Math.max(bounds[1], other));
        for (const shape of barShapes(bounds, axis, box)) {
          if (shape.kind !== 'rect') continue;
          expect(shape.width).toBeGreaterThan(0);
          expect(shape.x + shape.width).toBeLessThanOrEqual(212);
        }
      }),
    );
  });
});
