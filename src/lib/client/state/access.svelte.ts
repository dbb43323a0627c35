import { type AccessRecords, NO_RECORDS, updateAccess } from '#lib/domain/access/access-records.ts';
import { disagreementsOf } from '#lib/domain/access/disagreement.ts';
import { computeFirstSince, type FirstSince } from '#lib/domain/access/first-since.ts';
import type { DerivedConvoy } from '#lib/domain/access/from-reports.ts';
import { computeGaps, type LocalityGaps } from '#lib/domain/access/gaps.ts';
import type { LeftOut } from '#lib/domain/access/caveats.ts';
import { recordsLeftOut } from '#lib/domain/access/records-left-out.ts';
import { Remembered } from '#lib/domain/access/remembered.ts';
import {
  classifiersOf,
  registerOf,
  statusBands,
  type StatusStatement,
} from '#lib/domain/access/statuses.ts';
import { rankWaits, type Wait } from '#lib/domain/access/waits.ts';
import type { Day } from '#lib/domain/dates/day.ts';
import {
  buildNameIndex,
  localityNames,
  matchLocality,
  searchNames,
  type LocalityMatch,
  type NameHit,
} from '#lib/domain/names/name-index.ts';
import type { Dataset } from '#lib/domain/records/dataset.ts';
import { convoyRow, ConvoyRows, localitiesOf } from './convoy-rows.ts';
import { warningsAbout } from '#lib/domain/records/warnings/warnings-about.ts';
import { newestPopulation } from './populations.ts';
import type { Records } from './records.svelte.ts';
import { sourcedReports } from './sourced-reports.ts';
import { stopMarks } from './stop-marks.ts';
import type { SyncStatus } from './sync-status.svelte.ts';
import { today } from './today.ts';
import type { ConvoyRow, ConvoyView, PlaceRow, PlaceView } from './views.ts';

/** The classifier where an operation names none: the one whose list of places is known best. */
const CLASSIFIER = 'UN';
const NO_STATEMENTS: readonly StatusStatement[] = [];

/**
 * What follows from the records, for the screens: computed when asked for, once for every revision
 * of the records, as-of date and classifier, and then only where something changed.
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
      firstSince: computeFirstSince(this.#access, { asOf: this.asOf, convoy: id }),
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
  /** Kinds of records that others follow from: the same until one of the kind changes. */
  readonly #localities = $derived(this.#dataset.locality);
  readonly #organisations = $derived(this.#dataset.organisation);
  readonly #accessStatus = $derived(this.#dataset.accessStatus);
  readonly #classifiers = $derived.by(() => classifiersOf({ accessStatus: this.#accessStatus }));
  readonly #register = $derived.by(() => registerOf(this.#access.registers, this.classifier));
  readonly #knownGaps = new Remembered<LocalityGaps>();
  readonly #gaps = $derived.by(() =>
    computeGaps(this.#access, { asOf: this.asOf }, this.#knownGaps),
  );
  readonly #gapsById = $derived.by(
    () => new Map<string, LocalityGaps>(this.#gaps.map((one) => [one.locality, one])),
  );
  readonly #places = $derived.by(() =>
    rankWaits(this.#gaps, this.#dataset, this.#register, this.asOf).flatMap((wait) =>
      this.#placeRow(wait),
    ),
  );
  readonly #placeById = $derived.by(
    () => new Map(this.#places.map((row) => [row.locality.id, row])),
  );
  readonly #convoyRows = new ConvoyRows((record) => this.#sync.isOnlyHere(record));
  readonly #convoys = $derived.by(() => this.#convoyRows.of(this.#access));
  readonly #placeNames = $derived.by(() =>
    buildNameIndex([...this.#localities.values()].map(localityNames)),
  );
  readonly #organisationNames = $derived.by(() =>
    buildNameIndex(
      [...this.#organisations.values()].map(({ id, name, acronym }) => ({
        id,
        names: acronym ? [name, acronym] : [name],
      })),
    ),
  );
  readonly #recordsTo = $derived.by((): Day | null => {
    // The newest first: the first one that had come by then reaches furthest.
    const last = this.#convoys.find(({ date }) => date && date.earliest <= this.asOf);
    return last?.date ? Math.min(last.date.latest, this.asOf) : null;
  });

  readonly #knownRows = new Remembered<PlaceRow>();

  #placeRow({ locality: id, status: { status }, isRanked, open }: Wait): PlaceRow[] {
    const locality = this.#localities.get(id);
    if (!locality) return [];
    const stops = this.#access.localities.get(id);
    const gaps = this.#gapsById.get(id) ?? null;
    const { asOf } = this;
    const marks = (of: 'delivered' | 'refused') =>
      stopMarks(this.#dataset, stops?.[of] ?? [], id, asOf);
    const statements = this.#register.get(id) ?? NO_STATEMENTS;
    const sourceOf = (source: string | null) =>
      source === null ? undefined : this.#dataset.source.get(source);
    const sources = statements.map(({ source }) => sourceOf(source));
    // Marks name the places that share a stop.
    const inputs = [this.#localities, stops, gaps, status, isRanked, asOf, statements, ...sources];
    const row = this.#knownRows.get(id, inputs, () => ({
      locality,
      status,
      wait: open?.days ?? null,
      isRanked,
      gaps,
      deliveries: marks('delivered'),
      refusals: marks('refused'),
      bands: statusBands(statements, asOf).map((band) => ({
        ...band,
        source: sourceOf(band.source),
      })),
    }));
    return [row];
  }

  #rowOf(convoy: DerivedConvoy): ConvoyRow {
    return convoyRow(this.#dataset, convoy, (record) => this.#sync.isOnlyHere(record));
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
