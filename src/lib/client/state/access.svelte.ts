import { type AccessRecords, NO_RECORDS, updateAccess } from '#lib/domain/access/access-records.ts';
import { disagreementsOf } from '#lib/domain/access/disagreement.ts';
import { computeFirstSince, type FirstSince } from '#lib/domain/access/first-since.ts';
import type { DerivedConvoy } from '#lib/domain/access/from-reports.ts';
import { computeGaps, type LocalityGaps } from '#lib/domain/access/gaps.ts';
import type { LeftOut } from '#lib/domain/access/caveats.ts';
import { recordsLeftOut } from '#lib/domain/access/records-left-out.ts';
import { classifiersOf, statusBands, statusRegister } from '#lib/domain/access/statuses.ts';
import { rankWaits, type Wait } from '#lib/domain/access/waits.ts';
import { dayFromIso, type Day } from '#lib/domain/dates/day.ts';
import {
  buildNameIndex,
  localityNames,
  matchLocality,
  searchNames,
  type LocalityMatch,
  type NameHit,
} from '#lib/domain/names/name-index.ts';
import type { Dataset, Locality } from '#lib/domain/records/dataset.ts';
import { warningsAbout } from '#lib/domain/records/warnings/warnings-about.ts';
import { newestPopulation } from './populations.ts';
import type { Records } from './records.svelte.ts';
import { sourcedReports } from './sourced-reports.ts';
import { stopMarks } from './stop-marks.ts';
import type { SyncStatus } from './sync-status.svelte.ts';
import type { ConvoyRow, ConvoyView, PlaceRow, PlaceView } from './views.ts';

/** The classifier where an operation names none: the one whose list of places is known best. */
const CLASSIFIER = 'UN';

/**
 * What follows from the records, for the screens: computed when asked for, once for every revision
 * of the records, as-of date and classifier.
 */
export class Access {
  /** Nothing after this day counts. */
  asOf = $state<Day>(today());
  #classifier = $state<string | undefined>();
  readonly #records: Records;
  readonly #sync: SyncStatus;

  constructor(records: Records, sync: SyncStatus) {
    this.#records = records;
    this.#sync = sync;
  }

  /** Who says what the status of a place is. */
  get classifier(): string {
    if (this.#classifier !== undefined) return this.#classifier;
    const [operation] = this.#dataset.operation.values();
    return operation?.defaultClassifier ?? this.#classifiers[0] ?? CLASSIFIER;
  }
  set classifier(value: string) {
    this.#classifier = value;
  }

  /** Everybody who classifies places in these records. */
  get classifiers(): readonly string[] {
    return this.#classifiers;
  }

  get householdSize(): number | undefined {
    const [operation] = this.#dataset.operation.values();
    return operation?.householdSize;
  }

  /** All places, the longest wait first; those that are not besieged or hard to reach by name. */
  get places(): readonly PlaceRow[] {
    return this.#places;
  }

  /** All convoys, the newest first; those without a date before them. */
  get convoys(): readonly ConvoyRow[] {
    return this.#convoys;
  }

  /** What every indicator is computed from; made anew with each revision, never changed. */
  get accessRecords(): AccessRecords {
    return this.#access;
  }

  /** Records that nothing here could use, each with its reason. */
  get leftOut(): readonly LeftOut[] {
    return this.#leftOut;
  }

  /** The last day of which anything is recorded, not after the as-of date; null: nothing is. */
  get recordsTo(): Day | null {
    return this.#recordsTo;
  }

  place(id: string): PlaceView | undefined {
    const row = this.#placeById.get(id);
    const dataset = this.#dataset;
    if (!row) return undefined;
    const last = this.#lastConvoyOf(id);
    const population = newestPopulation(dataset, id, this.asOf);
    return {
      ...row,
      firstSince: last?.firstSince.find((one: FirstSince) => one.localities.includes(id)) ?? null,
      lastConvoy: last ?? null,
      reports: last?.sourced ?? [],
      population: population ?? null,
      populationLocalities: localitiesOf(dataset, population?.localities ?? []),
      populationSource: population?.source ? dataset.source.get(population.source) : undefined,
      milestones: [...dataset.milestone.values()],
      conflicts: this.#records.conflicts.flatMap((one) => (one.record === id ? [one.field] : [])),
      warnings: warningsAbout('locality', id, dataset, today()),
    };
  }

  convoy(id: string): ConvoyView | undefined {
    const derived = this.#access.convoys.get(id);
    if (!derived) return undefined;
    const parts = new Set([id, ...derived.reports, ...derived.totals]);
    for (const stop of derived.stops) parts.add(stop.id);
    return {
      ...this.#rowOf(derived),
      derived,
      stops: derived.stops,
      sourced: sourcedReports(this.#dataset, [...derived.reports, ...derived.totals]),
      disagreements: disagreementsOf(derived),
      firstSince: this.#firstSince.get(id) ?? [],
      conflicts: this.#records.conflicts.flatMap(({ record, field }) =>
        parts.has(record) ? [{ record, field }] : [],
      ),
      warnings: warningsAbout('convoy', id, this.#dataset, today()),
    };
  }

  /** Places by a name in any spelling or script, the likeliest first. */
  searchPlaces(query: string, limit = 8): readonly NameHit[] {
    return searchNames(this.#placeNames, query, limit);
  }

  /** The one place that a name certainly means, or what it may mean. */
  matchPlace(name: string): LocalityMatch {
    return matchLocality(this.#placeNames, name);
  }

  searchOrganisations(query: string, limit = 8): readonly NameHit[] {
    return searchNames(this.#organisationNames, query, limit);
  }

  get #dataset(): Dataset {
    return this.#records.dataset;
  }

  /** What was derived last: only what has changed since is derived again. */
  #derived: AccessRecords = NO_RECORDS;
  readonly #access = $derived.by(
    (): AccessRecords => (this.#derived = updateAccess(this.#derived, this.#dataset)),
  );
  readonly #leftOut = $derived.by(() => recordsLeftOut(this.#access));
  readonly #classifiers = $derived.by(() => classifiersOf(this.#dataset));
  readonly #register = $derived.by(() => statusRegister(this.#dataset, this.classifier));
  readonly #gaps = $derived.by(() => computeGaps(this.#access, { asOf: this.asOf }));
  readonly #gapsById = $derived.by(
    () => new Map<string, LocalityGaps>(this.#gaps.map((one) => [one.locality, one])),
  );
  readonly #firstSince = $derived.by(() =>
    Map.groupBy(computeFirstSince(this.#access, { asOf: this.asOf }), (one) => one.convoy),
  );
  readonly #places = $derived.by(() =>
    rankWaits(this.#gaps, this.#dataset, this.#register, this.asOf).flatMap((wait) =>
      this.#placeRow(wait),
    ),
  );
  readonly #placeById = $derived.by(
    () => new Map(this.#places.map((row) => [row.locality.id, row])),
  );
  readonly #convoys = $derived.by(() =>
    [...this.#access.convoys.values()].map((one) => this.#rowOf(one)).sort(newestFirst),
  );
  readonly #placeNames = $derived.by(() =>
    buildNameIndex([...this.#dataset.locality.values()].map(localityNames)),
  );
  readonly #organisationNames = $derived.by(() =>
    buildNameIndex(
      [...this.#dataset.organisation.values()].map(({ id, name, acronym }) => ({
        id,
        names: acronym ? [name, acronym] : [name],
      })),
    ),
  );
  readonly #recordsTo = $derived.by(() => {
    let last: Day | null = null;
    for (const { date } of this.#access.convoys.values()) {
      if (!date || date.earliest > this.asOf) continue;
      last = Math.max(last ?? date.earliest, Math.min(date.latest, this.asOf));
    }
    return last;
  });

  #placeRow({ locality: id, status, isRanked, open }: Wait): PlaceRow[] {
    const locality = this.#dataset.locality.get(id);
    if (!locality) return [];
    const stops = this.#access.localities.get(id);
    const marks = (of: 'delivered' | 'refused') =>
      stopMarks(this.#dataset, stops?.[of] ?? [], id, this.asOf);
    return [
      {
        locality,
        status: status.status,
        wait: open?.days ?? null,
        isRanked,
        gaps: this.#gapsById.get(id) ?? null,
        deliveries: marks('delivered'),
        refusals: marks('refused'),
        bands: statusBands(this.#register.get(id), this.asOf).map((band) => ({
          ...band,
          source: band.source === null ? undefined : this.#dataset.source.get(band.source),
        })),
      },
    ];
  }

  #rowOf(convoy: DerivedConvoy): ConvoyRow {
    const ids = new Set(convoy.stops.flatMap((stop) => stop.localities));
    return {
      id: convoy.id,
      date: convoy.date,
      status: convoy.status,
      isDisputed: convoy.disputed,
      localities: localitiesOf(this.#dataset, [...ids]),
      reports: convoy.reports.length + convoy.totals.length,
      isUnsent: [convoy.id, ...convoy.reports].some((id) => this.#sync.isOnlyHere(id)),
    };
  }

  #lastConvoyOf(locality: string): ConvoyView | undefined {
    const stops = this.#access.localities.get(locality);
    const counted = (stops?.delivered ?? []).filter((stop) => stop.date.earliest <= this.asOf);
    const last = counted.reduce<(typeof counted)[number] | undefined>(
      (best, stop) => (best && best.date.latest > stop.date.latest ? best : stop),
      undefined,
    );
    return last && this.convoy(last.convoy);
  }
}

function localitiesOf(dataset: Dataset, ids: readonly string[]): Locality[] {
  return ids.flatMap((id) => dataset.locality.get(id) ?? []);
}

function newestFirst(a: ConvoyRow, b: ConvoyRow): number {
  const byDate = (b.date?.latest ?? Infinity) - (a.date?.latest ?? Infinity);
  return Number.isNaN(byDate) || byDate === 0 ? (a.id < b.id ? -1 : 1) : byDate;
}

/** The calendar day that it is where this device is. */
function today(): Day {
  const now = new Date();
  const two = (value: number): string => String(value).padStart(2, '0');
  const day = dayFromIso(`${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`);
  if (!day.ok) throw new Error('the device has no date');
  return day.value;
}
