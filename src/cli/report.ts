import { parseArgs } from 'node:util';
import { buildAccess } from '#lib/domain/access/access-records.ts';
import { parseLens } from '#lib/domain/access/lens.ts';
import { dayFromIso } from '#lib/domain/dates/day.ts';
import type { Dataset } from '#lib/domain/records/dataset.ts';
import { err, ok, type Result } from '#lib/domain/result.ts';
import { readFiles } from '#lib/exchange/read-files.ts';
import { isLocale } from '#lib/i18n/locales.ts';
import { withProblems } from './problems.ts';
import { fileOptions, readInput } from './input.ts';
import { done, type Outcome, refused } from './outcome.ts';
import { fileErrorText } from './problem-text.ts';
import { readerFor } from './reader.ts';
import { REPORTS } from './reports/reports.ts';
import { printReport } from './reports/print.ts';
import type { ReportRequest } from './reports/report-answer.ts';

const OPTIONS = {
  from: { type: 'string', multiple: true },
  operation: { type: 'string' },
  'as-of': { type: 'string' },
  lens: { type: 'string', default: '' },
  lang: { type: 'string', default: 'en' },
  format: { type: 'string', default: 'text' },
  kind: { type: 'string' },
  map: { type: 'string', multiple: true },
  'date-order': { type: 'string' },
} as const;

const FORMATS = ['json', 'csv', 'text'] as const;

/** Answers a question from files or from the store: `report gaps --from FILE --as-of DATE`. */
export async function report(args: readonly string[]): Promise<Outcome> {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: OPTIONS,
    allowPositionals: true,
  });
  const [name, ...others] = positionals;
  const answer = name !== undefined && Object.hasOwn(REPORTS, name) ? REPORTS[name] : undefined;
  if (!answer || others.length > 0) {
    const known = Object.keys(REPORTS).join(', ');
    return refused(`report is one of ${known}, not ${positionals.join(' ') || 'nothing'}`);
  }
  const format = FORMATS.find((known) => known === values.format);
  if (!format) return refused(`--format is one of ${FORMATS.join(', ')}`);
  if (!isLocale(values.lang)) return refused('--lang is one of en, ar, fr');
  const request = readRequest(values['as-of'], values.lens);
  if (!request.ok) return refused(request.error);
  const { lang } = values;

  const print = async (dataset: Dataset): Promise<string> => {
    const reader = await readerFor(dataset, lang);
    return printReport(answer(buildAccess(dataset), request.value, reader), format);
  };
  if (values.operation !== undefined) {
    if (values.from) return refused('a report reads --from files or an --operation, not both');
    return fromStore(values.operation, print);
  }
  if (!values.from) return refused('a report needs --from FILE or --operation NAME');
  const options = fileOptions(values);
  if (!options.ok) return refused(options.error);
  const files = await readInput(values.from);
  if (!files.ok) return refused(...files.error);
  const read = readFiles(files.value, { ...options.value, operation: 'files' });
  if (!read.ok) return refused(...read.error.map(fileErrorText));
  return withProblems(done(await print(read.value.dataset)), read.value);
}

async function fromStore(
  name: string,
  print: (dataset: Dataset) => Promise<string>,
): Promise<Outcome> {
  const { chosenOperation, isOutcome, withStore } = await import('./store.ts');
  return withStore(async (operator) => {
    const operation = await chosenOperation(operator, name);
    if (isOutcome(operation)) return operation;
    return done(await print(await operator.dataset(operation.id)));
  });
}

function readRequest(asOf: string | undefined, lensText: string): Result<ReportRequest, string> {
  const day = dayFromIso(asOf ?? new Date().toISOString().slice(0, 10));
  if (!day.ok) return err(`--as-of is a day like 2016-06-29, not ${asOf}`);
  const lens = parseLens(lensText);
  if (!lens.ok) return err(`--lens: ${lens.error.type.replaceAll('_', ' ')}: ${lens.error.text}`);
  return ok({ asOf: day.value, lens: lens.value });
}
