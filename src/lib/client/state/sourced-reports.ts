import type { Dataset } from '#lib/domain/records/dataset.ts';
import type { SourcedReport } from './views.ts';

/** Reports with the source that gives each, in an order that does not change between revisions. */
export function sourcedReports(dataset: Dataset, ids: readonly string[]): SourcedReport[] {
  return ids.flatMap((id) => {
    const report = dataset.report.get(id);
    if (!report) return [];
    const source = dataset.source.get(report.source);
    const organisation = source?.organisation
      ? dataset.organisation.get(source.organisation)
      : undefined;
    const sourceName =
      source?.publisher ??
      source?.title ??
      organisation?.acronym ??
      organisation?.name ??
      source?.url ??
      '';
    return [{ report, source, sourceName }];
  });
}
