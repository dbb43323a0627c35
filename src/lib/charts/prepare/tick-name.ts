import { dayToIso } from '#lib/domain/dates/day.ts';
import type { Tick } from './time-axis.ts';

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
