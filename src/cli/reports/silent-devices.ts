import type { RecordsReach } from '#lib/statements/records-reach.ts';

/** Devices that were not heard from for long: what is on them may be missing from an answer. */
export type SilentDevices = NonNullable<RecordsReach['silent']>;

interface Device {
  /** ISO instants. */
  readonly enrolled: string;
  readonly lastContact: string | null;
  readonly revoked: string | null;
}

const DAYS_SILENT = 3;
const DAY = 86_400_000;

/** How many devices are silent, and since when none of them was heard from; none: undefined. */
export function silentDevices(devices: readonly Device[], now: Date): SilentDevices | undefined {
  const before = new Date(now.getTime() - DAYS_SILENT * DAY).toISOString();
  const last = devices
    .filter(({ revoked }) => revoked === null)
    .map(({ lastContact, enrolled }) => lastContact ?? enrolled)
    .filter((contact) => contact < before)
    .sort();
  const latest = last[last.length - 1];
  return latest === undefined ? undefined : { devices: last.length, since: latest.slice(0, 10) };
}
