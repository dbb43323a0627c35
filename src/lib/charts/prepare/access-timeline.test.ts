import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dayFromIso, type Day, type Span } from '#lib/domain/dates/day.ts';
import { prepareAccessTimeline, type TimelineOptions } from './access-timeline.ts';
import { roughWidth, type TimelineInput } from './timeline-input.ts';
import { LAPTOP_ROW, PHONE_LIST, PLACE_PAGE } from './timeline-style.ts';
import { tickNames } from './tick-name.ts';
import { ticksOf, xOf } from './time-axis.ts';

const day = (iso: string): Day => {
  const read = dayFromIso(iso);
  if (!read.ok) throw new Error(iso);
  return read.value;
};
const on = (iso: string): Span => ({ earliest: day(iso), latest: day(iso) });
const within = (from: string, to: string): Span => ({ earliest: day(from), latest: day(to) });

const NOVEMBER_2012 = within('2012-11-01', '2012-11-30');
const ARBIN: TimelineInput = {
  asOf: day('2016-06-29'),
  deliveries: [
    { id: 'a', date: NOVEMBER_2012, people: null },
    { id: 'b', date: on('2016-06-29'), people: 20_000 },
  ],
  refusals: [],
  gaps: [{ from: NOVEMBER_2012, to: on('2016-06-29'), label: '43 months' }],
  statuses: [
    {
      from: on('2016-01-18'),
      to: day('2016-06-29'),
      status: 'besieged',
      label: 'listed besieged, 18 Jan 2016',
    },
  ],
  milestones: [{ date: on('2016-02-27'), label: 'cessation of hostilities, 27 Feb 2016' }],
  unknownLabel: 'status unknown',
};
const PAGE: TimelineOptions = { width: 328, rightToLeft: false, style: PLACE_PAGE };

describe('the access time line of a place', () => {
  test('a month is a capsule over its whole range, hollow where nobody gave the people', () => {
    const chart = prepareAccessTimeline(ARBIN, PAGE);
    const capsule = chart.deliveries.find((mark) => mark.id === 'a');
    const disc = chart.deliveries.find((mark) => mark.id === 'b');
    expect(capsule?.isHollow).toBe(true);
    expect(capsule?.x2).toBeGreaterThan((capsule?.x1 ?? 0) + 5);
    expect(capsule?.r).toBe(6);
    expect(disc?.x1).toBe(disc?.x2);
    expect(disc?.x2).toBeCloseTo(318);
    expect(disc?.r).toBeCloseTo(8.2, 1);
  });

  test('a gap runs from the latest day of one mark to the earliest of the next, cut for its length', () => {
    const chart = prepareAccessTimeline(ARBIN, PAGE);
    const [before, after] = chart.gaps;
    expect(before?.x1).toBeCloseTo(xOf(chart.axis, NOVEMBER_2012.latest));
    expect(after?.x2).toBeCloseTo(318);
    const label = roughWidth('43 months', 21, true);
    expect((after?.x1 ?? 0) - (before?.x2 ?? 0)).toBeCloseTo(label + 12);
    expect(chart.gapLabels.map((text) => text.text)).toEqual(['43 months']);
  });

  test('a gap narrower than its label and 24 px has none', () => {
    const width = roughWidth('3 days', 15, true);
    const input = (days: number): TimelineInput => ({
      ...ARBIN,
      asOf: 100,
      from: 0,
      deliveries: [],
      gaps: [
        {
          from: { earliest: 0, latest: 0 },
          to: { earliest: days, latest: days },
          label: '3 days',
        },
      ],
      statuses: [],
      milestones: [],
    });
    const options = { width: 116, rightToLeft: false, style: LAPTOP_ROW };
    const needed = Math.ceil(width + 24);
    expect(prepareAccessTimeline(input(needed), options).gapLabels).toHaveLength(1);
    expect(prepareAccessTimeline(input(needed - 2), options).gapLabels).toHaveLength(0);
  });

  test('status: hatched where unknown, besieged at full height to the as-of date', () => {
    const chart = prepareAccessTimeline(ARBIN, PAGE);
    expect(chart.bands.map((band) => band.look)).toEqual(['unknown', 'besieged']);
    const [unknown, besieged] = chart.bands;
    expect((unknown?.x ?? 0) + (unknown?.width ?? 0)).toBeCloseTo(besieged?.x ?? 0);
    expect((besieged?.x ?? 0) + (besieged?.width ?? 0)).toBeCloseTo(318);
    expect(chart.bandLabels.map((label) => [label.text, label.anchor])).toEqual([
      ['listed besieged, 18 Jan 2016', 'end'],
      ['status unknown', 'start'],
    ]);
  });

  test('a status whose start is a range is hatched until the latest day of it', () => {
    const status = ARBIN.statuses[0];
    if (!status) throw new Error('no status');
    const from = within('2016-01-01', '2016-01-31');
    const chart = prepareAccessTimeline({ ...ARBIN, statuses: [{ ...status, from }] }, PAGE);
    expect(chart.bands[1]?.x).toBeCloseTo(xOf(chart.axis, from.latest));
  });

  test('height says the same as colour', () => {
    const statuses = (['besieged', 'hard_to_reach', 'accessible', 'evacuated'] as const).map(
      (status, index) => ({
        from: on(`2016-0${index + 1}-01`),
        to: day(`2016-0${index + 2}-01`),
        status,
        label: status,
      }),
    );
    const chart = prepareAccessTimeline({ ...ARBIN, statuses, from: day('2016-01-01') }, PAGE);
    expect(chart.bands.map((band) => [band.look, band.height])).toEqual([
      ['besieged', 10],
      ['hard', 6.2],
      ['accessible', 2.5],
      ['evacuated', 10],
      ['unknown', 10],
    ]);
    for (const band of chart.bands) expect(band.y + band.height).toBeCloseTo(84);
  });

  test('a milestone is named on the side that has room', () => {
    const chart = prepareAccessTimeline(ARBIN, PAGE);
    expect(chart.milestones[0]?.label?.anchor).toBe('end');
    expect(chart.milestones[0]?.label?.x).toBeLessThan(chart.milestones[0]?.x ?? 0);
  });

  test('right to left mirrors the axis: every mark at width minus its place, anchors unchanged', () => {
    const ltr = prepareAccessTimeline(ARBIN, PAGE);
    const rtl = prepareAccessTimeline(ARBIN, { ...PAGE, rightToLeft: true });
    for (const mark of ltr.deliveries) {
      const mirrored = rtl.deliveries.find((other) => other.id === mark.id);
      expect(mirrored?.x1).toBeCloseTo(328 - mark.x2);
      expect(mirrored?.x2).toBeCloseTo(328 - mark.x1);
    }
    expect(rtl.milestones[0]?.label?.anchor).toBe('end');
    expect(rtl.milestones[0]?.label?.x).toBeCloseTo(328 - (ltr.milestones[0]?.label?.x ?? 0));
    expect(rtl.bandLabels[0]?.x).toBe(0);
  });

  test('years are named where they have 40 px', () => {
    const chart = prepareAccessTimeline(ARBIN, PAGE);
    expect(chart.ticks.map((tick) => tick.room)).toEqual(['year', 'year', 'year', 'year']);
  });
});

describe('the time line in a list', () => {
  const HALF_YEAR: TimelineInput = { ...ARBIN, from: day('2016-01-01'), asOf: day('2016-06-30') };
  const LIST: TimelineOptions = { width: 148, rightToLeft: false, style: PHONE_LIST };

  test('a gap that began before the axis enters through an arrow at the edge', () => {
    const chart = prepareAccessTimeline(HALF_YEAR, LIST);
    expect(chart.entersAt).toBe(0);
    expect(chart.gaps[0]?.x1).toBe(0);
    expect(chart.dotted).toEqual([]);
    expect(prepareAccessTimeline(HALF_YEAR, { ...LIST, rightToLeft: true }).entersAt).toBe(148);
  });

  test('where there is room, the arrow says when the gap began', () => {
    const gaps = HALF_YEAR.gaps.map((gap) => ({ ...gap, startLabel: 'since November 2012' }));
    const wide = { width: 600, rightToLeft: false, style: LAPTOP_ROW };
    const chart = prepareAccessTimeline({ ...HALF_YEAR, gaps }, wide);
    const label = chart.entersLabel;
    expect(label).toEqual({ text: 'since November 2012', x: 14, y: 28.5, anchor: 'start' });
    expect(chart.gaps[0]).toMatchObject({ x1: 0, x2: 10 });
    expect(chart.gaps[1]?.x1).toBeGreaterThan(14 + roughWidth('since November 2012', 13, false));
    const mirrored = prepareAccessTimeline({ ...HALF_YEAR, gaps }, { ...wide, rightToLeft: true });
    expect(mirrored.entersLabel?.x).toBe(600 - 14);
    expect(mirrored.gaps.at(-1)?.x2).toBeCloseTo(600 - (chart.gaps[1]?.x1 ?? 0));
    expect(prepareAccessTimeline({ ...HALF_YEAR, gaps }, LIST).entersLabel).toBeNull();
  });

  test('before the first record, and without any, the line is dotted and has no length', () => {
    const empty = { ...HALF_YEAR, deliveries: [], gaps: [] };
    const chart = prepareAccessTimeline(empty, LIST);
    expect(chart.dotted).toEqual([{ x1: 4, x2: 144, stroke: 1.25 }]);
    expect(chart.gaps).toEqual([]);
    expect(chart.gapLabels).toEqual([]);
  });

  test('an open wait is a thick line to the as-of date', () => {
    const open = [{ from: on('2016-04-30'), to: null, label: '60 days' }];
    const deliveries = [{ id: 'a', date: on('2016-04-30'), people: null }];
    const chart = prepareAccessTimeline({ ...HALF_YEAR, gaps: open, deliveries }, LIST);
    expect(chart.gaps).toHaveLength(1);
    expect(chart.gaps[0]?.stroke).toBe(2.5);
    expect(chart.gaps[0]?.x2).toBeCloseTo(144);
    expect(chart.gapLabels).toEqual([]);
  });

  test('a refusal known as a range is a hexagon above the line', () => {
    const refusals = [{ id: 'r', date: within('2016-04-10', '2016-04-16') }];
    const chart = prepareAccessTimeline({ ...HALF_YEAR, refusals }, LIST);
    const points = chart.refusals[0]?.points ?? [];
    expect(points.map(([, y]) => y)).toEqual([13, 9, 9, 13, 17, 17]);
    expect(points[2]?.[0]).toBeGreaterThan((points[1]?.[0] ?? 0) + 1);
  });

  test('months are single letters from 20 px', () => {
    const ticks = ticksOf(prepareAccessTimeline(HALF_YEAR, LIST).axis);
    expect(ticks.map((tick) => tick.room)).toEqual(Array(6).fill('letter'));
  });

  test('months are named alike: by a number in Arabic where the longest has no room', () => {
    const axis = { from: day('2015-12-01'), to: day('2016-06-01'), pad: 0, rightToLeft: true };
    const named = (width: number, tag: string) =>
      tickNames(ticksOf({ ...axis, width }), tag, roughWidth);
    const arabic = 'ar-SY-u-ca-gregory-nu-latn';
    expect(named(320, arabic).slice(0, 6)).toEqual(['12', '1', '2', '3', '4', '5']);
    expect(named(900, arabic)[1]).toMatch(/\p{Script=Arabic}{3}/u);
    expect(named(320, 'en-GB')[1]).toBe('Jan');
  });

  test('largest mark first, so that none hides another', () => {
    const people = [100, null, 120_000, 40_000];
    const deliveries = people.map((count, index) => ({
      id: String(index),
      date: on('2016-03-01'),
      people: count,
    }));
    const chart = prepareAccessTimeline({ ...HALF_YEAR, deliveries }, LIST);
    expect(chart.deliveries.map((mark) => mark.id)).toEqual(['2', '3', '0', '1']);
  });
});

test('nothing is drawn outside the chart, whatever the records', () => {
  const span = fc
    .tuple(fc.integer({ min: -20_000, max: 40_000 }), fc.integer({ min: 0, max: 2_000 }))
    .map(([earliest, length]): Span => ({ earliest, latest: earliest + length }));
  const input = fc.record({
    asOf: fc.integer({ min: -10_000, max: 30_000 }),
    deliveries: fc.array(
      fc.record({
        id: fc.string(),
        date: span,
        people: fc.option(fc.integer({ min: 0, max: 200_000 })),
      }),
    ),
    refusals: fc.array(fc.record({ id: fc.string(), date: span })),
    gaps: fc.array(fc.record({ from: span, to: fc.option(span), label: fc.string() })),
    statuses: fc.array(
      fc.record({
        from: span,
        to: fc.integer({ min: -20_000, max: 40_000 }),
        status: fc.constantFrom('besieged', 'unknown', 'hard_to_reach'),
        label: fc.string(),
      }),
    ),
    milestones: fc.array(fc.record({ date: span, label: fc.string({ maxLength: 20 }) })),
    unknownLabel: fc.constant('unknown'),
  });
  fc.assert(
    fc.property(input, fc.boolean(), (any, rightToLeft) => {
      const chart = prepareAccessTimeline(any as TimelineInput, { ...PAGE, rightToLeft });
      const inside = (x: number): void => {
        expect(x).toBeGreaterThanOrEqual(-0.01);
        expect(x).toBeLessThanOrEqual(328.01);
      };
      for (const line of [...chart.gaps, ...chart.dotted]) [line.x1, line.x2].forEach(inside);
      for (const mark of chart.deliveries) [mark.x1, mark.x2].forEach(inside);
      for (const band of chart.bands) [band.x, band.x + band.width].forEach(inside);
      for (const tick of chart.ticks) inside(tick.x);
    }),
  );
});
