import type { LeftOut } from './caveats.ts';
import type { ConvoyChildren, DerivedConvoy } from './from-reports.ts';

/** Reports and stops whose convoy is not there, and convoys that say too little to be counted. */
export function leftOutOf(
  children: ConvoyChildren,
  convoy: DerivedConvoy | undefined,
): readonly LeftOut[] {
  if (!convoy) {
    return [
      ...children.reports.map(({ id }): LeftOut => ({ type: 'report_without_convoy', record: id })),
      ...children.stops.map(({ id }): LeftOut => ({ type: 'stop_without_convoy', record: id })),
    ];
  }
  const { id, stops, reports } = convoy;
  const leftOut: LeftOut[] = [];
  if (stops.length === 0 && reports.length > 0) leftOut.push({ type: 'no_locality', record: id });
  if (stops.some((stop) => stop.delivered && stop.date === null)) {
    leftOut.push({ type: 'no_date', record: id });
  }
  return leftOut;
}

/** In an order that is the same everywhere: by record, then reason. */
export const compareLeftOut = (a: LeftOut, b: LeftOut): number =>
  a.record === b.record ? (a.type < b.type ? -1 : 1) : a.record < b.record ? -1 : 1;
