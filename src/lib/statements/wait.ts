import type { Lens } from '#lib/domain/access/lens.ts';
import { sinceDate } from './dates.ts';
import { lensPhrase } from './lens.ts';
import { type Bounds, daysLength } from './length.ts';
import { localitiesPart, sentence, type Sentence } from './sentence.ts';

/** The open gap of indicator 1. */
export interface WaitFacts {
  /** EDTF of the last delivery; null: none on record. */
  readonly from: string | null;
  readonly days: Bounds | null;
  readonly lens?: Lens | null | undefined;
  /** EDTF; unknown: the wait is one "on our record". */
  readonly recordsSince?: string | null | undefined;
}

/** "no delivery on our record for 127 days"; none at all: "no delivery on our record". */
export function waitSentence(facts: WaitFacts): Sentence {
  const { days, lens } = facts;
  const phrase = lensPhrase(lens);
  if (!facts.from || !days) {
    return phrase ? sentence('wait.noneLens', { lens: phrase }) : sentence('wait.none');
  }
  const length = daysLength(days);
  if (phrase) return sentence('wait.forLens', { lens: phrase, length });
  return sentence(facts.recordsSince ? 'wait.forComplete' : 'wait.for', { length });
}

/** "no delivery on our record since 23 February 2016". */
export function waitSinceSentence(facts: WaitFacts): Sentence {
  if (!facts.from) return waitSentence(facts);
  const since = sinceDate(facts.from);
  const phrase = lensPhrase(facts.lens);
  if (phrase) return sentence('wait.sinceLens', { lens: phrase, since });
  return sentence(facts.recordsSince ? 'wait.sinceComplete' : 'wait.since', { since });
}

/** "Kafr Batna: no delivery on our record for 127 days". */
export function waitOfPlaces(localities: readonly string[], facts: WaitFacts): Sentence {
  return sentence('wait.ofPlaces', {
    places: localitiesPart(localities),
    sentence: waitSentence(facts),
  });
}

/**
 * A wait under a lens, from the possible bound (unknowns counted: the shortest) to the recorded one
 * (the longest): "wait for a further food delivery: at least 60 days and at most 167 days".
 */
export function lensWaitSentence(possible: Bounds, recorded: Bounds, lens: Lens): Sentence {
  return sentence('wait.boundsLens', {
    lens: lensPhrase(lens) ?? '',
    least: sentence('duration.days', { count: Math.min(possible[0], recorded[0]) }),
    greatest: sentence('duration.days', { count: Math.max(possible[1], recorded[1]) }),
  });
}
