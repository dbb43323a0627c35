import { isAnyDelivery } from '#lib/domain/access/lens.ts';
import type { AccessRecords } from '#lib/domain/access/access-records.ts';
import {
  computeCoverage,
  type Coverage,
  coverageMemory,
  type CoverageMemory,
} from '#lib/domain/access/coverage.ts';
import { type PublishedTotal, publishedTotals } from '#lib/domain/access/published-totals.ts';
import { computeDisagreements, type Disagreement } from '#lib/domain/access/disagreement.ts';
import { computeFirstSince, type FirstSince } from '#lib/domain/access/first-since.ts';
import { computeGaps, type LocalityGaps } from '#lib/domain/access/gaps.ts';
import {
  computePeopleDeliveries,
  computeReach,
  type PeopleDeliveries,
  reachMemory,
  type ReachMonth,
} from '#lib/domain/access/reach.ts';
import { computeIncidents, type IncidentsNearDeliveries } from '#lib/domain/access/incidents.ts';
import { computeItemsRemoved, type ItemsRemoved } from '#lib/domain/access/items-removed.ts';
import type { Basis } from '#lib/domain/access/release.ts';
import { recordsTo } from '#lib/domain/access/records-to.ts';
import { computeSupply, type LocalitySupply } from '#lib/domain/access/supply.ts';
import { Remembered } from '#lib/domain/access/remembered.ts';
import { computeRequests, type RequestFunnel } from '#lib/domain/access/requests.ts';
import { computeSitrep, type Sitrep } from '#lib/domain/access/sitrep.ts';
import { registerOf } from '#lib/domain/access/status-registers.ts';
import { rankWaits, type Wait } from '#lib/domain/access/waits.ts';
import type { Day } from '#lib/domain/dates/day.ts';
import type { AccessStatusValue } from '#lib/domain/records/vocabularies.ts';
import type { Access } from './access.svelte.ts';
import { PlaceRows } from './place-rows.ts';
import { type LensChoice, Narrowed, throughLens, withinArea, withinPlaces } from './lens-choice.ts';
import { today } from './today.ts';
import type { PlaceRow } from './views.ts';

/** The records that are looked at: all of them, or those that may be handed on. */
export interface LensSource extends Pick<Access, 'accessRecords' | 'householdSize'> {
  /** Whether what is made of them may leave the device. */
  readonly basis: Basis;
}

/** A wait with the gaps that it is the last of. */
export interface LensWait extends Wait {
  readonly gaps: LocalityGaps | null;
}

/** The statuses that a list of places is made for, where the lens asks for any. */
const LISTED: readonly AccessStatusValue[] = ['besieged', 'hard_to_reach'];

/**
 * Every indicator through one lens, each computed when it is first asked for and again when the
 * records or the lens change. Two of them side by side compare two lenses.
 */
export class LensResults {
  readonly #source: LensSource;
  readonly #choice: () => LensChoice;

  constructor(source: LensSource, choice: () => LensChoice) {
    this.#source = source;
    this.#choice = choice;
  }

  get choice(): LensChoice {
    return this.#choice();
  }

  /** Goes into every chart and report that is made of these results. */
  get basis(): Basis {
    return this.#source.basis;
  }

  /** What was computed last through this lens: only what a change touches is computed again. */
  readonly #knownGaps = new Remembered<LocalityGaps>();
  readonly #knownCoverage = new Remembered<CoverageMemory>();
  readonly #knownReach = reachMemory();
  readonly #knownArea = new Narrowed();
  readonly #knownLens = new Narrowed();
  readonly #knownPlaces = new Narrowed();
  readonly #knownDelivered = new Narrowed();

  /** The records of the area, with every delivery. */
  readonly #access = $derived.by((): AccessRecords =>
    withinArea(this.#source.accessRecords, this.choice.area, this.#knownArea),
  );
  readonly #through = $derived.by(() =>
    throughLens(this.#access, this.choice.deliveries, this.choice, this.#knownLens),
  );
  readonly #gaps = $derived.by(() => {
    const { asOf, deliveries: lens } = this.choice;
    return computeGaps(this.#access, { asOf, lens }, this.#knownGaps);
  });

  readonly #gapsById = $derived.by(() => new Map(this.#gaps.map((one) => [one.locality, one])));
  readonly #register = $derived.by(() =>
    registerOf(this.#access.registers, this.choice.classifier),
  );

  /** The last day that these records speak of, not after the as-of date; null: nothing is recorded. */
  readonly recordsTo = $derived.by((): Day | null =>
    recordsTo(this.#source.accessRecords, this.choice.asOf),
  );

  get isAnyDelivery(): boolean {
    return isAnyDelivery(this.choice.deliveries);
  }

  /**
   * Deliveries of the period to these places of which nobody recorded whether they are what the lens
   * asks for.
   */
  get unknownUnderLens(): number {
    return this.#thereThrough.unknown;
  }

  /** The places that hold the status on the as-of date, the longest wait first (indicator 1). */
  readonly waits = $derived.by((): readonly LensWait[] => {
    const { asOf, status } = this.choice;
    const { dataset } = this.#access;
    const gaps = this.#gapsById;
    return rankWaits(this.#gaps, dataset, this.#register, asOf)
      .filter((wait) => status === 'any' || wait.status.possible.includes(status))
      .filter((wait) => dataset.locality.has(wait.locality))
      .map((wait) => ({ ...wait, gaps: gaps.get(wait.locality) ?? null }));
  });

  readonly #placeRows = new PlaceRows();
  /** The same places as lines of a list: their marks, waits and bands through this lens. */
  readonly rows = $derived.by((): readonly PlaceRow[] => {
    const { asOf, deliveries: lens } = this.choice;
    return this.#placeRows.of(this.waits, {
      access: this.#access,
      dataset: this.#source.accessRecords.dataset,
      gaps: this.#gapsById,
      register: this.#register,
      asOf,
      lens,
    });
  });

  /** Of the area, the places alone that the lens asks for. */
  readonly #ofPlaces = $derived.by((): AccessRecords => {
    if (this.choice.status === 'any') return this.#access;
    const listed = new Set(this.waits.map(({ locality }) => locality));
    return withinPlaces(this.#access, (id) => listed.has(id), this.#knownPlaces);
  });
  readonly #thereThrough = $derived.by(() =>
    this.#ofPlaces === this.#access
      ? this.#through
      : throughLens(this.#ofPlaces, this.choice.deliveries, this.choice, this.#knownDelivered),
  );
  /** Their deliveries that are recorded as what it asks for. */
  readonly #deliveredThere = $derived(this.#thereThrough.access);

  /** Convoys of the period to these places; of those that brought what the lens asks for. */
  readonly convoys = $derived.by((): ReadonlySet<string> => {
    const { asOf, since } = this.choice;
    const ids = new Set<string>();
    for (const { id, date } of this.#deliveredThere.convoys.values()) {
      if (!date || (date.latest >= since && date.earliest <= asOf)) ids.add(id);
    }
    return ids;
  });

  /** Deliveries of the period that ended a wait, the longest wait first (indicator 2). */
  readonly firstSince = $derived.by((): readonly FirstSince[] => {
    const { asOf, since, deliveries: lens } = this.choice;
    const listed = new Set(this.waits.map((wait) => wait.locality));
    return computeFirstSince(this.#access, { asOf, lens })
      .filter(
        ({ date, localities }) =>
          date.latest >= since &&
          date.earliest <= asOf &&
          localities.some((locality) => listed.has(locality)),
      )
      .sort((a, b) => (b.since?.days[0] ?? -1) - (a.since?.days[0] ?? -1));
  });

  /** Indicator 3, of the status or, under any, of both that make a wait. */
  readonly coverage = $derived.by((): readonly Coverage[] => {
    const { asOf, since, classifier, status, deliveries: lens } = this.choice;
    const statuses = status === 'any' ? LISTED : [status];
    return statuses.map((one) =>
      computeCoverage(
        this.#access,
        { asOf, since, classifier, status: one, lens },
        this.#knownCoverage.get(one, [], coverageMemory),
      ),
    );
  });

  /** What was published for all places of a status together, beside coverage. */
  readonly publishedTotals = $derived.by((): readonly PublishedTotal[] =>
    this.coverage.flatMap(({ status, asOf }) =>
      publishedTotals(this.#source.accessRecords.dataset, { status, asOf }),
    ),
  );

  /** Indicator 4, month by month; of the deliveries that are recorded as what the lens asks for. */
  readonly reach = $derived.by((): readonly ReachMonth[] => {
    const { asOf, since, classifier, status, series } = this.choice;
    const { householdSize } = this.#source;
    const options = { asOf, since, classifier, status, series: series ?? '', householdSize };
    return computeReach(this.#through.access, options, this.#knownReach);
  });

  /** Indicator 5: includes repeats. */
  readonly peopleDeliveries = $derived.by((): PeopleDeliveries => {
    const { asOf, since } = this.choice;
    const { householdSize } = this.#source;
    return computePeopleDeliveries(this.#deliveredThere, { asOf, since, householdSize });
  });

  /** Indicator 10, of the convoys of the period; those without a date with them. */
  readonly disagreements = $derived.by((): readonly Disagreement[] => {
    const { asOf, since } = this.choice;
    const access = this.#deliveredThere;
    return computeDisagreements(access, asOf).filter(({ convoy }) => {
      const date = access.convoys.get(convoy)?.date;
      return !date || date.latest >= since;
    });
  });

  /** Indicator 6, of the plans for these places that reach into the period. */
  readonly requests = $derived.by((): RequestFunnel => {
    const { asOf, since } = this.choice;
    const { householdSize } = this.#source;
    return computeRequests(this.#ofPlaces, { asOf, since, householdSize });
  });

  /** Indicator 6 of every plan, wherever and whenever: asked and answered by the as-of date. */
  readonly everyRequest = $derived.by((): RequestFunnel => {
    const { accessRecords, householdSize } = this.#source;
    return computeRequests(accessRecords, { asOf: this.choice.asOf, householdSize });
  });

  /** Indicator 7, of the places of the list and what is recorded as what the lens asks for. */
  readonly supply = $derived.by((): readonly LocalitySupply[] => {
    const { asOf, since, series } = this.choice;
    const { householdSize } = this.#source;
    const options = { asOf, since, series: series ?? undefined, householdSize };
    return computeSupply(this.#deliveredThere, options);
  });

  /** Indicator 8. */
  readonly removed = $derived.by((): ItemsRemoved => {
    const { asOf, since } = this.choice;
    return computeItemsRemoved(this.#deliveredThere, { asOf, since });
  });

  /** Indicator 9: no rate, and no cause. */
  readonly incidents = $derived.by((): IncidentsNearDeliveries => {
    const { asOf, since } = this.choice;
    return computeIncidents(this.#deliveredThere, { asOf, since });
  });

  /** The situation report of the period; of any status, about the besieged places. */
  readonly sitrep = $derived.by((): Sitrep => {
    const { asOf, since, classifier, series, status, area, deliveries: lens } = this.choice;
    return computeSitrep(this.#access, {
      asOf,
      since,
      today: today(),
      classifier,
      series: series ?? '',
      status: status === 'any' ? 'besieged' : status,
      householdSize: this.#source.householdSize,
      lens,
      area,
    });
  });
}
