import type { Bounds } from '../dates/between.ts';
import type { Day } from '../dates/day.ts';
import {
  comparePartialDates,
  type CutDate,
  cutAt,
  type PartialDate,
} from '../dates/partial-date.ts';
import type { Incident } from '../records/dataset.ts';
import type { AccessRecords, DatedStop } from './access-records.ts';
import { dateOf } from './agreement.ts';
import { type Caveat, type LeftOut, uniqueCaveats } from './caveats.ts';

/**
 * 72 hours in calendar days. Dates hold no hours, so an incident three days before or after a
 * delivery is taken as within them; a fourth day is never.
 */
const MOST_DAYS = 3;

/** An incident with a delivery in its neighbourhood of days: nothing says that one caused the other. */
export interface IncidentNearDelivery {
  readonly incident: string;
  readonly date: PartialDate;
  readonly stop: string;
  readonly convoy: string;
  readonly deliveryDate: PartialDate;
  /** Localities that both name; none where only the incident's convoy ties the two. */
  readonly localities: readonly string[];
  /** Days from the delivery to the incident, as the least and the most: negative is before. */
  readonly days: Bounds;
  /** `unclear`: the dates are ranges that do not tell. */
  readonly side: 'before' | 'same_day' | 'after' | 'unclear';
  /** `certain`: within the 72 hours whatever days of the two ranges are the true ones. */
  readonly certainty: 'certain' | 'possible';
  readonly constraint: Incident['constraint'] | null;
  readonly verification: Incident['verification'] | null;
  readonly caveats: readonly Caveat[];
  /** Ids of the incident, the stop and its convoy. */
  readonly from: readonly string[];
}

/** Indicator 9: a list with dates. No rate, and no cause, can be read from it. */
export interface IncidentsNearDeliveries {
  readonly definition: 'indicator 9';
  readonly asOf: Day;
  readonly since: Day | null;
  /** By the incident's date, then its id, then the delivery's date. */
  readonly entries: readonly IncidentNearDelivery[];
  /** Ids of all incidents looked at, so that a list without entries says of how many. */
  readonly incidents: readonly string[];
  readonly leftOut: readonly LeftOut[];
}

export interface IncidentOptions {
  readonly asOf: Day;
  /** Incidents that were surely before this day are not listed. */
  readonly since?: Day;
}

function sideOf([least, most]: Bounds): IncidentNearDelivery['side'] {
  if (most < 0) return 'before';
  if (least > 0) return 'after';
  return least === 0 && most === 0 ? 'same_day' : 'unclear';
}

function caveatsOf(dates: readonly CutDate[]): readonly Caveat[] {
  return uniqueCaveats(
    dates.flatMap(({ date, straddles }): Caveat[] => [
      ...(date.approximate ? [{ type: 'approximate_date', date: date.edtf } as const] : []),
      ...(straddles ? [{ type: 'straddles_as_of', date: date.edtf } as const] : []),
    ]),
  );
}

function nearOf(
  incident: Incident,
  when: CutDate,
  stop: DatedStop,
  asOf: Day,
): IncidentNearDelivery | null {
  const delivery = cutAt(stop.date, asOf);
  if (!delivery) return null;
  const least = when.earliest - delivery.latest;
  const most = when.latest - delivery.earliest;
  if (most < -MOST_DAYS || least > MOST_DAYS) return null;
  const places = new Set(incident.localities);
  const caveats = caveatsOf([when, delivery]);
  const isCertain = least >= -MOST_DAYS && most <= MOST_DAYS && caveats.length === 0;
  return {
    incident: incident.id,
    date: when.date,
    stop: stop.id,
    convoy: stop.convoy,
    deliveryDate: stop.date,
    localities: stop.localities.filter((locality) => places.has(locality)),
    days: [least, most],
    side: sideOf([least, most]),
    certainty: isCertain ? 'certain' : 'possible',
    constraint: incident.constraint ?? null,
    verification: incident.verification ?? null,
    caveats: uniqueCaveats([...caveats, ...stop.caveats]),
    from: [...new Set([incident.id, stop.id, stop.convoy])],
  };
}

const isDelivered = (stop: { delivered: boolean; date: PartialDate | null }): stop is DatedStop =>
  stop.delivered && stop.date !== null;

/** Deliveries at the incident's localities, and those of its own convoy. */
function deliveriesBy(
  { localities, convoys }: Pick<AccessRecords, 'localities' | 'convoys'>,
  incident: Incident,
): readonly DatedStop[] {
  const stops = new Map<string, DatedStop>();
  for (const locality of incident.localities) {
    for (const stop of localities.get(locality)?.delivered ?? []) stops.set(stop.id, stop);
  }
  for (const stop of convoys.get(incident.convoy ?? '')?.stops ?? []) {
    if (isDelivered(stop)) stops.set(stop.id, stop);
  }
  return [...stops.values()];
}

/**
 * Incidents within 72 hours, before or after, of a delivery at one of their localities or by their
 * own convoy (indicator 9). Dates are days: at most three calendar days apart.
 */
export function computeIncidents(
  access: Pick<AccessRecords, 'dataset' | 'localities' | 'convoys'>,
  { asOf, since }: IncidentOptions,
): IncidentsNearDeliveries {
  const leftOut: LeftOut[] = [];
  const incidents: string[] = [];
  const entries: IncidentNearDelivery[] = [];
  for (const incident of access.dataset.incident.values()) {
    const date = dateOf(incident.date);
    if (!date) {
      leftOut.push({ type: 'no_date', record: incident.id });
      continue;
    }
    if (incident.localities.length === 0 && !access.convoys.has(incident.convoy ?? '')) {
      leftOut.push({ type: 'no_locality', record: incident.id });
      continue;
    }
    const when = cutAt(date, asOf);
    if (!when || (since !== undefined && date.latest < since)) continue;
    incidents.push(incident.id);
    for (const stop of deliveriesBy(access, incident)) {
      entries.push(...[nearOf(incident, when, stop, asOf)].filter((one) => one !== null));
    }
  }
  entries.sort(
    (a, b) =>
      comparePartialDates(a.date, b.date) ||
      (a.incident < b.incident ? -1 : a.incident > b.incident ? 1 : 0) ||
      comparePartialDates(a.deliveryDate, b.deliveryDate) ||
      (a.stop < b.stop ? -1 : 1),
  );
  return {
    definition: 'indicator 9',
    asOf,
    since: since ?? null,
    entries,
    incidents: incidents.sort(),
    leftOut,
  };
}
