import type { Dataset } from '../dataset.ts';
import { reportDates, reportFigures } from './report-warnings.ts';
import type { Warning } from './warning.ts';
import { type Edit, withEdits } from './with-edits.ts';

/**
 * What saving these edits would make reports say against themselves or their sources that they do
 * not say yet: of `warningsOfEdits` what logging a convoy asks about, without the rules of all the
 * other records (ADR 0181).
 */
export function contradictionsOfReports(
  edits: readonly Edit[],
  dataset: Dataset,
): readonly Warning[] {
  const after = withEdits(dataset, edits);
  const reports = new Set(edits.flatMap(({ kind, id }) => (kind === 'report' ? [id] : [])));
  return [...reports].flatMap((id) => {
    const known = new Set(warningsIn(dataset, id).map(({ code }) => code));
    return warningsIn(after, id).filter(({ code }) => !known.has(code));
  });
}

function warningsIn(dataset: Dataset, id: string): readonly Warning[] {
  const report = dataset.report.get(id);
  if (!report) return [];
  const context = { dataset, today: undefined };
  return [...reportDates(report, context), ...reportFigures(report, context)];
}
