import type { Bounds } from '../dates/between.ts';
import { type Day, dayToIso, monthIndexOf, type Span, spanOfMonth } from '../dates/day.ts';
import type { PartialDate } from '../dates/partial-date.ts';
import type { Dataset, RequestLine } from '../records/dataset.ts';
import type { AccessRecords } from './access-records.ts';
import { type AnswerTime, answerTimeOf, medianDays } from './answer-times.ts';
import type { LeftOut } from './caveats.ts';
import type { DerivedConvoy } from './from-reports.ts';
import { convoysOnTheRoad, type LinkedConvoys } from './request-journey.ts';
import {
  type Answer,
  ANSWERS,
  datedRequest,
  type DatedRequest,
  type FunnelLine,
  funnelLine,
} from './request-lines.ts';
import { type FunnelPeople, peopleOfLines, peopleOfStops } from './request-people.ts';

/** The lines that came to one point of the funnel. */
export interface FunnelStage {
  /** Those that surely did, and with them those that may have. */
  readonly lines: Bounds;
  /** People asked for in these lines: the one number that all stages can be compared by. */
  readonly people: FunnelPeople;
  /** Ids of the lines that did or may have. */
  readonly from: readonly string[];
}

/** Indicator 6 of the plans of one month, or of one longer period. */
export interface FunnelPeriod {
  /** `2016-05`; a plan over several months is never split, and stands under its own period. */
  readonly period: string;
  readonly span: Span;
  readonly requested: FunnelStage;
  readonly answers: Readonly<Record<Answer, FunnelStage>>;
  /** People that the approvals of all three kinds name. */
  readonly approvedPeople: FunnelPeople;
  readonly departed: FunnelStage;
  readonly delivered: FunnelStage;
  /** People that the delivered stops say they reached, and that were intended; a shared stop once. */
  readonly reached: FunnelPeople;
  readonly intended: FunnelPeople;
  /** Lines of plans to come whose submission is not recorded: in none of the numbers. */
  readonly notSubmitted: readonly string[];
}

/** Indicator 6: what was asked, answered, departed and delivered, by the plan's period. */
export interface RequestFunnel {
  readonly definition: 'indicator 6';
  readonly asOf: Day;
  readonly since: Day | null;
  /** By first day, then last. */
  readonly periods: readonly FunnelPeriod[];
  /** Every line, by period, then request, then locality. */
  readonly lines: readonly FunnelLine[];
  /** Days from request to answer, one entry for each answered request. */
  readonly answerTimes: readonly AnswerTime[];
  readonly medianDays: Bounds | null;
  /** Requests without an answer by the as-of date, and those without both dates. */
  readonly unansweredRequests: readonly string[];
  readonly undatedRequests: readonly string[];
  /** By which families became people, to be stated beside the numbers; null: none did. */
  readonly householdSize: number | null;
  readonly leftOut: readonly LeftOut[];
}

export interface RequestOptions {
  readonly asOf: Day;
  /** Plans whose period ended before this day are not counted. */
  readonly since?: Day;
  /** Plans of a month or period that is not over by the end of this day are not counted. */
  readonly until?: Day;
  readonly householdSize?: number | undefined;
}

/** The month that a plan's period lies in, or the period itself where it spans several. */
function periodOf({ edtf, earliest, latest }: PartialDate): { period: string; span: Span } {
  const month = monthIndexOf(earliest);
  if (month !== monthIndexOf(latest)) {
    return { period: edtf.replace(/~$/, ''), span: { earliest, latest } };
  }
  const span = spanOfMonth(month);
  return { period: dayToIso(span.earliest).slice(0, 7), span };
}

type HouseholdSize = RequestOptions['householdSize'];

function stageOf(
  certain: readonly FunnelLine[],
  possible: readonly FunnelLine[],
  householdSize: HouseholdSize,
): FunnelStage {
  return {
    lines: [certain.length, certain.length + possible.length],
    people: peopleOfLines(certain, possible, ({ asked }) => asked, householdSize),
    from: [...certain, ...possible].map(({ line }) => line),
  };
}

function funnelPeriod(
  access: Pick<AccessRecords, 'convoys'>,
  { period, span }: { readonly period: string; readonly span: Span },
  all: readonly FunnelLine[],
  householdSize: HouseholdSize,
): FunnelPeriod {
  const lines = all.filter(({ submitted }) => submitted !== 'no');
  const isSure = ({ submitted }: FunnelLine): boolean => submitted === 'certain';
  const happened = (what: 'departed' | 'delivered'): FunnelStage =>
    stageOf(
      lines.filter((line) => line[what] === 'certain'),
      lines.filter((line) => line[what] === 'possible'),
      householdSize,
    );
  const isAnswer = (line: FunnelLine, answer: Answer): boolean =>
    line.answer === answer && line.answerIfLater === null && isSure(line);
  const mayBe = (line: FunnelLine, answer: Answer): boolean =>
    (line.answer === answer || line.answerIfLater === answer) && !isAnswer(line, answer);
  const answered = (answer: Answer): FunnelStage =>
    stageOf(
      lines.filter((line) => isAnswer(line, answer)),
      lines.filter((line) => mayBe(line, answer)),
      householdSize,
    );
  const approved = lines.filter(({ answer }) => answer.startsWith('approved_'));
  const isSurelyApproved = (line: FunnelLine): boolean => isAnswer(line, line.answer);
  const ofStops = (kind: 'reached' | 'intended'): FunnelPeople =>
    peopleOfStops(access, lines, kind, householdSize);
  return {
    period,
    span,
    requested: stageOf(
      lines.filter(isSure),
      lines.filter((line) => !isSure(line)),
      householdSize,
    ),
    answers: Object.fromEntries(
      ANSWERS.map((answer) => [answer, answered(answer)]),
    ) as unknown as Readonly<Record<Answer, FunnelStage>>,
    approvedPeople: peopleOfLines(
      approved.filter(isSurelyApproved),
      approved.filter((line) => !isSurelyApproved(line)),
      (line) => line.approved,
      householdSize,
    ),
    departed: happened('departed'),
    delivered: happened('delivered'),
    reached: ofStops('reached'),
    intended: ofStops('intended'),
    notSubmitted: all.flatMap(({ submitted, line }) => (submitted === 'no' ? [line] : [])),
  };
}

/** Convoys by the request that they carry out, whichever of the two names the other. */
function convoysByRequest({
  dataset,
  convoys,
}: Pick<AccessRecords, 'dataset' | 'convoys'>): ReadonlyMap<string, Set<DerivedConvoy>> {
  const byRequest = new Map<string, Set<DerivedConvoy>>();
  const add = (request: string | undefined, convoy: string | undefined): void => {
    const derived = convoys.get(convoy ?? '');
    if (request === undefined || !derived) return;
    byRequest.set(request, (byRequest.get(request) ?? new Set()).add(derived));
  };
  for (const { id, convoy } of dataset.accessRequest.values()) add(id, convoy);
  for (const { id, request } of dataset.convoy.values()) add(request, id);
  return byRequest;
}

function linesByRequest(
  { accessRequest, requestLine }: Pick<Dataset, 'accessRequest' | 'requestLine'>,
  leftOut: LeftOut[],
): ReadonlyMap<string, RequestLine[]> {
  const byRequest = new Map<string, RequestLine[]>();
  for (const line of requestLine.values()) {
    if (accessRequest.has(line.request)) {
      byRequest.set(line.request, [...(byRequest.get(line.request) ?? []), line]);
    } else leftOut.push({ type: 'line_without_request', record: line.id });
  }
  return byRequest;
}

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const compareLines = (a: FunnelLine, b: FunnelLine): number =>
  a.period.earliest - b.period.earliest ||
  a.period.latest - b.period.latest ||
  compareText(a.request, b.request) ||
  compareText(a.locality, b.locality) ||
  compareText(a.line, b.line);

function byPeriod(lines: readonly FunnelLine[]) {
  const groups = new Map<string, { period: string; span: Span; lines: FunnelLine[] }>();
  for (const line of lines) {
    const { period, span } = periodOf(line.period);
    const known = groups.get(period);
    if (known) known.lines.push(line);
    else groups.set(period, { period, span, lines: [line] });
  }
  return [...groups.values()].sort(
    (a, b) =>
      a.span.earliest - b.span.earliest ||
      a.span.latest - b.span.latest ||
      compareText(a.period, b.period),
  );
}

/**
 * The request funnel (indicator 6): plans by the month of their period, in lines and in the people
 * asked for; how each was answered; whether its convoys departed and delivered; the days from
 * request to answer. What was submitted or answered after the as-of date had not happened.
 */
export function computeRequests(
  access: Pick<AccessRecords, 'dataset' | 'convoys'>,
  { asOf, since, until = Infinity, householdSize }: RequestOptions,
): RequestFunnel {
  const { dataset } = access;
  const leftOut: LeftOut[] = [];
  const linked = convoysByRequest(access);
  const linesOf = linesByRequest(dataset, leftOut);
  const onTheRoad = convoysOnTheRoad(dataset);
  const lines: FunnelLine[] = [];
  const requests: DatedRequest[] = [];
  for (const record of dataset.accessRequest.values()) {
    const own = linesOf.get(record.id) ?? [];
    const request = datedRequest(record, asOf);
    if (request && periodOf(request.period).span.latest > until) continue;
    if (own.length === 0) leftOut.push({ type: 'request_without_line', record: record.id });
    if (!request || (since !== undefined && request.period.latest < since)) continue;
    requests.push(request);
    const convoys: LinkedConvoys = {
      convoys: [...(linked.get(record.id) ?? [])],
      isOfOnePlace: new Set(own.map(({ locality }) => locality)).size === 1,
      onTheRoad,
    };
    lines.push(...own.map((line) => funnelLine(access, request, line, convoys, asOf)));
  }
  lines.sort(compareLines);
  const times = requests.map((request) => answerTimeOf(request));
  const answerTimes = times.flatMap((time) => (time.type === 'answered' ? [time.answer] : []));
  const idsOf = (type: 'unanswered' | 'undated' | 'reversed'): string[] =>
    requests.flatMap(({ record }, i) => (times[i]?.type === type ? [record.id] : [])).sort();
  for (const record of idsOf('reversed')) leftOut.push({ type: 'dates_reversed', record });
  const isSized = lines.some(({ asked, approved }) =>
    [asked, approved].some((one) => one?.unit === 'families'),
  );
  return {
    definition: 'indicator 6',
    asOf,
    since: since ?? null,
    periods: byPeriod(lines).map((group) =>
      funnelPeriod(access, group, group.lines, householdSize),
    ),
    lines,
    answerTimes: answerTimes.sort((a, b) => compareText(a.request, b.request)),
    medianDays: medianDays(answerTimes),
    unansweredRequests: idsOf('unanswered'),
    undatedRequests: idsOf('undated'),
    householdSize: isSized ? (householdSize ?? null) : null,
    leftOut,
  };
}
