import type { Bounds } from '../dates/between.ts';
import type { Day } from '../dates/day.ts';
import { batchOf, type Supplied } from './supply-delivery.ts';
import { daysCovered, eatenOf } from './supply-stock.ts';

/** How much of a window recorded supply lasted (indicator 7). */
export interface CoveredDays {
  /** The least and the most that it can have been; a part of a day counts as that part. */
  readonly days: Bounds;
  readonly of: number;
  readonly share: Bounds;
}

/** Up to here every day that the deliveries can have come on is tried. */
const MOST_CHOICES = 500;
/** Of more ranges across the window's first day than this, the rest is left out of the least. */
const MOST_ACROSS = 8;

interface Window {
  readonly since: Day;
  readonly asOf: Day;
}

/** All that can be chosen from lists, one of each. */
function choicesOf(lists: readonly (readonly Day[])[]): readonly (readonly Day[])[] {
  return lists.reduce<readonly (readonly Day[])[]>(
    (all, list) => all.flatMap((one) => list.map((day) => [...one, day])),
    [[]],
  );
}

/** What is covered for each choice of the days on which the deliveries came. */
function coveredBy(
  supplied: readonly Supplied[],
  end: 0 | 1,
  days: readonly (readonly Day[])[],
  { since, asOf }: Window,
): readonly number[] {
  // Most days are known: only the others have to be chosen.
  const open = days.flatMap((list, i) => (list.length > 1 ? [i] : []));
  return choicesOf(open.map((i) => days[i] ?? [])).map((chosen) => {
    const chosenOf = new Map(open.map((i, at) => [i, chosen[at]]));
    const batches = supplied.map((one, i) =>
      batchOf(one, end, chosenOf.get(i) ?? days[i]?.[0] ?? one.cut.earliest),
    );
    return daysCovered(eatenOf(batches), since, asOf);
  });
}

/**
 * Where nobody's number changes, the least and the most are at known ends of the ranges: of what
 * came before the window the less is left the earlier it came, and of what came within it the later.
 */
function atEnds(supplied: readonly Supplied[], window: Window): Bounds {
  const { since } = window;
  const isAcross = ({ cut }: Supplied): boolean => cut.earliest < since && cut.latest >= since;
  const sure = supplied.filter(({ cut }) => !cut.straddles);
  const across = sure.filter(isAcross).slice(0, MOST_ACROSS);
  const least = sure.filter((one) => !isAcross(one) || across.includes(one));
  const worst = least.map((one) => {
    const { earliest, latest } = one.cut;
    if (isAcross(one)) return [earliest, latest];
    return [latest < since ? earliest : latest];
  });
  const best = supplied.map(({ cut }) => [Math.min(Math.max(since, cut.earliest), cut.latest)]);
  return [
    Math.min(...coveredBy(least, 0, worst, window)),
    Math.max(...coveredBy(supplied, 1, best, window)),
  ];
}

const daysOf = ({ cut: { earliest, latest } }: Supplied): readonly Day[] =>
  Array.from({ length: latest - earliest + 1 }, (_, i) => earliest + i);

/** The population as one range for all time, wide enough for every day. */
function withoutChange(one: Supplied): Supplied {
  const [first] = one.steps;
  if (!first) return one;
  const people: Bounds = [
    Math.min(...one.steps.map((step) => step.people[0])),
    Math.max(...one.steps.map((step) => step.people[1])),
  ];
  return { ...one, steps: [{ ...first, people }] };
}

/**
 * Days from `since` to the as-of date on which recorded supply lasted. Where a population changes
 * while dates are ranges, every day of these is tried; where they are too many, the bounds are those
 * of the least and the greatest population, which are never too narrow.
 */
export function coveredDays(
  supplied: readonly Supplied[],
  since: Day,
  asOf: Day,
): CoveredDays | null {
  const of = asOf - since + 1;
  if (of <= 0) return null;
  const window = { since, asOf };
  const sure = supplied.filter(({ cut }) => !cut.straddles);
  const choices = supplied.reduce(
    (product, { cut }) => product * (cut.latest - cut.earliest + 1),
    1,
  );
  const isChanging = supplied.some(({ steps }) => steps.length > 1);
  const days: Bounds = !isChanging
    ? atEnds(supplied, window)
    : choices <= MOST_CHOICES
      ? [
          Math.min(...coveredBy(sure, 0, sure.map(daysOf), window)),
          Math.max(...coveredBy(supplied, 1, supplied.map(daysOf), window)),
        ]
      : atEnds(supplied.map(withoutChange), window);
  return { days, of, share: [days[0] / of, days[1] / of] };
}
