import { isBefore, overlaps } from '../dates/between.ts';
import type { Day } from '../dates/day.ts';
import { comparePartialDates, type PartialDate } from '../dates/partial-date.ts';
import type { Claim } from '../records/dataset.ts';
import { ACCESS_STATUSES, type AccessStatusValue } from '../records/vocabularies.ts';
import type { AccessRecords, DatedStop } from './access-records.ts';
import { dateOf } from './agreement.ts';
import { computeCoverage, type CoverageOptions } from './coverage.ts';
import { type Lens, lensTest, type LensTest, parseLens } from './lens.ts';

export type Verdict = 'supported' | 'contradicted' | 'same_source' | 'not_on_record';

/** What led to a verdict: the record that does it, or what is missing. */
export type ClaimReason =
  | { readonly type: 'delivery_at_since'; readonly locality: string; readonly stop: string }
  | { readonly type: 'delivery_between'; readonly locality: string; readonly stop: string }
  /** It may lie in between, or may match the lens: nobody can tell. */
  | { readonly type: 'possible_delivery_between'; readonly locality: string; readonly stop: string }
  | { readonly type: 'no_delivery_at_since'; readonly locality: string }
  | { readonly type: 'records_complete'; readonly locality: string; readonly since: string }
  | { readonly type: 'records_not_complete'; readonly locality: string }
  | { readonly type: 'covered'; readonly certain: number; readonly total: number }
  | { readonly type: 'not_covered'; readonly localities: readonly string[] }
  | { readonly type: 'no_status_list'; readonly classifier: string }
  | { readonly type: 'stands_as_reported' }
  | {
      readonly type: 'incomplete_claim';
      readonly missing: 'convoy' | 'date' | 'since' | 'localities' | 'lens' | 'status';
    };

/** Indicator 11: a claim against the records, under its own localities and lens. */
export interface ClaimCheck {
  readonly definition: 'indicator 11';
  readonly claim: string;
  readonly convoy: string;
  readonly convoyName: string;
  readonly kind: NonNullable<Claim['kind']> | 'unknown';
  readonly text: string;
  readonly verdict: Verdict;
  readonly because: readonly ClaimReason[];
  /** The claim's own source, for "according to …". */
  readonly source: string | null;
}

export interface ClaimOptions {
  readonly asOf: Day;
  /** Whose list of places `all_reached` is held against. */
  readonly classifier: string;
}

interface Finding {
  readonly verdict: Verdict;
  readonly because: readonly ClaimReason[];
}

const incomplete = (
  missing: Extract<ClaimReason, { type: 'incomplete_claim' }>['missing'],
): Finding => ({ verdict: 'not_on_record', because: [{ type: 'incomplete_claim', missing }] });

/** The least certain of the findings decides: one locality that contradicts a claim refutes it. */
const ORDER: readonly Verdict[] = ['contradicted', 'not_on_record', 'same_source', 'supported'];

function together(findings: readonly Finding[]): Finding {
  const verdict = ORDER.find((one) => findings.some((finding) => finding.verdict === one));
  return {
    verdict: verdict ?? 'not_on_record',
    because: findings.filter((one) => one.verdict === verdict).flatMap(({ because }) => because),
  };
}

/** A claim's lens text: conditions on deliveries, and `status=…` for a claim about all places. */
function readClaimLens(text: string): { lens: Lens; status: AccessStatusValue | null } | null {
  const parts = text.split(';').map((part) => part.trim());
  const statusPart = parts.find((part) => part.startsWith('status='));
  const value = statusPart?.slice('status='.length).trim();
  const status = ACCESS_STATUSES.find((one) => one === value) ?? null;
  if (statusPart !== undefined && status === null) return null;
  const lens = parseLens(parts.filter((part) => part !== statusPart).join(';'));
  return lens.ok ? { lens: lens.value, status } : null;
}

interface Question {
  readonly claim: Claim;
  readonly since: PartialDate;
  /** When the convoy came that the claim is about. */
  readonly date: PartialDate;
  readonly test: LensTest;
}

/** Deliveries after the since date and before the convoy: sure ones, and those that may be. */
function between(stops: readonly DatedStop[], locality: string, question: Question) {
  const { claim, since, date, test } = question;
  const sure: DatedStop[] = [];
  const maybe: DatedStop[] = [];
  for (const stop of stops) {
    if (stop.convoy === claim.convoy) continue;
    const match = test(stop, locality);
    const isPossible = stop.date.latest > since.latest && stop.date.earliest < date.latest;
    if (match === 'no' || !isPossible || overlaps(stop.date, since)) continue;
    const isSure = isBefore(since, stop.date) && isBefore(stop.date, date);
    if (isSure && match === 'yes' && !stop.date.approximate) sure.push(stop);
    else maybe.push(stop);
  }
  return { sure, maybe };
}

function checkLocality(
  { localities, dataset }: Pick<AccessRecords, 'localities' | 'dataset'>,
  locality: string,
  question: Question,
): Finding {
  const { claim, since, date, test } = question;
  const stops = localities.get(locality)?.delivered ?? [];
  const { sure, maybe } = between(stops, locality, question);
  if (sure.length > 0) {
    return {
      verdict: 'contradicted',
      because: sure.map(({ id }) => ({ type: 'delivery_between', locality, stop: id })),
    };
  }
  if (maybe.length > 0) {
    return {
      verdict: 'not_on_record',
      because: maybe.map(({ id }) => ({ type: 'possible_delivery_between', locality, stop: id })),
    };
  }
  if (claim.sinceIs === 'date') {
    const known = dateOf(dataset.locality.get(locality)?.recordsSince);
    return known && known.latest <= since.earliest
      ? {
          verdict: 'supported',
          because: [{ type: 'records_complete', locality, since: known.edtf }],
        }
      : { verdict: 'not_on_record', because: [{ type: 'records_not_complete', locality }] };
  }
  const supporting = stops.filter(
    (stop) =>
      stop.convoy !== claim.convoy &&
      overlaps(stop.date, since) &&
      isBefore(stop.date, date) &&
      test(stop, locality) === 'yes',
  );
  if (supporting.length === 0) {
    return { verdict: 'not_on_record', because: [{ type: 'no_delivery_at_since', locality }] };
  }
  const restsOnClaim = (stop: DatedStop): boolean =>
    stop.sources.length > 0 && stop.sources.every((source) => source === claim.source);
  return {
    verdict: supporting.every(restsOnClaim) ? 'same_source' : 'supported',
    because: supporting.map(({ id }) => ({ type: 'delivery_at_since', locality, stop: id })),
  };
}

function checkAllReached(
  access: Pick<AccessRecords, 'localities' | 'registers' | 'dataset'>,
  asked: Omit<CoverageOptions, 'since'>,
  since: PartialDate,
): Finding {
  const { classifier } = asked;
  const coverage = computeCoverage(access, { ...asked, since: since.earliest });
  const { certain, total, without, possible } = coverage;
  if (total === 0) {
    return { verdict: 'not_on_record', because: [{ type: 'no_status_list', classifier }] };
  }
  if (certain.length === total) {
    return {
      verdict: 'supported',
      because: [{ type: 'covered', certain: certain.length, total }],
    };
  }
  // Nothing on our record is no proof of nothing, but where our records are complete.
  const isComplete = (id: string): boolean => {
    const known = dateOf(access.dataset.locality.get(id)?.recordsSince);
    return known !== null && known.latest <= since.earliest;
  };
  const missed = without.filter(isComplete);
  if (missed.length > 0) {
    return { verdict: 'contradicted', because: [{ type: 'not_covered', localities: missed }] };
  }
  const lacking = [...without, ...possible.map(({ locality }) => locality)];
  return { verdict: 'not_on_record', because: [{ type: 'not_covered', localities: lacking }] };
}

function check(access: AccessRecords, claim: Claim, options: ClaimOptions): Finding {
  if (claim.kind === 'share_reached') {
    return { verdict: 'not_on_record', because: [{ type: 'stands_as_reported' }] };
  }
  const convoy = access.convoys.get(claim.convoy);
  if (!convoy) return incomplete('convoy');
  const { date } = convoy;
  if (!date) return incomplete('date');
  const since = dateOf(claim.since);
  if (!since) return incomplete('since');
  const read = readClaimLens(claim.lens ?? '');
  if (!read) return incomplete('lens');
  if (claim.kind === 'all_reached') {
    const { status, lens } = read;
    if (!status) return incomplete('status');
    // What came after the claim was made cannot bear it out.
    const asOf = Math.min(options.asOf, date.latest);
    // Since a day that had not come by then: there is no time to look at.
    if (since.earliest > asOf) return incomplete('since');
    return checkAllReached(access, { status, lens, asOf, classifier: options.classifier }, since);
  }
  const places = [...new Set(claim.localities ?? [])];
  if (places.length === 0) return incomplete('localities');
  const test = lensTest(read.lens, access.dataset.organisation);
  const question = { claim, since, date, test };
  return together(places.map((locality) => checkLocality(access, locality, question)));
}

/**
 * Every claim about a convoy not after the as-of date, held against the records (indicator 11), by
 * date, then convoy, then text.
 */
export function computeClaims(access: AccessRecords, options: ClaimOptions): readonly ClaimCheck[] {
  const { convoys, dataset } = access;
  const dateOfClaim = (claim: Claim): PartialDate | null => convoys.get(claim.convoy)?.date ?? null;
  const order = (a: Claim, b: Claim): number => {
    const [dateA, dateB] = [dateOfClaim(a), dateOfClaim(b)];
    const byDate = dateA && dateB ? comparePartialDates(dateA, dateB) : dateA ? -1 : dateB ? 1 : 0;
    const nameOf = (claim: Claim): string => convoys.get(claim.convoy)?.name ?? claim.convoy;
    return (
      byDate ||
      nameOf(a).localeCompare(nameOf(b), 'en') ||
      (a.text ?? '').localeCompare(b.text ?? '', 'en') ||
      (a.id < b.id ? -1 : 1)
    );
  };
  return [...dataset.claim.values()]
    .filter((claim) => (dateOfClaim(claim)?.earliest ?? -Infinity) <= options.asOf)
    .sort(order)
    .map((claim) => ({
      definition: 'indicator 11',
      claim: claim.id,
      convoy: claim.convoy,
      convoyName: convoys.get(claim.convoy)?.name ?? claim.convoy,
      kind: claim.kind ?? 'unknown',
      text: claim.text ?? '',
      source: claim.source ?? null,
      ...check(access, claim, options),
    }));
}
