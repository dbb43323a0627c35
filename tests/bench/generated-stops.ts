import { dayOf, type Day, dayToIso } from '#lib/domain/dates/day.ts';
import type { Dataset } from '#lib/domain/records/dataset.ts';
import { RECORD_KINDS, type RecordKind } from '#lib/domain/records/registry.ts';
import { VersionedMap } from '#lib/domain/versioned-map.ts';
import { seededRandom } from '../faults/server/seed.ts';

export const LOCALITIES = 1_000;
export const STOPS = 100_000;
export const AS_OF: Day = dayOf(2020, 12, 31);
const FIRST: Day = dayOf(2012, 1, 1);
const SPAN = AS_OF - FIRST - 40;
const STATUSES = ['besieged', 'besieged', 'hard_to_reach', 'accessible'] as const;

export const localityId = (number: number): string => `locality${number}`;

type Random = () => number;
type Records = Record<RecordKind, Map<string, unknown>>;

/** A day over nine years; one in ten deliveries some time in a week, one in twenty in a month. */
function anyDate(random: Random): string {
  const start = FIRST + Math.floor(random() * SPAN);
  const kind = random();
  const length = kind < 0.85 ? 0 : kind < 0.95 ? 1 + Math.floor(random() * 6) : 29;
  const from = dayToIso(start);
  return length === 0 ? from : `${from}/${dayToIso(start + length)}`;
}

/** Places two by two: one delivery in ten is shared by both places of a pair. */
function anyPlaces(random: Random): readonly string[] {
  const number = Math.floor(random() * LOCALITIES);
  if (random() >= 0.1) return [localityId(number)];
  const first = number - (number % 2);
  return [localityId(first), localityId(first + 1)];
}

function addPlaces(records: Records, random: Random): void {
  const below = (most: number): number => Math.floor(random() * most);
  for (let i = 0; i < LOCALITIES; i++) {
    const locality = localityId(i);
    records.locality.set(locality, { id: locality, name: `Place ${i}` });
    for (let turn = 0; turn < 3; turn++) {
      const from = dayToIso(turn === 0 ? FIRST : FIRST + 1 + below(SPAN));
      const id = `status${i}.${turn}`;
      const status = STATUSES[below(STATUSES.length)];
      records.accessStatus.set(id, { id, locality, classifier: 'UN', status, from });
    }
    // Every other pair is counted together.
    const isJoint = i % 4 < 2;
    if (isJoint && i % 2 === 1) continue;
    const localities = isJoint ? [locality, localityId(i + 1)] : [locality];
    for (let year = 0; year < 9; year++) {
      const id = `population${i}.${year}`;
      const people = { q: '=', n: 1_000 + below(9_000) };
      const asOf = dayToIso(dayOf(2012 + year, 1, 1) + (year === 0 ? 0 : below(300)));
      records.population.set(id, { id, series: 'UN', localities, people, asOf });
    }
  }
}

/** A delivery of this number, the same for the same random numbers. */
export function anyStop(number: number, random: Random): { readonly id: string } {
  const people = Math.floor(random() * 6_000);
  return {
    id: `stop${number}`,
    convoy: `convoy${number}`,
    localities: anyPlaces(random),
    arrivedOn: anyDate(random),
    outcome: 'delivered',
    // One delivery in five gives no number of people.
    ...(random() < 0.8 ? { peopleReached: { q: '=', n: people } } : {}),
  } as { readonly id: string };
}

/**
 * A thousand places with their statuses and people, and a hundred thousand deliveries over nine
 * years, the same for the same seed, as a device holds them.
 */
export function generatedDataset(seed: number): Dataset {
  const random = seededRandom(seed);
  const kinds = Object.keys(RECORD_KINDS) as RecordKind[];
  const records = Object.fromEntries(kinds.map((kind) => [kind, new Map()])) as Records;
  addPlaces(records, random);
  for (let i = 0; i < STOPS; i++) {
    const stop = anyStop(i, random);
    records.convoy.set(`convoy${i}`, { id: `convoy${i}` });
    records.stop.set(stop.id, stop);
  }
  return Object.fromEntries(
    kinds.map((kind) => [
      kind,
      VersionedMap.empty.withChanges(records[kind] as Map<string, never>),
    ]),
  ) as unknown as Dataset;
}
