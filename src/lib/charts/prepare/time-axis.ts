import { addMonths, calendarDayOf, type Day, dayOf } from '#lib/domain/dates/day.ts';

/** One linear time axis, ending on the as-of date; right to left it is mirrored. */
export interface TimeAxis {
  readonly from: Day;
  readonly to: Day;
  readonly width: number;
  /** Px kept free at both ends, so that a mark at the edge is drawn whole. */
  readonly pad: number;
  readonly rightToLeft: boolean;
}

export interface Tick {
  readonly x: number;
  readonly day: Day;
  readonly unit: 'year' | 'month';
  /** How much of the name has room: a year from 40 px, a month as one letter from 20, three from 30. */
  readonly room: 'none' | 'letter' | 'short' | 'year';
}

const ROOM_FOR_YEAR = 40;
const ROOM_FOR_SHORT_MONTH = 30;
const ROOM_FOR_LETTER = 20;

/** Px from the reading side of the chart's start; days outside the axis lie outside the chart. */
export function xOf(axis: TimeAxis, day: Day): number {
  const span = Math.max(1, axis.to - axis.from);
  const inner = axis.width - 2 * axis.pad;
  const along = axis.pad + ((day - axis.from) / span) * inner;
  return axis.rightToLeft ? axis.width - along : along;
}

/** Px that one day takes. */
export function pxPerDay(axis: TimeAxis): number {
  return (axis.width - 2 * axis.pad) / Math.max(1, axis.to - axis.from);
}

/**
 * Ticks at the beginning of every year within the axis; where it spans less than 19 months and a
 * month takes 14 px or more, of every month.
 */
export function ticksOf(axis: TimeAxis): readonly Tick[] {
  const days = axis.to - axis.from;
  const monthWidth = pxPerDay(axis) * 30.44;
  return days < 578 && monthWidth >= 14 ? monthTicks(axis) : yearTicks(axis);
}

function yearTicks(axis: TimeAxis): Tick[] {
  const ticks: Tick[] = [];
  const first = calendarDayOf(axis.from).year;
  const last = calendarDayOf(axis.to).year;
  const perYear = pxPerDay(axis) * 365.25;
  // So many years that their ticks would run together: every second, fifth, tenth …
  const step = [1, 2, 5, 10, 20, 50, 100].find((years) => years * perYear >= 12) ?? 500;
  for (let year = first; year <= last; year += 1) {
    const day = dayOf(year, 1, 1);
    if (day < axis.from || year % step !== 0) continue;
    const end = Math.min(axis.to, dayOf(year + step, 1, 1));
    const room = pxPerDay(axis) * (end - day) + axis.pad >= ROOM_FOR_YEAR ? 'year' : 'none';
    ticks.push({ x: xOf(axis, day), day, unit: 'year', room });
  }
  return ticks;
}

function monthTicks(axis: TimeAxis): Tick[] {
  const ticks: Tick[] = [];
  const { year, month } = calendarDayOf(axis.from);
  let day = dayOf(year, month, 1);
  if (day < axis.from) day = addMonths(day, 1);
  for (; day <= axis.to; day = addMonths(day, 1)) {
    const whole = pxPerDay(axis) * (addMonths(day, 1) - day);
    const shown = Math.min(whole, pxPerDay(axis) * (axis.to - day) + axis.pad);
    const room =
      whole >= ROOM_FOR_SHORT_MONTH && shown >= ROOM_FOR_SHORT_MONTH - 6
        ? 'short'
        : whole >= ROOM_FOR_LETTER && shown >= 12
          ? 'letter'
          : 'none';
    ticks.push({ x: xOf(axis, day), day, unit: 'month', room });
  }
  return ticks;
}
