import type { Day } from '#lib/domain/dates/day.ts';
import type { AccessStatusValue } from '#lib/domain/records/vocabularies.ts';
import { type MonthCell } from './month-cells.ts';
import { type MeasureText, type TimelineInput } from './timeline-input.ts';
import { ALL_PLACES_LAPTOP, ALL_PLACES_PHONE, type TimelineStyle } from './timeline-style.ts';
import { wrapText } from './wrap-text.ts';

export interface ShownText {
  readonly text: string;
  /** Where its script is not the reader's. */
  readonly lang?: string | undefined;
}

/** One place of the time line of all places. */
export interface PlaceLine {
  readonly id: string;
  readonly name: ShownText;
  readonly other: ShownText | null;
  readonly input: TimelineInput;
  /** `127 days`; where no delivery is on record, the words that say so. */
  readonly wait: string;
  /** What a screen reader says of the row. */
  readonly label: string;
  /** The least number of days it waits; null: no delivery on record. */
  readonly waitDays: number | null;
  /** Besieged or hard to reach on the as-of date: only then a wait is ranked (indicator 1). */
  readonly isRanked: boolean;
  readonly status: AccessStatusValue | null;
  readonly area: string;
  /** The last months before the as-of date; empty where the chart has no room for them. */
  readonly months: readonly MonthCell[];
  readonly records: readonly string[];
}

export interface PlacesOptions {
  readonly asOf: Day;
  readonly width: number;
  readonly rightToLeft: boolean;
  readonly measure: MeasureText;
}

export interface PlacedRow {
  readonly line: PlaceLine;
  readonly top: number;
  readonly height: number;
  readonly nameLines: readonly string[];
  readonly waitLines: readonly string[];
  readonly otherLines: readonly string[];
  /** The name in the other script stands on lines of its own. */
  readonly isOtherBelow: boolean;
}

/** Where the columns and the rows of the chart are: all that panning and zooming leave alone. */
export interface PlacesLayout {
  readonly options: PlacesOptions;
  readonly style: TimelineStyle;
  readonly isWide: boolean;
  readonly rows: readonly PlacedRow[];
  readonly height: number;
  /** Px from the beginning of the reading direction. */
  readonly nameWidth: number;
  readonly timeStart: number;
  readonly timeWidth: number;
  readonly monthsStart: number;
  readonly waitWidth: number;
}

/** From this width on names stand beside the other script's, and the last months have columns. */
const WIDE = 720;
export const isWideChart = (width: number): boolean => width >= WIDE;

/** A month cell with the paper after it, in px. */
export const MONTH_STEP = 32;
const NAME_SIZE = 15;
const OTHER_SIZE = 14;
const LINE = 18;

/** Lays out the columns and rows; a name that needs more lines makes its row higher. */
export function layoutPlaces(lines: readonly PlaceLine[], options: PlacesOptions): PlacesLayout {
  const { width, measure } = options;
  const isWide = isWideChart(width);
  const style = isWide ? ALL_PLACES_LAPTOP : ALL_PLACES_PHONE;
  const nameWidth = isWide ? Math.min(220, width * 0.16) : Math.min(120, width * 0.33);
  const waitSize = isWide ? 15 : 16;
  const widthOf = (words: string, isKnown: boolean): number =>
    isKnown ? measure(words, waitSize, true) : measure(words, 13, true);
  // a wait takes what it needs on a laptop; on a phone its longest word does, and the rest wraps
  const waits = lines.flatMap(({ wait, waitDays }) =>
    (isWide ? [wait] : wait.split(' ')).map((words) => widthOf(words, waitDays !== null)),
  );
  const waitWidth = isWide
    ? Math.min(150, Math.max(60, ...waits))
    : Math.min(104, Math.max(74, ...waits));
  const months = isWide ? Math.max(0, ...lines.map((line) => line.months.length)) : 0;
  const monthsWidth = months * MONTH_STEP;
  const timeStart = nameWidth + (isWide ? 12 : 8);
  const after = monthsWidth > 0 ? monthsWidth + 30 + 14 : 8;
  const timeWidth = Math.max(60, width - timeStart - after - waitWidth);
  let top = 0;
  const rows = lines.map((line): PlacedRow => {
    const name = { width: nameWidth, size: NAME_SIZE, isBold: true };
    const nameLines = wrapText(line.name.text, name, measure);
    const isKnown = line.waitDays !== null;
    const waitStyle = { width: waitWidth + 1, size: isKnown ? waitSize : 13, isBold: isKnown };
    const waitLines = wrapText(line.wait, waitStyle, measure);
    const used = Math.max(...nameLines.map((each) => measure(each, NAME_SIZE, true)));
    const otherWidth = line.other ? measure(line.other.text, OTHER_SIZE, false) : 0;
    const isOtherBelow =
      line.other !== null &&
      (!isWide || nameLines.length > 1 || used + 10 + otherWidth > nameWidth);
    const otherStyle = { width: nameWidth, size: OTHER_SIZE };
    const otherLines = line.other ? wrapText(line.other.text, otherStyle, measure) : [];
    const below = isOtherBelow ? otherLines.length : 0;
    const textLines = Math.max(nameLines.length + below, waitLines.length);
    const height = Math.max(style.height, textLines * LINE + 10);
    const row = { line, top, height, nameLines, otherLines, waitLines, isOtherBelow };
    top += height;
    return row;
  });
  return {
    options,
    style,
    isWide,
    rows,
    height: top,
    nameWidth,
    timeStart,
    timeWidth,
    monthsStart: timeStart + timeWidth + 30,
    waitWidth,
  };
}

/** The rows of which anything lies between two heights: only these are drawn. */
export function rowsBetween(
  { rows }: PlacesLayout,
  from: number,
  to: number,
): readonly PlacedRow[] {
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const row = rows[middle]!;
    if (row.top + row.height <= from) low = middle + 1;
    else high = middle;
  }
  let end = low;
  while (end < rows.length && rows[end]!.top < to) end += 1;
  return rows.slice(low, end);
}

export type PlacesOrder = 'wait' | 'status' | 'area' | 'name';

const BY_STATUS: readonly (AccessStatusValue | null)[] = [
  'besieged',
  'hard_to_reach',
  'unknown',
  null,
  'siege_lifted',
  'accessible',
  'evacuated',
];

/**
 * The rows in the order that somebody chose. By wait as indicator 1 ranks: the longest first among
 * the besieged and hard to reach, there last those without any delivery on record, then the others
 * by name. Equal ones stand by name.
 */
export function orderPlaces(
  lines: readonly PlaceLine[],
  order: PlacesOrder,
  compare: (a: string, b: string) => number,
): readonly PlaceLine[] {
  const byName = (a: PlaceLine, b: PlaceLine): number => compare(a.name.text, b.name.text);
  const byWait = (a: PlaceLine, b: PlaceLine): number =>
    Number(b.isRanked) - Number(a.isRanked) ||
    (a.isRanked ? (b.waitDays ?? -1) - (a.waitDays ?? -1) : 0) ||
    byName(a, b);
  const rank: Readonly<Record<PlacesOrder, (a: PlaceLine, b: PlaceLine) => number>> = {
    wait: byWait,
    status: (a, b) => BY_STATUS.indexOf(a.status) - BY_STATUS.indexOf(b.status) || byWait(a, b),
    // places of no area stand last
    area: (a, b) =>
      Number(a.area === '') - Number(b.area === '') || compare(a.area, b.area) || byWait(a, b),
    name: byName,
  };
  return [...lines].sort(rank[order]);
}
