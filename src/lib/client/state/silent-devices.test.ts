import { expect, test } from 'vitest';
import type { DeviceList } from './people.ts';
import { silentDevices, silentReach } from './silent-devices.ts';

const NOW = Date.parse('2016-06-29T12:00:00Z');

function device(id: string, days: number | null, change: object = {}): DeviceList[number] {
  const at = (ago: number) => new Date(NOW - ago * 86_400_000).toISOString();
  return {
    device: id,
    member: id,
    name: id,
    organisation: null,
    role: 'logger',
    enrolled: at(100),
    lastContact: days === null ? null : at(days),
    revoked: null,
    copied: null,
    ...change,
  };
}

test('devices not heard from: over a week, the longest first, never those that were revoked', () => {
  const devices = [
    device('yesterday', 1),
    device('a week ago', 7),
    device('nine days ago', 9),
    device('never', null),
    device('enrolled today', null, { enrolled: new Date(NOW).toISOString() }),
    device('lost', 50, { revoked: 'lost' }),
  ];
  expect(silentDevices(devices, NOW).map((one) => one.device)).toEqual(['never', 'nine days ago']);
});

test('“not heard from since” is a day that holds for every one of them', () => {
  const dayAt = (instant: number) => new Date(instant).toISOString().slice(0, 10);
  const silent = silentDevices([device('nine', 9), device('never', null), device('new', 1)], NOW);
  expect(silentReach(silent, dayAt)).toEqual({ devices: 2, since: '2016-06-20' });
  expect(silentReach([], dayAt)).toBeUndefined();
});
