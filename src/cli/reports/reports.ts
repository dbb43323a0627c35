import { claims } from './claims.ts';
import { coverage } from './coverage.ts';
import { disagreement } from './disagreement.ts';
import { duplicates } from './duplicates.ts';
import { firstSince } from './first-since.ts';
import { gaps } from './gaps.ts';
import { reach } from './reach.ts';
import type { Report } from './report-answer.ts';
import { requests } from './requests.ts';
import { sitrep } from './sitrep.ts';
import { supply } from './supply.ts';

/** The questions that the command line answers, by their names. */
export const REPORTS: Readonly<Record<string, Report>> = {
  gaps,
  'first-since': firstSince,
  coverage,
  reach,
  requests,
  supply,
  disagreement,
  claims,
  duplicates,
  sitrep,
};
