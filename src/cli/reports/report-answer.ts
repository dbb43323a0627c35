import type { AccessRecords } from '#lib/domain/access/access-records.ts';
import type { Lens } from '#lib/domain/access/lens.ts';
import type { Day } from '#lib/domain/dates/day.ts';
import type { Reader } from '#lib/statements/render.ts';

export interface ReportRequest {
  readonly asOf: Day;
  readonly lens: Lens;
}

/** One result in the three forms that the command line prints. */
export interface ReportAnswer {
  readonly json: object;
  readonly table: { readonly header: readonly string[]; readonly rows: readonly TableRow[] };
  readonly lines: readonly string[];
}

export type TableRow = readonly (string | number | null)[];

export type Report = (
  records: AccessRecords,
  request: ReportRequest,
  reader: Reader,
) => ReportAnswer;
