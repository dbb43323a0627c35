/** One value that reports give, and how many give it. */
export interface SpreadValue {
  readonly label: string;
  readonly reports: number;
}

export interface SpreadDot {
  readonly x: number;
  readonly y: number;
  /** False: a report that gives no number (hatched). */
  readonly isNumber: boolean;
}

export interface SpreadChart {
  readonly width: number;
  readonly height: number;
  readonly baseline: number;
  readonly dots: readonly SpreadDot[];
  readonly labels: readonly { x: number; y: number; text: string; isNumber: boolean }[];
}

const STEP = 15;
const RADIUS = 6.5;

/**
 * A column of dots a value (indicator 10), one dot a report, the values side by side in their
 * order, and apart from them the reports that give no number. Mirrored right to left.
 */
export function prepareSpread(
  values: readonly SpreadValue[],
  none: SpreadValue,
  rightToLeft: boolean,
): SpreadChart {
  const widths = values.map((value) => Math.max(50, value.label.length * 9.5 + 12));
  const noneWidth = none.reports > 0 ? Math.max(110, none.label.length * 7.5 + 16) : 0;
  const width = widths.reduce((sum, each) => sum + each, 0) + noneWidth;
  const tallest = Math.max(1, none.reports, ...values.map((value) => value.reports));
  const baseline = tallest * STEP + 5;
  const dots: SpreadDot[] = [];
  const labels: { x: number; y: number; text: string; isNumber: boolean }[] = [];
  const place = (x: number): number => (rightToLeft ? width - x : x);
  const column = (centre: number, value: SpreadValue, isNumber: boolean): void => {
    for (let index = 0; index < value.reports; index += 1) {
      dots.push({ x: place(centre), y: baseline - RADIUS - 3 - index * STEP, isNumber });
    }
    labels.push({ x: place(centre), y: baseline + 22, text: value.label, isNumber });
  };
  let along = 0;
  values.forEach((value, index) => {
    const each = widths[index] ?? 0;
    column(along + each / 2, value, true);
    along += each;
  });
  if (none.reports > 0) column(along + noneWidth / 2, none, false);
  return { width, height: baseline + 28, baseline, dots, labels };
}
