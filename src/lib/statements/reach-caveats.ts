import type { ReachCaveat } from '#lib/domain/access/counted-people.ts';
import { caveatSentence } from './caveats.ts';
import { localitiesPart, sentence, type Sentence } from './sentence.ts';

/** Caveats about single deliveries are said once, with the number of deliveries. */
const COUNTED = [
  'possible_month',
  'number_from_earlier_stage_or_part',
  'about_or_open_number',
] as const;
const SAID_ONCE = ['capped_at_population', 'too_many_overlaps', 'overlapping_populations'] as const;

/** What has to be said beside numbers of people (indicators 4 and 5), each thing once. */
export function reachCaveatSentences(caveats: readonly ReachCaveat[]): readonly Sentence[] {
  const sentences: Sentence[] = [];
  for (const type of COUNTED) {
    const count = caveats.filter((caveat) => caveat.type === type).length;
    if (count > 0) sentences.push(sentence(`reachCaveat.${type}`, { count }));
  }
  for (const type of SAID_ONCE) {
    if (caveats.some((caveat) => caveat.type === type))
      sentences.push(sentence(`reachCaveat.${type}`));
  }
  for (const caveat of caveats) {
    if (caveat.type === 'approximate_date') sentences.push(caveatSentence(caveat));
    if (caveat.type === 'household_size') {
      sentences.push(sentence('reachCaveat.household_size', { size: caveat.size }));
    }
    if (caveat.type === 'no_population' || caveat.type === 'status_unclear') {
      const places = localitiesPart(caveat.localities);
      sentences.push(sentence(`reachCaveat.${caveat.type}`, { places }));
    }
  }
  return sentences;
}
