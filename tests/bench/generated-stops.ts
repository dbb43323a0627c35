import { dayOf, type Day } from '#lib/domain/dates/day.ts';
import { dayToIso } from '#lib/domain/dates/day.ts';
import type { Dataset } from '#lib/domain/records/dataset.ts';
import { emptyDataset } from '#lib/domain/records/read-record.ts';
import { seededRandom } from '../faults/server/seed.ts';

export const LOCALITIES = 1_000;
export const STOPS = 100_000;
export const AS_OF: Day = dayOf(2020, 12, 31);
const FIRST: Day = dayOf(2012, 1, 1);
const SPAN = AS_OF - FIRST - 40;

/**
 * A thousand places and a hundred thousand deliveries over nine years, the same for the same seed:
 * most on a day, some within a week, some within a month that begins on any day.
 */
export function generatedDataset(seed: number): Dataset {
  const random = seededRandom(seed);
  const dataset = emptyDataset();
  for (let i = 0; i < LOCALITIES; i++) {
    const id = `locality${i}`;
    dataset.locality.set(id, { id, name: `Place ${i}` });
  }
  for (let i = 0; i < STOPS; i++) {
    const start = FIRST + Math.floor(random() * SPAN);
    const kind = random();
    const length = kind < 0.85 ? 0 : kind < 0.95 ? 1 + Math.floor(random() * 6) : 29;
    const from = dayToIso(start);
    const arrivedOn = length === 0 ? from : `${from}/${dayToIso(start + length)}`;
    const convoy = `convoy${i}`;
    dataset.convoy.set(convoy, { id: convoy });
    const localities = [`locality${Math.floor(random() * LOCALITIES)}`];
    const id = `stop${i}`;
    dataset.stop.set(id, { id, convoy, localities, arrivedOn, outcome: 'delivered' });
  }
  return dataset;
}
