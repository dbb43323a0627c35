import type { DatedStop } from '#lib/domain/access/access-records.ts';
import type { DerivedStop } from '#lib/domain/access/from-reports.ts';
import type { LensTest } from '#lib/domain/access/lens.ts';
import type { Day } from '#lib/domain/dates/day.ts';
import type { Figure } from '#lib/domain/figures/figure.ts';
import type { Dataset } from '#lib/domain/records/dataset.ts';
import type { StopMark } from './views.ts';

interface MarksOf {
  readonly locality: string;
  /** What begins after this day is left out. */
  readonly asOf: Day;
  /** Which of them are looked at; null: all. */
  readonly test: LensTest | null;
}

/**
 * Stops of one locality as marks, by date. Through a lens, what is recorded as something else is
 * left out, and what nobody recorded is marked as possible: unknown is never yes (indicator 1).
 */
export function stopMarks(
  dataset: Dataset,
  stops: readonly DatedStop[],
  { locality, asOf, test }: MarksOf,
): StopMark[] {
  return stops.flatMap((stop) => {
    if (stop.date.earliest > asOf || !stop.outcome) return [];
    const match = test ? test(stop, locality) : 'yes';
    if (match === 'no') return [];
    return [
      {
        convoy: stop.convoy,
        stop: stop.id,
        date: stop.date,
        status: stop.outcome,
        people: peopleOf(stop),
        isPossible: match === 'unknown',
        sharedWith: stop.localities.flatMap((id) =>
          id === locality ? [] : (dataset.locality.get(id) ?? []),
        ),
      },
    ];
  });
}

/** People reached where somebody says so, else approved, else intended. */
function peopleOf({ people }: DerivedStop): Figure | null {
  return (people.reached ?? people.approved ?? people.intended)?.value ?? null;
}
