import { type Lens, parseLens } from '#lib/domain/access/lens.ts';
import { calendarDayOf, type Day, dayFromIso, dayOf } from '#lib/domain/dates/day.ts';
import type { Dataset } from '#lib/domain/records/dataset.ts';
import { ACCESS_STATUSES, type AccessStatusValue } from '#lib/domain/records/vocabularies.ts';
import { err, ok, type Result } from '#lib/domain/result.ts';
import type { Report, ReportOption, ReportRequest } from './report-answer.ts';

/** The options of a question as they were written. */
export interface WrittenRequest {
  readonly 'as-of'?: string | undefined;
  readonly since?: string | undefined;
  readonly lens?: string | undefined;
  readonly classifier?: string | undefined;
  readonly series?: string | undefined;
  readonly status?: string | undefined;
}

/** A question as it was asked; what is missing is filled in from the records it is asked of. */
export interface AskedRequest {
  readonly asOf: Day;
  readonly today: Day;
  readonly since: Day;
  readonly lens: Lens;
  readonly classifier: string | undefined;
  readonly series: string | undefined;
  readonly status: AccessStatusValue | 'any';
}

/** Whose list counts where neither the question nor the operation says it. */
const USUAL_CLASSIFIER = 'UN';
const STATUSES = [...ACCESS_STATUSES, 'any'] as const;

/** Reads the options; `today` stands for a missing as-of date. */
export function readRequest(
  written: WrittenRequest,
  report: Report,
  today: string,
): Result<AskedRequest, string> {
  const day = dayFromIso(today);
  if (!day.ok) throw new Error(`not a day: ${today}`);
  const asOf = dayFromIso(written['as-of'] ?? today);
  if (!asOf.ok) return err(`--as-of is a day like 2016-06-29, not ${written['as-of']}`);
  const since = written.since === undefined ? null : dayFromIso(written.since);
  if (since && !since.ok) return err(`--since is a day like 2016-01-01, not ${written.since}`);
  if (since && since.value > asOf.value) return err('--since is after --as-of');
  const lens = parseLens(written.lens ?? '');
  if (!lens.ok) return err(`--lens: ${lens.error.type.replaceAll('_', ' ')}: ${lens.error.text}`);
  const status = STATUSES.find((one) => one === (written.status ?? 'besieged'));
  if (!status) return err(`--status is one of ${STATUSES.join(', ')}, not ${written.status}`);
  if (status === 'any' && report.needsList) {
    return err('--status any is for reach: this report is about the places of one list');
  }
  return ok({
    asOf: asOf.value,
    today: day.value,
    since: since?.value ?? startOf(report.from ?? 'year', asOf.value),
    lens: lens.value,
    classifier: nonEmpty(written.classifier),
    series: nonEmpty(written.series),
    status,
  });
}

/** The question with the operation's classifier (else the UN's) and, of it, the population series. */
export function withDefaults(
  { classifier, series, ...asked }: AskedRequest,
  { operation }: Pick<Dataset, 'operation'>,
): ReportRequest {
  const [own] = operation.values();
  const chosen = classifier ?? own?.defaultClassifier ?? USUAL_CLASSIFIER;
  return {
    ...asked,
    classifier: chosen,
    series: series ?? chosen,
    householdSize: own?.householdSize,
  };
}

/** Options that were given and change nothing: whoever asked believes that they do. */
export function unusedOptions(written: WrittenRequest, { uses }: Report): readonly ReportOption[] {
  const options: readonly ReportOption[] = ['since', 'classifier', 'series', 'status', 'lens'];
  return options.filter((option) => written[option] !== undefined && !uses.includes(option));
}

function startOf(unit: 'year' | 'month', day: Day): Day {
  const { year, month } = calendarDayOf(day);
  return dayOf(year, unit === 'year' ? 1 : month, 1);
}

const nonEmpty = (text: string | undefined): string | undefined => text?.trim() || undefined;
