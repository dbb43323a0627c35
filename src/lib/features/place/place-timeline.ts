import type {
  TimelineDelivery,
  TimelineGap,
  TimelineInput,
} from '#lib/charts/prepare/timeline-input.ts';
import type { PlaceRow, PlaceView, StopMark } from '#lib/client/state/views.ts';
import {
  addMonths,
  calendarDayOf,
  type Day,
  dayOf,
  dayToIso,
  type Span,
} from '#lib/domain/dates/day.ts';
import { parsePartialDate } from '#lib/domain/dates/partial-date.ts';
import { sinceDate } from '#lib/statements/dates.ts';
import { type Reader, render } from '#lib/statements/render.ts';
import { milestonesOf } from '../chart/milestones.ts';
import { labelOfGap } from './gap-label.ts';

/** The first day of the month five before the as-of date's: six columns in a list on a phone. */
export function halfYearBefore(asOf: Day): Day {
  const { year, month } = calendarDayOf(asOf);
  return addMonths(dayOf(year, month, 1), -5);
}

/** The first day of the year two before the as-of date's: a list with room for it. */
export function twoYearsBefore(asOf: Day): Day {
  return dayOf(calendarDayOf(asOf).year - 2, 1, 1);
}

function spanOf(edtf: string): Span | null {
  const date = parsePartialDate(edtf);
  return date.ok ? date.value : null;
}

function deliveryOf(mark: StopMark, index: number): TimelineDelivery {
  // The hollow mark says that nobody gave a number: families are a number, of five people or so.
  const figure = mark.people;
  const people = figure ? (figure.m ?? figure.n) * (figure.unit === 'families' ? 5 : 1) : null;
  const { date, isPossible } = mark;
  return { id: `${mark.convoy} ${index}`, date, people, isPossible };
}

function gapsOf(row: PlaceRow, asOf: Day, reader: Reader): TimelineGap[] {
  const series = row.gaps?.recorded;
  if (!series) return [];
  // what nobody recorded may have ended it sooner: its length is the longest that it can be
  const lengthOf = (start: Span, end: Span, label: string): string =>
    row.deliveries.some(
      ({ isPossible, date }) =>
        isPossible && date.latest > start.latest && date.earliest < end.earliest,
    )
      ? reader.language.t('chart.atMost', { length: label })
      : label;
  const startLabel = (date: string): string => render(sinceDate(date), reader);
  const gaps = series.gaps.flatMap(({ from, to, days }): TimelineGap[] => {
    const start = spanOf(from.date);
    const end = spanOf(to.date);
    if (!start || !end) return [];
    return [
      {
        from: start,
        to: end,
        label: lengthOf(start, end, labelOfGap(reader, from.date, to.date, days)),
        startLabel: startLabel(from.date),
      },
    ];
  });
  const open = series.open;
  const start = open ? spanOf(open.from.date) : null;
  if (open && start) {
    const label = labelOfGap(reader, open.from.date, dayToIso(asOf), open.days);
    gaps.push({ from: start, to: null, label, startLabel: startLabel(open.from.date) });
  }
  return gaps;
}

/** What a line of the list of places draws. */
export function rowTimeline(row: PlaceRow, asOf: Day, from: Day, reader: Reader): TimelineInput {
  return {
    asOf,
    from,
    deliveries: row.deliveries.map(deliveryOf),
    refusals: row.refusals.map((mark, index) => ({
      id: `${mark.convoy} ${index}`,
      date: mark.date,
    })),
    gaps: gapsOf(row, asOf, reader),
    statuses: [],
    milestones: [],
    unknownLabel: '',
  };
}

/** What a place's own page draws: everything on record, with status and milestones. */
export function pageTimeline(view: PlaceView, asOf: Day, reader: Reader): TimelineInput {
  const { language } = reader;
  const { from: _, ...row } = rowTimeline(view, asOf, 0, reader);
  return {
    ...row,
    statuses: view.bands.map(({ from, to, status }) => ({
      from,
      to,
      status,
      label: language.t('place.besiegedSince', {
        status: language.t(`status.${status}`),
        date: language.date(from.edtf, 'short'),
      }),
    })),
    milestones: milestonesOf(view.milestones, reader),
    unknownLabel: language.t('place.statusUnknown'),
  };
}
