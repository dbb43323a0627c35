import { expect, test } from 'vitest';
import { laterOf } from './transport.ts';

const NOW = Date.parse('2016-06-29T10:00:00Z');

test.each([
  ['absent', null, {}],
  ['seconds', '30', { waitMs: 30_000 }],
  ['a date', 'Wed, 29 Jun 2016 10:01:00 GMT', { waitMs: 60_000 }],
  ['a date that is over', 'Wed, 29 Jun 2016 09:00:00 GMT', {}],
  ['nothing to wait for', '0', {}],
  ['no number and no date', 'soon', {}],
  ['longer than is believed', '999999999', { waitMs: 3_600_000 }],
])('Retry-After, %s', (_, header, expected) => {
  expect(laterOf(header, NOW)).toEqual(expected);
});
