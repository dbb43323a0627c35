import { parsePartialDate } from '#lib/domain/dates/partial-date.ts';
import type {
  AccessStatus,
  Dataset,
  Incident,
  Population,
  Source,
} from '#lib/domain/records/dataset.ts';

/** A record with the source that gives it. */
export interface Sourced<T> {
  readonly record: T;
  readonly source: Source | undefined;
}

/** Everything that is on record of one place besides its deliveries, the newest first. */
export interface PlaceRecords {
  /** Of every classifier: they may disagree. */
  readonly statuses: readonly Sourced<AccessStatus>[];
  readonly populations: readonly Sourced<Population>[];
  readonly incidents: readonly Sourced<Incident>[];
}

const latestDay = (edtf: string): number => {
  const date = parsePartialDate(edtf);
  return date.ok ? date.value.latest : -Infinity;
};

function newestFirst<T extends { readonly id: string; readonly source?: string | undefined }>(
  { source }: Pick<Dataset, 'source'>,
  records: Iterable<T>,
  dateOf: (record: T) => string,
): readonly Sourced<T>[] {
  return [...records]
    .sort((a, b) => latestDay(dateOf(b)) - latestDay(dateOf(a)) || (a.id < b.id ? -1 : 1))
    .map((record) => ({ record, source: source.get(record.source ?? '') }));
}

/** What is on record of a place: its statuses, the people in it, what happened there. */
export function placeRecords(dataset: Dataset, id: string): PlaceRecords {
  const names = (localities: readonly string[] | undefined): boolean =>
    localities?.includes(id) ?? false;
  return {
    statuses: newestFirst(
      dataset,
      [...dataset.accessStatus.values()].filter(({ locality }) => locality === id),
      ({ from }) => from,
    ),
    populations: newestFirst(
      dataset,
      [...dataset.population.values()].filter(({ localities }) => names(localities)),
      ({ asOf }) => asOf,
    ),
    incidents: newestFirst(
      dataset,
      [...dataset.incident.values()].filter(({ localities }) => names(localities)),
      ({ date }) => date,
    ),
  };
}
