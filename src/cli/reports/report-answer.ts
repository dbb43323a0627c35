import type { AccessRecords } from '#lib/domain/access/access-records.ts';
import type { Lens } from '#lib/domain/access/lens.ts';
import type { Day } from '#lib/domain/dates/day.ts';
import type { AccessStatusValue } from '#lib/domain/records/vocabularies.ts';
import type { Reader } from '#lib/statements/render.ts';
import type { SilentDevices } from './silent-devices.ts';

/** What is asked, with every default filled in. */
export interface ReportRequest {
  readonly asOf: Day;
  /** The day that it really is. */
  readonly today: Day;
  /** First day of the window; the report's own default where none is given. */
  readonly since: Day;
  readonly lens: Lens;
  readonly classifier: string;
  readonly series: string;
  readonly status: AccessStatusValue | 'any';
  readonly householdSize: number | undefined;
  /** Devices of the store that were not heard from for long. */
  readonly silent?: SilentDevices | undefined;
}

/** One result in the three forms that the command line prints. */
export interface ReportAnswer {
  readonly json: object;
  readonly table: { readonly header: readonly string[]; readonly rows: readonly TableRow[] };
  readonly lines: readonly string[];
}

export type TableRow = readonly (string | number | null)[];

/** Options that not every report looks at. */
export type ReportOption = 'since' | 'classifier' | 'series' | 'status' | 'lens';

export interface Report {
  readonly uses: readonly ReportOption[];
  /** The first day of the window where none is given: of the as-of date's year, or of its month. */
  readonly from?: 'year' | 'month';
  /** It is about a list of places, so `--status any` is no status. */
  readonly needsList?: true;
  readonly answer: (records: AccessRecords, request: ReportRequest, reader: Reader) => ReportAnswer;
}
