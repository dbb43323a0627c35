import type { Bounds } from '../dates/between.ts';
import type { DatedRequest } from './request-lines.ts';

/** How long one request waited for its answer. */
export interface AnswerTime {
  readonly request: string;
  /** The least and the most it can have been. */
  readonly days: Bounds;
  /** The answer may have come after the as-of date, or a date is only about right. */
  readonly isPossible: boolean;
}

type Time =
  | { readonly type: 'answered'; readonly answer: AnswerTime }
  | { readonly type: 'unanswered' | 'undated' | 'reversed' };

/**
 * Days from request to answer (indicator 6). Dates that overlap may be one day: the least is then
 * none. An answer that is surely before its request contradicts it: `reversed`.
 */
export function answerTimeOf({ record, submitted, answered, isAnsweredLater }: DatedRequest): Time {
  if (isAnsweredLater) return { type: 'unanswered' };
  if (!answered) return { type: 'unanswered' };
  if (!submitted) return { type: 'undated' };
  if (answered.latest < submitted.earliest) return { type: 'reversed' };
  const dates = [submitted, answered];
  return {
    type: 'answered',
    answer: {
      request: record.id,
      days: [
        Math.max(0, answered.earliest - submitted.latest),
        answered.latest - submitted.earliest,
      ],
      isPossible: dates.some(({ straddles, date }) => straddles || date.approximate),
    },
  };
}

function median(sorted: readonly number[]): number {
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? 0) + upper) / 2;
}

/**
 * The median of all answer times, as the least and the most it can be: between the median of the
 * shortest and that of the longest. None: null.
 */
export function medianDays(times: readonly AnswerTime[]): Bounds | null {
  if (times.length === 0) return null;
  const sorted = (end: 0 | 1): number[] => times.map(({ days }) => days[end]).sort((a, b) => a - b);
  return [median(sorted(0)), median(sorted(1))];
}
