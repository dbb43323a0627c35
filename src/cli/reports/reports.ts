import { disagreement } from './disagreement.ts';
import { firstSince } from './first-since.ts';
import { gaps } from './gaps.ts';
import type { Report } from './report-answer.ts';

/** The questions that the command line answers, by their names. */
export const REPORTS: Readonly<Record<string, Report>> = {
  gaps,
  'first-since': firstSince,
  disagreement,
};
