import type { DeviceList } from './people.ts';

type Device = DeviceList[number];

/** Days without a contact after which a device is named: what it holds is missing from every chart. */
const SILENT_AFTER = 7;
const DAY = 86_400_000;

const heard = ({ lastContact, enrolled }: Device): number => Date.parse(lastContact ?? enrolled);

/**
 * Devices that the server has not heard of for more than seven days, the longest silent first.
 * A device that never came counts from its enrolment; one that was revoked is not waited for.
 */
export function silentDevices(devices: DeviceList, now: number): readonly Device[] {
  return devices
    .filter((device) => device.revoked === null && now - heard(device) > SILENT_AFTER * DAY)
    .sort((a, b) => heard(a) - heard(b));
}

/** How many devices, and the last day on which any of them was heard from: it holds for them all. */
export interface SilentReach {
  readonly devices: number;
  readonly since: string;
}

/** `dayAt` gives the calendar day of an instant in milliseconds. */
export function silentReach(
  silent: readonly Device[],
  dayAt: (instant: number) => string,
): SilentReach | undefined {
  if (silent.length === 0) return undefined;
  return { devices: silent.length, since: dayAt(Math.max(...silent.map(heard))) };
}
