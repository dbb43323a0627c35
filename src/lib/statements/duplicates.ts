import type { DerivedConvoy } from '#lib/domain/access/from-reports.ts';
import { convoyHead, convoyTitle } from './results.ts';
import { sentence, type Sentence } from './sentence.ts';

/** "Looks like the convoy to Zamalka and Arbin, 29 June 2016: is it this one?" */
export const duplicateOffer = (known: DerivedConvoy): Sentence =>
  sentence('duplicate.offer', { convoy: convoyHead(known) });

/** Two convoys that may be one (indicator 12): a question for a person, never an answer. */
export const duplicatePair = (one: DerivedConvoy, other: DerivedConvoy): Sentence =>
  sentence('duplicate.pair', { one: convoyTitle(one), other: convoyTitle(other) });
