import { figureToText } from '../figures/figure.ts';
import type { PublishedTotal } from './published-totals.ts';

/** A published total in the command line's shape: `people` is a figure (`590000`, `~4000000`). */
export interface PublishedTotalReport {
  readonly series: string;
  readonly total: string;
  readonly asOf: string;
  readonly people: string;
  readonly unit: string;
  readonly latest: boolean;
}

/** Beside `report coverage`: what was published without places, the newest first. */
export const publishedTotalsReport = (
  totals: readonly PublishedTotal[],
): readonly PublishedTotalReport[] =>
  totals.map(({ series, total, asOf, people, isLatest }) => ({
    series,
    total,
    asOf: asOf.edtf,
    people: figureToText(people),
    unit: people.unit ?? 'people',
    latest: isLatest,
  }));
