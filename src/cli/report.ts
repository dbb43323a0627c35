import { parseArgs } from 'node:util';
import { buildAccess } from '#lib/domain/access/access-records.ts';
import type { Dataset } from '#lib/domain/records/dataset.ts';
import { readFiles } from '#lib/exchange/read-files.ts';
import { isLocale } from '#lib/i18n/locales.ts';
import { withProblems } from './problems.ts';
import { fileOptions, readInput } from './input.ts';
import { done, type Outcome, refused } from './outcome.ts';
import { fileErrorText } from './problem-text.ts';
import { readerFor } from './reader.ts';
import { REPORTS } from './reports/reports.ts';
import { type SilentDevices, silentDevices } from './reports/silent-devices.ts';
import { printReport } from './reports/print.ts';
import { readRequest, unusedOptions, withDefaults } from './reports/read-request.ts';

const OPTIONS = {
  from: { type: 'string', multiple: true },
  operation: { type: 'string' },
  'as-of': { type: 'string' },
  since: { type: 'string' },
  classifier: { type: 'string' },
  series: { type: 'string' },
  status: { type: 'string' },
  lens: { type: 'string' },
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
  const report = name !== undefined && Object.hasOwn(REPORTS, name) ? REPORTS[name] : undefined;
  if (!report || others.length > 0) {
    const known = Object.keys(REPORTS).join(', ');
    return refused(`report is one of ${known}, not ${positionals.join(' ') || 'nothing'}`);
  }
  const format = FORMATS.find((known) => known === values.format);
  if (!format) return refused(`--format is one of ${FORMATS.join(', ')}`);
  if (!isLocale(values.lang)) return refused('--lang is one of en, ar, fr');
  const request = readRequest(values, report, new Date().toISOString().slice(0, 10));
  if (!request.ok) return refused(request.error);
  const { lang } = values;
  const notes = unusedOptions(values, report).map(
    (option) => `warning: report ${name} does not look at --${option}`,
  );

  const print: Print = async (dataset, silent) => {
    const reader = await readerFor(dataset, lang);
    const asked = { ...withDefaults(request.value, dataset), silent };
    return done(printReport(report.answer(buildAccess(dataset), asked, reader), format), notes);
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
  return withProblems(await print(read.value.dataset), read.value);
}

/** Answers of these records; what devices are silent is known of a store alone. */
type Print = (dataset: Dataset, silent?: SilentDevices) => Promise<Outcome>;

async function fromStore(name: string, print: Print): Promise<Outcome> {
  const { chosenOperation, isOutcome, withStore } = await import('./store.ts');
  return withStore(async (operator) => {
    const operation = await chosenOperation(operator, name);
    if (isOutcome(operation)) return operation;
    const devices = await operator.devices(operation.id);
    return print(await operator.dataset(operation.id), silentDevices(devices, new Date()));
  });
}
