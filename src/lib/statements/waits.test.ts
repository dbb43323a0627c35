import { expect, test } from 'vitest';
import type { Wait } from '#lib/domain/access/waits.ts';
import { dayOf } from '#lib/domain/dates/day.ts';
import { readerOf } from '../../../tests/support/readers.ts';
import { renderAlone } from './render.ts';
import { findingOfWaits, waitSentences } from './waits.ts';

const en = await readerOf('en');
const SCOPE = { classifier: 'UN', asOf: dayOf(2016, 6, 29) };
const FOOD = { ...SCOPE, lens: { sector: 'FSC' } };

function waitOf(locality: string, days: number | null, possibleDays: number | null = null): Wait {
  const openOf = (since: number | null): Wait['open'] =>
    since === null
      ? null
      : {
          from: { date: '2016-06-01', stops: [], byAir: null },
          days: [since, since],
          possible: false,
          caveats: [],
        };
  return {
    locality,
    status: { status: 'besieged', possible: ['besieged'], from: [] },
    isRanked: true,
    open: openOf(days),
    possibleOpen: openOf(possibleDays),
  };
}

const texts = (waits: readonly Wait[], scope: typeof SCOPE, most = 5): string[] =>
  waitSentences(waits, { ...scope, most }).map((one) => renderAlone(one, en));

test('indicator 1: places that have waited equally long are named together, the longest first', () => {
  const waits = [waitOf('arbin', 127), waitOf('zamalka', 127), waitOf('kafrbatna', 60)];
  expect(renderAlone(findingOfWaits(waits, SCOPE), en)).toBe(
    'Arbin and Zamalka: no delivery on our record for 127 days',
  );
  expect(texts(waits, SCOPE, 1)).toHaveLength(1);
});

test('indicator 1: a place without any delivery on record has no length, and is never left out', () => {
  expect(texts([waitOf('kafrbatna', 60), waitOf('arbin', null)], SCOPE, 1)).toEqual([
    'Kafr Batna: no delivery on our record for 60 days',
    'No delivery on our record at all: Arbin',
  ]);
});

test('indicator 1: under a lens, none recorded is not none at all', () => {
  const said = texts(
    [waitOf('kafrbatna', 167, 60), waitOf('zamalka', null, 28), waitOf('arbin', null)],
    FOOD,
  );
  expect(said).toEqual([
    'Kafr Batna: wait for a further food delivery: at least 60 days and at most 167 days',
    'Zamalka: no food delivery on our record; perhaps one on 1 June 2016, which is not recorded in detail',
    'No food delivery on our record: Arbin',
  ]);
  expect(said.join()).not.toContain('at all');
});

test('indicator 1: only ranked places wait', () => {
  const other = { ...waitOf('arbin', 127), isRanked: false };
  expect(renderAlone(findingOfWaits([other], SCOPE), en)).toBe(
    'No place on our record is listed as besieged or hard to reach (UN list as of 29 June 2016)',
  );
});
