import { type Bounds, monthsBetween } from '#lib/domain/dates/between.ts';
import { parsePartialDate } from '#lib/domain/dates/partial-date.ts';
import { gapLabel } from '#lib/statements/length.ts';
import { render, type Reader } from '#lib/statements/render.ts';

/** A number or, where it is not known better, its least and its greatest. */
export const boundsFigure = ([least, greatest]: Bounds) =>
  least === greatest
    ? ({ q: '=', n: least } as const)
    : ({ q: '..', n: least, m: greatest } as const);

/** What stands on the line of a gap between two dates (EDTF): `43 months`, `60 days`. */
export function labelOfGap(reader: Reader, from: string, to: string, days: Bounds): string {
  const start = parsePartialDate(from);
  const end = parsePartialDate(to);
  const months = start.ok && end.ok ? monthsBetween(start.value, end.value) : null;
  return render(gapLabel({ days, months: months ?? [0, 0] }), reader);
}
