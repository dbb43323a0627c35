import { isAnyDelivery } from '#lib/domain/access/lens.ts';
import type { AccessRecords, DatedStop } from '#lib/domain/access/access-records.ts';
import { type ClaimCheck, computeClaims } from '#lib/domain/access/claims.ts';
import {
  computeCoverage,
  type Coverage,
  coverageMemory,
  type CoverageMemory,
} from '#lib/domain/access/coverage.ts';
import { type PublishedTotal, publishedTotals } from '#lib/domain/access/published-totals.ts';
import { computeDisagreements, type Disagreement } from '#lib/domain/access/disagreement.ts';
import { computeDuplicates, type LikelyDuplicate } from '#lib/domain/access/duplicates.ts';
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
import { computeSupply, type LocalitySupply } from '#lib/domain/access/supply.ts';
import { Remembered, SameLists } from '#lib/domain/access/remembered.ts';
import { computeRequests, type RequestFunnel } from '#lib/domain/access/requests.ts';
import { computeSitrep, type Sitrep } from '#lib/domain/access/sitrep.ts';
import { registerOf } from '#lib/domain/access/statuses.ts';
import { rankWaits, type Wait } from '#lib/domain/access/waits.ts';
import type { AccessStatusValue } from '#lib/domain/records/vocabularies.ts';
import type { Access } from './access.svelte.ts';
import { type LensChoice, throughLens, withinArea } from './lens-choice.ts';
import { today } from './today.ts';

/** The records that are looked at: all of them, or those that may be handed on. */
type LensSource = Pick<Access, 'accessRecords' | 'householdSize'>;

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

  /** What was computed last through this lens: only what a change touches is computed again. */
  readonly #knownGaps = new Remembered<LocalityGaps>();
  readonly #knownCoverage = new Remembered<CoverageMemory>();
  readonly #knownReach = reachMemory();
  readonly #monthsOfArea = new SameLists<DatedStop>();
  readonly #monthsOfLens = new SameLists<DatedStop>();

  /** The records of the area, with every delivery. */
  readonly #access = $derived.by((): AccessRecords =>
    withinArea(this.#source.accessRecords, this.choice.area, this.#monthsOfArea),
  );
  readonly #through = $derived.by(() =>
    throughLens(this.#access, this.choice.deliveries, this.choice, this.#monthsOfLens),
  );
  readonly #gaps = $derived.by(() => {
    const { asOf, deliveries: lens } = this.choice;
    return computeGaps(this.#access, { asOf, lens }, this.#knownGaps);
  });

  /** All that is looked at, whatever its date. */
  get accessRecords(): AccessRecords {
    return this.#source.accessRecords;
  }

  get isAnyDelivery(): boolean {
    return isAnyDelivery(this.choice.deliveries);
  }

  /** Deliveries of the period of which nobody recorded whether they are what the lens asks for. */
  get unknownUnderLens(): number {
    return this.#through.unknown;
  }

  /** The delivered stops that are recorded as what the lens asks for; null: it asks for any. */
  readonly recordedStops = $derived.by((): ReadonlySet<string> | null => {
    if (this.isAnyDelivery) return null;
    return new Set([...this.#through.access.localities.values()].flatMap(({ ids }) => ids));
  });

  /** The places that hold the status on the as-of date, the longest wait first (indicator 1). */
  readonly waits = $derived.by((): readonly LensWait[] => {
    const { asOf, classifier, status } = this.choice;
    const { dataset, registers } = this.#access;
    const gaps = new Map(this.#gaps.map((one) => [one.locality, one]));
    return rankWaits(this.#gaps, dataset, registerOf(registers, classifier), asOf)
      .filter((wait) => status === 'any' || wait.status.possible.includes(status))
      .filter((wait) => dataset.locality.has(wait.locality))
      .map((wait) => ({ ...wait, gaps: gaps.get(wait.locality) ?? null }));
  });

  /** Convoys of the period to these places; of those that brought what the lens asks for. */
  readonly convoys = $derived.by((): ReadonlySet<string> => {
    const { asOf, since, status } = this.choice;
    const listed = new Set(this.waits.map((wait) => wait.locality));
    const ids = new Set<string>();
    for (const { id, date, stops } of this.#through.access.convoys.values()) {
      const isThere =
        status === 'any' ||
        stops.some(({ localities }) => localities.some((locality) => listed.has(locality)));
      const isThen = !date || (date.latest >= since && date.earliest <= asOf);
      if (isThere && isThen) ids.add(id);
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
    return computePeopleDeliveries(this.#through.access, { asOf, since, householdSize });
  });

  /** Indicator 10, of the convoys of the period; those without a date with them. */
  readonly disagreements = $derived.by((): readonly Disagreement[] => {
    const { asOf, since } = this.choice;
    const { access } = this.#through;
    return computeDisagreements(access, asOf).filter(({ convoy }) => {
      const date = access.convoys.get(convoy)?.date;
      return !date || date.latest >= since;
    });
  });

  /** Indicator 11, under each claim's own lens: only the as-of date and the classifier are ours. */
  readonly claims = $derived.by((): readonly ClaimCheck[] => {
    const { asOf, classifier } = this.choice;
    return computeClaims(this.#source.accessRecords, { asOf, classifier });
  });

  /** Indicator 6: every plan of the area, whenever; asked and answered by the as-of date. */
  readonly requests = $derived.by((): RequestFunnel => {
    const { asOf } = this.choice;
    return computeRequests(this.#access, { asOf, householdSize: this.#source.householdSize });
  });

  /** Indicator 7, of the places of the list: by how long its recorded supply lasts, the least first. */
  readonly supply = $derived.by((): readonly LocalitySupply[] => {
    const { asOf, since, series } = this.choice;
    const { householdSize } = this.#source;
    const listed = new Set(this.waits.map(({ locality }) => locality));
    const options = { asOf, since, series: series ?? undefined, householdSize };
    return computeSupply(this.#access, options).filter(({ locality }) => listed.has(locality));
  });

  /** Indicator 8. */
  readonly removed = $derived.by((): ItemsRemoved => {
    const { asOf, since } = this.choice;
    return computeItemsRemoved(this.#through.access, { asOf, since });
  });

  /** Indicator 9: no rate, and no cause. */
  readonly incidents = $derived.by((): IncidentsNearDeliveries => {
    const { asOf, since } = this.choice;
    return computeIncidents(this.#through.access, { asOf, since });
  });

  /** The situation report of the period; of any status, about the besieged places. */
  readonly sitrep = $derived.by((): Sitrep => {
    const { asOf, since, classifier, series, status, deliveries: lens } = this.choice;
    return computeSitrep(this.#access, {
      asOf,
      since,
      today: today(),
      classifier,
      series: series ?? '',
      status: status === 'any' ? 'besieged' : status,
      householdSize: this.#source.householdSize,
      lens,
    });
  });

  /** Indicator 12. */
  readonly duplicates = $derived.by((): readonly LikelyDuplicate[] =>
    computeDuplicates(this.#access, this.choice.asOf),
  );
}
