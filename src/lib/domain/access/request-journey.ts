import type { Day } from '../dates/day.ts';
import type { PartialDate } from '../dates/partial-date.ts';
import type { Dataset, LogEntry } from '../records/dataset.ts';
import type { ConvoyStatus } from '../records/vocabularies.ts';
import type { AccessRecords } from './access-records.ts';
import type { DerivedConvoy } from './from-reports.ts';
import type { Happened, RequestCaveat } from './request-lines.ts';

/** What came of a line of a request on the road. */
export interface Journey {
  readonly departed: Happened;
  readonly delivered: Happened;
  /** Stops that surely delivered there, and those that may have. */
  readonly stops: readonly string[];
  readonly possibleStops: readonly string[];
  readonly convoys: readonly string[];
  readonly caveats: readonly RequestCaveat[];
}

/** The convoys of one request, and what is needed to tell how far they came for its places. */
export interface LinkedConvoys {
  readonly convoys: readonly DerivedConvoy[];
  /** The request asks for one place alone. */
  readonly isOfOnePlace: boolean;
  /** Convoys whose checkpoint log says that they were on the road. */
  readonly onTheRoad: ReadonlySet<string>;
}

/** Status that only a convoy has that left. An aborted or denied one may have never started. */
const SURELY_LEFT: ReadonlySet<ConvoyStatus | null> = new Set<ConvoyStatus>([
  'departed',
  'at_checkpoint',
  'arrived',
  'delivered',
  'partially_delivered',
  'diverted',
  'attacked',
]);
const PERHAPS_LEFT: ReadonlySet<ConvoyStatus | null> = new Set(['aborted', 'denied', null]);
const LEFT_BY_LOG: ReadonlySet<LogEntry['kind']> = new Set<LogEntry['kind']>([
  'departed',
  'checkpoint',
  'turned_back',
  'arrived',
  'unloading',
  'returned',
]);

/** Ids of convoys whose checkpoint log says that they were on the road. */
export function convoysOnTheRoad({
  movement,
  logEntry,
}: Pick<Dataset, 'movement' | 'logEntry'>): ReadonlySet<string> {
  const left = new Set<string>();
  for (const entry of logEntry.values()) {
    const convoy = movement.get(entry.movement)?.convoy;
    if (convoy !== undefined && LEFT_BY_LOG.has(entry.kind)) left.add(convoy);
  }
  return left;
}

const ORDER: readonly Happened[] = ['no', 'possible', 'certain'];
const most = (all: readonly Happened[]): Happened =>
  ORDER[Math.max(0, ...all.map((one) => ORDER.indexOf(one)))] ?? 'no';
const atMost = (one: Happened, limit: Happened): Happened =>
  ORDER[Math.min(ORDER.indexOf(one), ORDER.indexOf(limit))] ?? 'no';

/** Whether a day had come by the as-of date. A day nobody recorded may have. */
function hasCome(date: PartialDate | null, asOf: Day): Happened {
  if (!date) return 'possible';
  if (date.earliest > asOf) return 'no';
  return date.latest > asOf || date.approximate ? 'possible' : 'certain';
}

/** Whether a convoy left at all, by its status, its reports, its trucks and its checkpoint log. */
function hasLeft(
  { dataset }: Pick<AccessRecords, 'dataset'>,
  convoy: DerivedConvoy,
  onTheRoad: ReadonlySet<string>,
): Happened {
  const record = dataset.convoy.get(convoy.id);
  const trucks = [record?.trucksDispatched, record?.trucksEntered, record?.trucksUnloaded];
  const outcomes = [convoy.status, ...convoy.stops.map(({ outcome }) => outcome)];
  const reported = convoy.reports.map((id) => dataset.report.get(id)?.status ?? null);
  const mayHaveLeft = outcomes.some((status) => PERHAPS_LEFT.has(status));
  const isSure =
    outcomes.some((status) => SURELY_LEFT.has(status)) ||
    (!convoy.statusAccepted && reported.some((status) => SURELY_LEFT.has(status))) ||
    onTheRoad.has(convoy.id) ||
    (mayHaveLeft && trucks.some((figure) => figure && figure.q !== '<' && figure.n > 0));
  if (isSure) return 'certain';
  return mayHaveLeft && convoy.status !== null ? 'possible' : 'no';
}

function dateCaveats(
  convoy: DerivedConvoy,
  date: PartialDate | null,
  asOf: Day,
): readonly RequestCaveat[] {
  if (!date) return [{ type: 'undated_convoy', convoy: convoy.id }];
  const { edtf } = date;
  const caveats: RequestCaveat[] = [];
  if (date.latest > asOf && date.earliest <= asOf) {
    caveats.push({ type: 'straddles_as_of', date: edtf });
  }
  if (date.approximate) caveats.push({ type: 'approximate_date', date: edtf });
  return caveats;
}

/**
 * Whether the convoys of a request departed for a locality and delivered there by the as-of date.
 * A convoy that names no place yet departed for the request's one place, or perhaps for one of its
 * several.
 */
export function journeyOf(
  access: Pick<AccessRecords, 'dataset'>,
  { convoys, isOfOnePlace, onTheRoad }: LinkedConvoys,
  locality: string,
  asOf: Day,
): Journey {
  const departed: Happened[] = [];
  const delivered: Happened[] = [];
  const stops: string[] = [];
  const possibleStops: string[] = [];
  const counted: string[] = [];
  const caveats: RequestCaveat[] = [];
  for (const convoy of convoys) {
    const here = convoy.stops.filter(({ localities }) => localities.includes(locality));
    const isPlaceless = convoy.stops.length === 0;
    if (here.length === 0 && !isPlaceless) continue;
    const left = atMost(hasLeft(access, convoy, onTheRoad), hasCome(convoy.date, asOf));
    const came = here.map((stop) => (stop.delivered ? hasCome(stop.date, asOf) : ('no' as const)));
    departed.push(isPlaceless && !isOfOnePlace ? atMost(left, 'possible') : left, ...came);
    delivered.push(...came);
    here.forEach(({ id }, i) => {
      if (came[i] === 'certain') stops.push(id);
      if (came[i] === 'possible') possibleStops.push(id);
    });
    if (left === 'no' && came.every((one) => one === 'no')) continue;
    counted.push(convoy.id);
    caveats.push(...dateCaveats(convoy, convoy.date, asOf));
    if (convoy.disputed) caveats.push({ type: 'disputed_status', convoy: convoy.id });
  }
  return {
    departed: most(departed),
    delivered: most(delivered),
    stops,
    possibleStops,
    convoys: counted,
    caveats,
  };
}
