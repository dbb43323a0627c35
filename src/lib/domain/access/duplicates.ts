import type { Day } from '../dates/day.ts';
import { figureBounds } from '../figures/figure.ts';
import type { Dataset } from '../records/dataset.ts';
import type { AccessRecords } from './access-records.ts';
import type { DerivedConvoy, DerivedNumber } from './from-reports.ts';

/** Indicator 12: two convoys that may be one. Offered for merging, never merged alone. */
export interface LikelyDuplicate {
  readonly definition: 'indicator 12';
  readonly convoys: readonly [string, string];
  /** Localities that both name. */
  readonly localities: readonly string[];
}

const PEOPLE_KINDS = ['intended', 'approved', 'reached'] as const;
const MOST_DAYS_APART = 1;
const MOST_DIFFERENCE = 0.2;

/** Whether two numbers differ by at most 20% of the larger, or one of them is missing. */
function isAlike(a: DerivedNumber | null, b: DerivedNumber | null): boolean {
  if (!a || !b || (a.value.unit ?? 'people') !== (b.value.unit ?? 'people')) return true;
  const [one, two] = [figureBounds(a.value), figureBounds(b.value)];
  const [lower, upper] = one.min <= two.min ? [one, two] : [two, one];
  const difference = lower.max === null ? 0 : Math.max(0, upper.min - lower.max);
  return difference <= MOST_DIFFERENCE * upper.min;
}

function daysApart(a: DerivedConvoy, b: DerivedConvoy): number {
  if (!a.date || !b.date) return Infinity;
  return Math.max(0, b.date.earliest - a.date.latest, a.date.earliest - b.date.latest);
}

function mayBeOne(a: DerivedConvoy, b: DerivedConvoy): boolean {
  return (
    daysApart(a, b) <= MOST_DAYS_APART &&
    isAlike(a.trucks, b.trucks) &&
    PEOPLE_KINDS.every((kind) => isAlike(a.people[kind], b.people[kind]))
  );
}

const placesOf = (convoy: DerivedConvoy): readonly string[] => [
  ...new Set(convoy.stops.flatMap((stop) => stop.localities)),
];

/** Somebody who looked at the two says that they are not one. */
function areToldApart({ convoy }: Dataset, a: string, b: string): boolean {
  const saysSo = (one: string, other: string): boolean =>
    convoy.get(one)?.notSameAs?.includes(other) ?? false;
  return saysSo(a, b) || saysSo(b, a);
}

/**
 * Pairs of convoys with dates within a day of each other, a common locality, and trucks and people
 * that differ by at most 20% of the larger or are missing on one side (indicator 12), not after the
 * as-of date. Convoys without a date are in no pair, nor are those that a person told apart.
 */
export function computeDuplicates(
  { convoys, dataset }: Pick<AccessRecords, 'convoys' | 'dataset'>,
  asOf: Day,
): readonly LikelyDuplicate[] {
  const byLocality = new Map<string, DerivedConvoy[]>();
  const dated = [...convoys.values()]
    .filter((convoy) => convoy.date !== null && convoy.date.earliest <= asOf)
    .sort((a, b) => a.date!.earliest - b.date!.earliest || (a.id < b.id ? -1 : 1));
  const found = new Map<string, LikelyDuplicate & { readonly localities: string[] }>();
  for (const convoy of dated) {
    for (const locality of placesOf(convoy)) {
      const earlier = byLocality.get(locality) ?? [];
      byLocality.set(locality, [
        ...earlier.filter((other) => other.date!.latest + MOST_DAYS_APART >= convoy.date!.earliest),
        convoy,
      ]);
      for (const other of earlier) {
        if (!mayBeOne(other, convoy) || areToldApart(dataset, other.id, convoy.id)) continue;
        const key = `${other.id} ${convoy.id}`;
        const known = found.get(key);
        if (known) known.localities.push(locality);
        else {
          const ids = [other.id, convoy.id] as const;
          found.set(key, {
            definition: 'indicator 12',
            convoys: ids,
            localities: [locality],
          });
        }
      }
    }
  }
  return [...found.values()];
}
