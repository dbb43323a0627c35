import type { Day } from '../../dates/day.ts';
import { nameKey } from '../../names/name-key.ts';
import type { Dataset, ItemLine } from '../dataset.ts';

/** Where most of the operation's places are. */
export interface Whereabouts {
  readonly lat: number;
  readonly lon: number;
}

/** What one record is held against: the others of its data set, and the day that it is. */
export interface WarningContext {
  readonly dataset: Dataset;
  /** Without it nothing is said to lie in the future. */
  readonly today: Day | undefined;
  /** null: too few places have coordinates. */
  whereabouts(): Whereabouts | null;
  /** Ids of the lines of a request for one place, in order. */
  linesFor(request: string, locality: string): readonly string[];
  /** The lines that say how much of the same item was loaded, for the same convoy, in the same unit. */
  loadedLike(line: ItemLine): readonly ItemLine[];
}

/** With fewer places there is no telling where the operation is. */
const ENOUGH_PLACES = 4;

const middleOf = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;

function whereaboutsOf({ locality }: Dataset): Whereabouts | null {
  const located = [...locality.values()].flatMap(({ lat, lon }) =>
    lat === undefined || lon === undefined ? [] : { lat, lon },
  );
  if (located.length < ENOUGH_PLACES) return null;
  return {
    lat: middleOf(located.map(({ lat }) => lat)),
    lon: middleOf(located.map(({ lon }) => lon)),
  };
}

function grouped<T>(values: Iterable<T>, keyOf: (value: T) => string): ReadonlyMap<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const value of values) {
    const key = keyOf(value);
    const group = groups.get(key);
    if (group) group.push(value);
    else groups.set(key, [value]);
  }
  return groups;
}

/** Computes when it is first asked for, and then no more. */
function once<T>(compute: () => T): () => T {
  let known: { readonly value: T } | undefined;
  return () => (known ??= { value: compute() }).value;
}

/** The context of all records of a data set, which must not change while it is used. */
export function warningContext(dataset: Dataset, today?: Day): WarningContext {
  const itemKey = ({ convoy, stop, item, unit }: ItemLine): string =>
    [dataset.stop.get(stop ?? '')?.convoy ?? convoy ?? '', nameKey(item), nameKey(unit ?? '')].join(
      ' ',
    );
  const loaded = once(() =>
    grouped(
      [...dataset.itemLine.values()].filter(({ stage }) => stage === 'loaded'),
      itemKey,
    ),
  );
  const lines = once(() =>
    grouped(dataset.requestLine.values(), ({ request, locality }) => `${request} ${locality}`),
  );
  return {
    dataset,
    today,
    whereabouts: once(() => whereaboutsOf(dataset)),
    linesFor: (request, locality) =>
      (lines().get(`${request} ${locality}`) ?? []).map(({ id }) => id).sort(),
    loadedLike: (line) => loaded().get(itemKey(line)) ?? [],
  };
}
