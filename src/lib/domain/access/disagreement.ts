import type { Day } from '../dates/day.ts';
import { figureBounds, figureToText, type Figure } from '../figures/figure.ts';
import type { AccessRecords } from './access-records.ts';
import type { FigureCount } from './agreement.ts';
import type { DerivedConvoy, DerivedNumber } from './from-reports.ts';
import { byId } from './regroup.ts';

export type DisputedFigure = 'trucks' | 'people_intended' | 'people_approved' | 'people_reached';

/** Indicator 10: a figure of a convoy for which its reports give two or more different values. */
export interface Disagreement {
  readonly definition: 'indicator 10';
  readonly convoy: string;
  readonly convoyName: string;
  readonly figure: DisputedFigure;
  /** What a person accepted, or what follows from the reports. */
  readonly value: Figure;
  readonly isAccepted: boolean;
  readonly fromEarlierStageOrPart: boolean;
  readonly values: readonly FigureCount[];
  /** The least and the greatest number stated. */
  readonly min: number;
  readonly max: number;
  /** How many of the convoy's reports give a number, and of how many, totals left out. */
  readonly given: number;
  readonly of: number;
  /** Ids of the reports. */
  readonly from: readonly string[];
}

const FIGURES: readonly (readonly [
  DisputedFigure,
  (convoy: DerivedConvoy) => DerivedNumber | null,
])[] = [
  ['trucks', (convoy) => convoy.trucks],
  ['people_intended', (convoy) => convoy.people.intended],
  ['people_approved', (convoy) => convoy.people.approved],
  ['people_reached', (convoy) => convoy.people.reached],
];

/** The figures of one convoy on which its reports differ, totals left out (indicator 10). */
export function disagreementsOf(convoy: DerivedConvoy): readonly Disagreement[] {
  return FIGURES.flatMap(([figure, numberOf]) => {
    const number = numberOf(convoy);
    if (!number || number.values.length < 2) return [];
    const stated = number.values.map((value) => value.figure);
    return {
      definition: 'indicator 10' as const,
      convoy: convoy.id,
      convoyName: convoy.name,
      figure,
      value: number.value,
      isAccepted: number.accepted,
      fromEarlierStageOrPart: number.fromEarlierStageOrPart,
      values: number.values,
      min: Math.min(...stated.map((value) => value.n)),
      max: Math.max(...stated.map((value) => figureBounds(value).max ?? value.n)),
      given: number.given,
      of: number.of,
      from: convoy.reports,
    };
  });
}

/** Indicator 10 of every convoy not after the as-of date, by date, then convoy, then figure. */
export function computeDisagreements(
  { convoys }: Pick<AccessRecords, 'convoys'>,
  asOf: Day,
): readonly Disagreement[] {
  const start = (convoy: DerivedConvoy): number => convoy.date?.earliest ?? -Infinity;
  return [...convoys.values()]
    .filter((convoy) => start(convoy) <= asOf)
    .sort((a, b) => start(a) - start(b) || a.name.localeCompare(b.name, 'en') || byId(a, b))
    .flatMap(disagreementsOf);
}

/** A figure as the reports of the command line print it: `37`, `~20000`, a tie as `44-50`. */
export const acceptedText = ({ value }: Disagreement): string => figureToText(value);
