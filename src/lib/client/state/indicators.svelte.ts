import { disagreementsOf } from '#lib/domain/access/disagreement.ts';
import type { AccessRecords } from '#lib/domain/access/access-records.ts';
import { computeFirstSince, type FirstSince } from '#lib/domain/access/first-since.ts';
import type { DerivedConvoy } from '#lib/domain/access/from-reports.ts';
import { computeGaps, type LocalityGaps } from '#lib/domain/access/gaps.ts';
import type { LeftOut } from '#lib/domain/access/caveats.ts';
import { recordsLeftOut } from '#lib/domain/access/records-left-out.ts';
import { Remembered } from '#lib/domain/access/remembered.ts';
import { ANY_DELIVERY } from '#lib/domain/access/lens.ts';
import { registerOf } from '#lib/domain/access/status-registers.ts';
import { rankWaits } from '#lib/domain/access/waits.ts';
import type { Day } from '#lib/domain/dates/day.ts';
import type { Dataset } from '#lib/domain/records/dataset.ts';
import { warningsAbout } from '#lib/domain/records/warnings/warnings-about.ts';
import { convoyRow, localitiesOf } from './convoy-rows.ts';
import { PlaceRows } from './place-rows.ts';
import { newestPopulation } from './populations.ts';
import type { Records } from './records.svelte.ts';
import { sourcedReports } from './sourced-reports.ts';
import type { SyncStatus } from './sync-status.svelte.ts';
import { today } from './today.ts';
import type { ConvoyRow, ConvoyView, PlaceRow, PlaceView } from './views.ts';

/** From when, until when and by whose word the indicators are told. */
interface Basis {
  readonly accessRecords: AccessRecords;
  readonly asOf: Day;
  readonly classifier: string;
}

/**
 * What the indicators say of places and convoys. Apart from `Access`, which logging needs too: this
 * is loaded when a screen first shows any of it.
 */
export class Indicators {
  readonly #records: Records;
  readonly #sync: SyncStatus;
  readonly #basis: Basis;

  constructor(records: Records, sync: SyncStatus, basis: Basis) {
    this.#records = records;
    this.#sync = sync;
    this.#basis = basis;
  }

  /** All places, the longest wait first; those that are not besieged or hard to reach by name. */
  get places(): readonly PlaceRow[] {
    return this.#places;
  }

  /** Records that nothing here could use, each with its reason. */
  get leftOut(): readonly LeftOut[] {
    return this.#leftOut;
  }

  place(id: string): PlaceView | undefined {
    const row = this.#placeById.get(id);
    const dataset = this.#dataset;
    if (!row) return undefined;
    const last = this.#lastConvoyOf(id);
    const population = newestPopulation(dataset, id, this.#asOf);
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
      firstSince: computeFirstSince(this.#access, { asOf: this.#asOf, convoy: id }),
      conflicts: this.#records.conflicts.flatMap(({ record, field }) =>
        parts.has(record) ? [{ record, field }] : [],
      ),
      warnings: warningsAbout('convoy', id, this.#dataset, today()),
    };
  }

  get #dataset(): Dataset {
    return this.#records.dataset;
  }
  get #access(): AccessRecords {
    return this.#basis.accessRecords;
  }
  get #asOf(): Day {
    return this.#basis.asOf;
  }

  readonly #leftOut = $derived.by(() => recordsLeftOut(this.#access));
  readonly #register = $derived.by(() =>
    registerOf(this.#access.registers, this.#basis.classifier),
  );
  readonly #knownGaps = new Remembered<LocalityGaps>();
  readonly #gaps = $derived.by(() =>
    computeGaps(this.#access, { asOf: this.#asOf }, this.#knownGaps),
  );
  readonly #gapsById = $derived.by(
    () => new Map<string, LocalityGaps>(this.#gaps.map((one) => [one.locality, one])),
  );
  readonly #placeRows = new PlaceRows();
  readonly #places = $derived.by(() =>
    this.#placeRows.of(rankWaits(this.#gaps, this.#dataset, this.#register, this.#asOf), {
      access: this.#access,
      dataset: this.#dataset,
      gaps: this.#gapsById,
      register: this.#register,
      asOf: this.#asOf,
      lens: ANY_DELIVERY,
    }),
  );
  readonly #placeById = $derived.by(
    () => new Map(this.#places.map((row) => [row.locality.id, row])),
  );
  #rowOf(convoy: DerivedConvoy): ConvoyRow {
    return convoyRow(this.#dataset, convoy, (record) => this.#sync.isOnlyHere(record));
  }

  #lastConvoyOf(locality: string): ConvoyView | undefined {
    const stops = this.#access.localities.get(locality);
    const counted = (stops?.delivered ?? []).filter((stop) => stop.date.earliest <= this.#asOf);
    const last = counted.reduce<(typeof counted)[number] | undefined>(
      (best, stop) => (best && best.date.latest > stop.date.latest ? best : stop),
      undefined,
    );
    return last && this.convoy(last.convoy);
  }
}
