import type { DatedStop } from '#lib/domain/access/access-records.ts';
import type { DerivedStop } from '#lib/domain/access/from-reports.ts';
import type { Day } from '#lib/domain/dates/day.ts';
import type { Figure } from '#lib/domain/figures/figure.ts';
import type { Dataset } from '#lib/domain/records/dataset.ts';
import type { StopMark } from './views.ts';

/** Stops of one locality as marks, by date; what begins after the as-of date is left out. */
export function stopMarks(
  dataset: Dataset,
  stops: readonly DatedStop[],
  locality: string,
  asOf: Day,
): StopMark[] {
  return stops.flatMap((stop) => {
    if (stop.date.earliest > asOf || !stop.outcome) return [];
    return [
      {
        convoy: stop.convoy,
        stop: stop.id,
        date: stop.date,
        status: stop.outcome,
        people: peopleOf(stop),
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
