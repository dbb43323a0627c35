import { describe, expect, test } from 'vitest';
import { silentDevices } from './silent-devices.ts';

const now = new Date('2016-06-29T12:00:00Z');
const device = (lastContact: string | null, revoked: string | null = null) => ({
  enrolled: '2016-01-01T00:00:00.000Z',
  lastContact,
  revoked,
});

describe('devices not heard from', () => {
  test('are those in use without a contact for three days, since the latest of their contacts', () => {
    const devices = [
      device('2016-06-29T09:00:00.000Z'),
      device('2016-06-20T09:00:00.000Z'),
      device(null),
      device('2016-05-01T09:00:00.000Z', 'lost'),
    ];
    expect(silentDevices(devices, now)).toEqual({ devices: 2, since: '2016-06-20' });
  });

  test('none is none to speak of', () => {
    expect(silentDevices([device('2016-06-27T12:00:00.000Z')], now)).toBeUndefined();
    expect(silentDevices([], now)).toBeUndefined();
  });
});
