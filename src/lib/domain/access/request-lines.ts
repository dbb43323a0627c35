import type { Bounds } from '../dates/between.ts';
import type { Day } from '../dates/day.ts';
import { type CutDate, cutAt, type PartialDate } from '../dates/partial-date.ts';
import type { Figure } from '../figures/figure.ts';
import type { AccessRequest, RequestLine } from '../records/dataset.ts';
import { DEFAULTS } from '../records/defaults.ts';
import type { AccessRecords } from './access-records.ts';

import { dateOf } from './agreement.ts';
import { type Journey, journeyOf, type LinkedConvoys } from './request-journey.ts';

/** How a line stands on the as-of date. */
export const ANSWERS = [
  'approved_in_full',
  'approved_in_part',
  'approved_conditionally',
  'on_hold',
  'not_approved',
  'no_response',
  'withdrawn',
  /** Not answered yet, and the plan's period has not ended. */
  'awaiting',
  /** The plan's period has ended, and nothing says what came of it. */
  'outcome_unknown',
  /** No answer is recorded, but its convoy departed all the same. */
  'unrecorded',
] as const;
export type Answer = (typeof ANSWERS)[number];

/** Whether something had happened by the as-of date; `unknown`: nothing says when, or whether. */
export type Happened = 'certain' | 'possible' | 'no';

export type RequestCaveat =
  /** Submitted, answered, departed or delivered on a range of days that reaches past the as-of date. */
  | { readonly type: 'straddles_as_of'; readonly date: string }
  | { readonly type: 'approximate_date'; readonly date: string }
  /** An outcome is recorded without its day: it counts as given. */
  | { readonly type: 'undated_answer' }
  /** A delivery of its convoy has no date: it counts as possible. */
  | { readonly type: 'undated_convoy'; readonly convoy: string }
  | { readonly type: 'disputed_status'; readonly convoy: string };

/** One line of a plan as it stood on the as-of date: what the list of requests shows. */
export interface FunnelLine {
  readonly request: string;
  readonly line: string;
  readonly locality: string;
  readonly period: PartialDate;
  readonly authority: string | null;
  /** `no`: its submission is not recorded, and its period has not begun: in no number. */
  readonly submitted: Happened;
  readonly asked: Figure | null;
  /** As recorded; approved in full without a number: what was asked. */
  readonly approved: Figure | null;
  readonly answer: Answer;
  /** What it may be as well, where the day of the answer may lie after the as-of date. */
  readonly answerIfLater: Answer | null;
  readonly departed: Happened;
  readonly delivered: Happened;
  /** Delivered stops of its convoys at its locality; several lines may share one. */
  readonly stops: readonly string[];
  /** Those whose day is not recorded, only about right, or may lie after the as-of date. */
  readonly possibleStops: readonly string[];
  readonly convoys: readonly string[];
  /** Days from the submission to the as-of date, while nothing is answered; null: answered, or no submission date. */
  readonly ageing: Bounds | null;
  readonly conditions: string | null;
  readonly constraint: RequestLine['constraint'] | null;
  readonly caveats: readonly RequestCaveat[];
  /** Ids of the request, the line, its convoys and stops. */
  readonly from: readonly string[];
}

/** A request with its dates read, not after the as-of date. */
export interface DatedRequest {
  readonly record: AccessRequest;
  readonly period: PartialDate;
  readonly submitted: CutDate | null;
  readonly answered: CutDate | null;
  /** Its answer came after the as-of date. */
  readonly isAnsweredLater: boolean;
}

/** The dates of a request as they stood on the as-of date; null: it was submitted later. */
export function datedRequest(record: AccessRequest, asOf: Day): DatedRequest | null {
  const period = dateOf(record.period);
  const submittedOn = dateOf(record.submittedOn);
  const answeredOn = dateOf(record.answeredOn);
  if (!period || (submittedOn && submittedOn.earliest > asOf)) return null;
  return {
    record,
    period,
    submitted: submittedOn && cutAt(submittedOn, asOf),
    answered: answeredOn && cutAt(answeredOn, asOf),
    isAnsweredLater: answeredOn !== null && answeredOn.earliest > asOf,
  };
}

function submission({ submitted, answered, period }: DatedRequest, asOf: Day): Happened {
  // Whoever was answered had asked; a plan whose period has begun was a plan.
  if (answered && !answered.straddles) return 'certain';
  if (submitted) return submitted.straddles ? 'possible' : 'certain';
  if (answered) return 'possible';
  return period.earliest <= asOf ? 'certain' : 'no';
}

/** How a line without an answer stands. */
function unanswered({ period }: DatedRequest, { departed }: Journey, asOf: Day): Answer {
  if (departed === 'certain') return 'unrecorded';
  return period.latest < asOf ? 'outcome_unknown' : 'awaiting';
}

function caveatsOf(request: DatedRequest, isUndated: boolean, journey: Journey): RequestCaveat[] {
  const caveats: RequestCaveat[] = [];
  for (const cut of [request.submitted, request.answered]) {
    if (cut?.straddles) caveats.push({ type: 'straddles_as_of', date: cut.date.edtf });
    if (cut?.date.approximate) caveats.push({ type: 'approximate_date', date: cut.date.edtf });
  }
  if (isUndated) caveats.push({ type: 'undated_answer' });
  return [...caveats, ...journey.caveats];
}

/** One line of a request as it stood on the as-of date. */
export function funnelLine(
  access: Pick<AccessRecords, 'dataset'>,
  request: DatedRequest,
  line: RequestLine,
  linked: LinkedConvoys,
  asOf: Day,
): FunnelLine {
  const { record, period, submitted, answered, isAnsweredLater } = request;
  const journey = journeyOf(access, linked, line.locality, asOf);
  const open = unanswered(request, journey, asOf);
  const recorded = line.outcome ?? DEFAULTS.requestLine.outcome;
  const outcome = recorded === 'requested' ? undefined : recorded;
  const given: Answer = outcome === undefined || isAnsweredLater ? open : outcome;
  const mayBeLater = outcome !== undefined && answered?.straddles === true;
  const isOpen = given === 'awaiting' || given === 'outcome_unknown';
  const asked = line.peopleRequested ?? null;
  const isInFull = outcome === 'approved_in_full' && !isAnsweredLater;
  const isApproved = given.startsWith('approved_');
  const convoysAndStops = new Set([...journey.convoys, ...journey.stops, ...journey.possibleStops]);
  return {
    request: record.id,
    line: line.id,
    locality: line.locality,
    period,
    authority: record.authority ?? null,
    submitted: journey.departed === 'certain' ? 'certain' : submission(request, asOf),
    asked,
    approved: isApproved ? (line.peopleApproved ?? (isInFull ? asked : null)) : null,
    answer: given,
    answerIfLater: mayBeLater ? open : null,
    departed: journey.departed,
    delivered: journey.delivered,
    stops: journey.stops,
    possibleStops: journey.possibleStops,
    convoys: journey.convoys,
    ageing: isOpen && submitted ? [asOf - submitted.latest, asOf - submitted.earliest] : null,
    conditions: line.conditions ?? null,
    constraint: line.constraint ?? null,
    caveats: caveatsOf(request, outcome !== undefined && !record.answeredOn, journey),
    from: [record.id, line.id, ...convoysAndStops],
  };
}
