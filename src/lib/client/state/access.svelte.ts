import { type AccessRecords, NO_RECORDS, updateAccess } from '#lib/domain/access/access-records.ts';
import type { LeftOut } from '#lib/domain/access/caveats.ts';
import type { DerivedConvoy } from '#lib/domain/access/from-reports.ts';
import { classifiersOf } from '#lib/domain/access/status-registers.ts';
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
import { ConvoyRows } from './convoy-rows.ts';
import type { Indicators } from './indicators.svelte.ts';
import type { Records } from './records.svelte.ts';
import type { SyncStatus } from './sync-status.svelte.ts';
import { today } from './today.ts';
import type { ConvoyRow, ConvoyView, PlaceRow, PlaceView } from './views.ts';

/** The classifier where an operation names none: the one whose list of places is known best. */
const CLASSIFIER = 'UN';

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
  #indicators = $state.raw<Indicators | undefined>();

  /** All of it is public already: the example. */
  readonly isPublic: boolean;

  constructor(records: Records, sync: SyncStatus, isPublic = false) {
    this.#records = records;
    this.#sync = sync;
    this.isPublic = isPublic;
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

  /** All convoys, the newest first; those without a date before them. */
  get convoys(): readonly ConvoyRow[] {
    return this.#convoys;
  }

  /** What every indicator is computed from; made anew with each revision, never changed. */
  get accessRecords(): AccessRecords {
    return this.#access;
  }

  /** The last day of which anything is recorded, not after the as-of date; null: nothing is. */
  get recordsTo(): Day | null {
    return this.#recordsTo;
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

  /** A convoy as its reports and stops make it. */
  derived(id: string): DerivedConvoy | undefined {
    return this.#access.convoys.get(id);
  }

  /** What indicators say: for screens that wait for `loadIndicators` (ADR 0125). */
  get #told(): Indicators {
    if (!this.#indicators) throw new Error('the indicators are not loaded');
    return this.#indicators;
  }

  get isWhole(): boolean {
    return this.#indicators !== undefined;
  }

  /** Loads what computes the indicators: logging needs none of it. */
  async loadIndicators(): Promise<void> {
    const { Indicators } = await import('./indicators.svelte.ts');
    this.#indicators ??= new Indicators(this.#records, this.#sync, this);
  }

  /** All places, the longest wait first; those that are not besieged or hard to reach by name. */
  get places(): readonly PlaceRow[] {
    return this.#told.places;
  }

  /** Records that nothing here could use, each with its reason. */
  get leftOut(): readonly LeftOut[] {
    return this.#told.leftOut;
  }

  place(id: string): PlaceView | undefined {
    return this.#told.place(id);
  }

  convoy(id: string): ConvoyView | undefined {
    return this.#told.convoy(id);
  }

  get #dataset(): Dataset {
    return this.#records.dataset;
  }

  /** What was derived last: only what has changed since is derived again. */
  #derived: AccessRecords = NO_RECORDS;
  readonly #access = $derived.by(
    (): AccessRecords => (this.#derived = updateAccess(this.#derived, this.#dataset)),
  );
  /** Kinds of records that others follow from: the same until one of the kind changes. */
  readonly #localities = $derived(this.#dataset.locality);
  readonly #organisations = $derived(this.#dataset.organisation);
  readonly #accessStatus = $derived(this.#dataset.accessStatus);
  readonly #classifiers = $derived.by(() => classifiersOf({ accessStatus: this.#accessStatus }));
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
}
