import { expect, test } from 'vitest';
import { clockError } from './clock.ts';

const HOUR = 3_600_000;
const YEAR = 365 * 24 * HOUR;
const NOON = Date.parse('2016-06-29T12:00:00Z');
const at = (ms: number) => new Date(ms).toISOString();

test.each([
  ['no contact yet', NOON, { lastContact: '' }, undefined],
  ['both agree', NOON, { lastContact: at(NOON - HOUR), clockAhead: 2_000 }, undefined],
  [
    'another time zone is no error',
    NOON,
    { lastContact: at(NOON), clockAhead: 3 * HOUR },
    undefined,
  ],
  ['nine years ahead', NOON, { lastContact: at(NOON - HOUR), clockAhead: 9 * YEAR }, 9 * YEAR],
  ['nine years behind', NOON, { lastContact: at(NOON), clockAhead: -9 * YEAR }, -9 * YEAR],
  ['set back since the last contact', NOON - YEAR, { lastContact: at(NOON), clockAhead: 0 }, -YEAR],
  [
    'was ahead, and was set right since',
    NOON,
    { lastContact: at(NOON + YEAR), clockAhead: YEAR },
    undefined,
  ],
  [
    'was behind, and was set right since',
    NOON,
    { lastContact: at(NOON - YEAR), clockAhead: -YEAR },
    undefined,
  ],
])('device clock off by years: %s', (_, now, contact, expected) => {
  expect(clockError(now, contact)).toBe(expected);
});
