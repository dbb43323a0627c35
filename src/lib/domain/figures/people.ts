import type { Bounds } from '../dates/between.ts';
import { err, ok, type Result } from '../result.ts';
import { figureBounds, type Figure } from './figure.ts';

export interface PeopleFigure {
  readonly figure: Figure;
  /** The size by which families became people, to be stated beside the result; null: none was. */
  readonly householdSize: number | null;
}

export interface PeopleError {
  readonly type: 'household_size_unknown' | 'baskets_are_not_people';
}

/**
 * A figure in people. Families become people by the household size, which has to be stated beside
 * the result, and an exact number of families only about a number of people. Baskets never do.
 */
export function toPeople(
  figure: Figure,
  householdSize: number | undefined,
): Result<PeopleFigure, PeopleError> {
  if (figure.unit === 'baskets') return err({ type: 'baskets_are_not_people' });
  if (figure.unit === undefined) return ok({ figure, householdSize: null });
  if (figure.unit !== 'families') {
    const { unit: _people, ...bare } = figure;
    return ok({ figure: bare, householdSize: null });
  }
  if (householdSize === undefined || !(householdSize > 0)) {
    return err({ type: 'household_size_unknown' });
  }
  const n = Math.round(figure.n * householdSize);
  const people: Figure =
    figure.m === undefined
      ? { q: figure.q === '=' ? '~' : figure.q, n }
      : { q: '..', n, m: Math.round(figure.m * householdSize) };
  return ok({ figure: people, householdSize });
}

export interface PeopleBounds {
  /** Where there is no telling how many ("more than 20,000") both ends are the number stated. */
  readonly people: Bounds;
  readonly householdSize: number | null;
  /** "About", "more than" or "fewer than": to be said beside every sum it is in. */
  readonly isLoose: boolean;
}

/**
 * The least and the greatest number of people that a figure can stand for, for adding up. Null
 * where it cannot be told in people: baskets, or families without a household size.
 */
export function peopleBounds(
  figure: Figure | undefined,
  householdSize: number | undefined,
): PeopleBounds | null {
  if (!figure) return null;
  const people = toPeople(figure, householdSize);
  if (!people.ok) return null;
  const { min, max } = figureBounds(people.value.figure);
  return {
    people: [min, max ?? min],
    householdSize: people.value.householdSize,
    isLoose: '~<>'.includes(people.value.figure.q),
  };
}
