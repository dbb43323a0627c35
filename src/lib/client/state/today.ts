import { dayFromIso, type Day } from '#lib/domain/dates/day.ts';

/** The calendar day that it is where this device is. */
export function today(): Day {
  const now = new Date();
  const two = (value: number): string => String(value).padStart(2, '0');
  const day = dayFromIso(`${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`);
  if (!day.ok) throw new Error('the device has no date');
  return day.value;
}
