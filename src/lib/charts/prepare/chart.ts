import { type Basis, release, type Released, type Withheld } from '#lib/domain/access/release.ts';
import type { Day } from '#lib/domain/dates/day.ts';
import type { Result } from '#lib/domain/result.ts';
import type { Scene } from './scene.ts';
import type { MeasureText } from './timeline-input.ts';

/** Names the files of exports, which say nothing of what a chart shows. */
export type ChartKind =
  | 'places'
  | 'months'
  | 'people'
  | 'coverage'
  | 'requests'
  | 'answers'
  | 'supply'
  | 'removed'
  | 'disagreement'
  | 'incidents'
  | 'map';

export interface DrawOptions {
  readonly width: number;
  readonly rightToLeft: boolean;
  readonly measure: MeasureText;
}

/** All that a frame shows of a chart and exports of it, in the reader's language. */
export interface Chart {
  readonly kind: ChartKind;
  readonly asOf: Day;
  /** What the chart found: its title. */
  readonly finding: string;
  /** What has to be said beside it, each a sentence. */
  readonly caveats: readonly string[];
  /** Who says so, and how far the records reach: the last line. */
  readonly source: string;
  readonly table: ChartTable;
  /** Of which records it was made: whether it may leave the device. */
  readonly basis: Basis;
  readonly draw: (options: DrawOptions) => Scene;
}

/** What a file of a chart, or its text, is made of: no other chart leaves the device. */
export type ReleasedChart = Released<Chart>;

/** The chart as one that may leave the device, or why it may not. */
export const releaseChart = (chart: Chart): Result<ReleasedChart, Withheld> => release(chart);

/** The same data as the picture's. */
export interface ChartTable {
  readonly columns: readonly TableColumn[];
  readonly rows: readonly ChartTableRow[];
}

export interface TableColumn {
  readonly title: string;
  readonly isNumber?: boolean;
}

export interface ChartTableRow {
  readonly cells: readonly TableCell[];
  readonly records: readonly string[];
}

export interface TableCell {
  readonly text: string;
  /** For files, where it is not the text: an EDTF date, a number without groups. */
  readonly raw?: string | undefined;
}

export const cell = (text: string, raw?: string): TableCell => ({ text, raw });
