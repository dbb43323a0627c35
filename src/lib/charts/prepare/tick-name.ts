import { dayToIso } from '#lib/domain/dates/day.ts';
import type { Tick } from './time-axis.ts';
import type { MeasureText } from './timeline-input.ts';

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(tag: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${tag} ${options.month ?? 'year'}`;
  let format = formats.get(key);
  if (!format) {
    format = new Intl.DateTimeFormat(tag, { ...options, timeZone: 'UTC' });
    formats.set(key, format);
  }
  return format;
}

/** A year in the reader's digits, or a month by as much of its name as has room: by its number in Arabic. */
export function tickName({ day, unit, room }: Omit<Tick, 'x'>, tag: string): string {
  const date = new Date(`${dayToIso(day)}T00:00:00Z`);
  if (unit === 'year') return formatOf(tag, { year: 'numeric' }).format(date);
  if (room !== 'letter') return formatOf(tag, { month: 'short' }).format(date);
  // Arabic months share their first letters, four of twelve one alef: their numbers say which
  return formatOf(tag, { month: tag.startsWith('ar') ? 'numeric' : 'narrow' }).format(date);
}

/**
 * The names of an axis's ticks, null where one has no room. All its months are named alike: shortly
 * where the longest of them fits between two ticks (Arabic months are long), else by a letter.
 */
export function tickNames(
  ticks: readonly Tick[],
  tag: string,
  measure: MeasureText,
): readonly (string | null)[] {
  const steps = ticks.slice(1).map(({ x }, index) => Math.abs(x - ticks[index]!.x));
  const room = Math.min(...steps) - 2;
  const isShort = ticks.every(
    (tick) =>
      tick.unit === 'year' || measure(tickName({ ...tick, room: 'short' }, tag), 13, false) <= room,
  );
  return ticks.map((tick) => {
    if (tick.room === 'none') return null;
    return tickName(tick.room === 'short' && !isShort ? { ...tick, room: 'letter' } : tick, tag);
  });
}
