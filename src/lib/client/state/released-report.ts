import type { ReleasedChart } from '#lib/charts/prepare/chart.ts';
import { type Basis, release, type Released, type Withheld } from '#lib/domain/access/release.ts';
import type { Result } from '#lib/domain/result.ts';
import type { SitrepSectionId } from '#lib/statements/sitrep.ts';
import type { SitrepText } from '#lib/statements/sitrep-text.ts';

/** A chart of the report, and below which of its sections it stands; null: it leads, below the title. */
export interface ReportFigure<C> {
  readonly section: SitrepSectionId | null;
  readonly chart: C;
}

/** The situation report whole: what is copied, saved and printed. */
export interface Report {
  readonly text: SitrepText;
  readonly figures: readonly ReportFigure<ReleasedChart>[];
  /** Of which records its text was made; each chart has its own. */
  readonly basis: Basis;
}
export type ReleasedReport = Released<Report>;

/** The report as one that may leave the device, or why it may not. */
export const releaseReport = (report: Report): Result<ReleasedReport, Withheld> => release(report);
