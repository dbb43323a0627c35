import type { Lens } from '#lib/domain/access/lens.ts';
import type { Modality } from '#lib/domain/records/vocabularies.ts';
import { onDate, sinceDate } from './dates.ts';
import { lensPhrase } from './lens.ts';
import { type Length, lengthInProse, shortLength } from './length.ts';
import { localitiesPart, type Part, sentence, type Sentence } from './sentence.ts';

/** What indicator 2 found for one convoy and one previous date. */
export interface FirstSinceFacts {
  /** EDTF of the delivery. */
  readonly date: string;
  /** Localities that share the previous date. */
  readonly localities: readonly string[];
  /** EDTF of the previous delivery; null: none on record. */
  readonly since: string | null;
  /** From the previous delivery to this one; null with `since`, or where the two are not ordered. */
  readonly length: Length | null;
  readonly lens?: Lens | null | undefined;
  /** EDTF from when the records of these places are believed complete. */
  readonly recordsSince?: string | null | undefined;
  /** Another delivery overlaps this one: it may not be the first. */
  readonly possiblyNotFirst?: boolean | undefined;
  /** Under a lens: the previous delivery where unknowns count too, if that is another (EDTF). */
  readonly possiblySince?: string | null | undefined;
  /** Who says the previous delivery, where nobody else does. */
  readonly source?: Part | null | undefined;
  readonly modality?: Modality | null | undefined;
}

/**
 * "first delivery since November 2012, after nearly 4 years (3 years 7 months), according to
 * Reuters"; none on record: "first on our record" (indicator 2).
 */
export function firstSinceSentence(facts: FirstSinceFacts): Sentence {
  const { source, possiblyNotFirst } = facts;
  let words = claim(facts, false);
  if (possiblyNotFirst) words = sentence('first.possibly', { sentence: words });
  if (facts.possiblySince) {
    words = sentence('first.orSince', { sentence: words, since: sinceDate(facts.possiblySince) });
  }
  if (facts.since && source) words = sentence('first.according', { sentence: words, source });
  return words;
}

/** The same with its places before it: "Arbin and Zamalka: first delivery since …". */
export function firstSinceOfPlaces(facts: FirstSinceFacts): Sentence {
  return sentence('first.places', {
    places: localitiesPart(facts.localities),
    sentence: firstSinceSentence(facts),
  });
}

/** Short, for a title: "first delivery since November 2012, after nearly 4 years". */
export function firstSinceHeadline(facts: FirstSinceFacts): Sentence {
  const words = claim(facts, true);
  return facts.possiblyNotFirst ? sentence('first.possibly', { sentence: words }) : words;
}

/** The line below a place's title: "on 29 June 2016, in one convoy with Zamalka". */
export function firstSinceDeck(date: string, otherLocalities: readonly string[]): Sentence {
  const when = onDate(date);
  if (otherLocalities.length === 0) return when;
  return sentence('first.deck', { when, places: localitiesPart(otherLocalities) });
}

function claim(facts: FirstSinceFacts, isShort: boolean): Sentence {
  const { modality } = facts;
  const words = facts.since && facts.length ? since(facts, isShort) : onRecord(facts);
  if (facts.lens?.modality) return words;
  if (modality === 'airdrop') return sentence('first.airdrop', { sentence: words });
  return modality === 'airlift' ? sentence('first.airlift', { sentence: words }) : words;
}

function since({ since, length, lens }: FirstSinceFacts, isShort: boolean): Sentence {
  if (!since || !length) throw new Error('a sentence about a gap needs both of its ends');
  const phrase = lensPhrase(lens);
  const values = {
    since: sinceDate(since),
    length: isShort ? shortLength(length) : lengthInProse(length),
  };
  return phrase
    ? sentence('first.sinceLens', { ...values, lens: phrase })
    : sentence('first.since', values);
}

function onRecord({ lens, recordsSince }: FirstSinceFacts): Sentence {
  const phrase = lensPhrase(lens);
  const words = phrase
    ? sentence('first.onRecordLens', { lens: phrase })
    : sentence('first.onRecord');
  if (!recordsSince) return words;
  return sentence('first.complete', { sentence: words, since: sinceDate(recordsSince) });
}
