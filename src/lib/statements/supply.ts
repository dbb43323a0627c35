import type { Lens } from '#lib/domain/access/lens.ts';
import type { LocalitySupply } from '#lib/domain/access/supply.ts';
import type { SupplyCaveat } from '#lib/domain/access/supply-delivery.ts';
import { type Day, dayToIso } from '#lib/domain/dates/day.ts';
import { caveatSentence } from './caveats.ts';
import { onDate } from './dates.ts';
import { sharePart } from './figures.ts';
import { lensPhrase } from './lens.ts';
import { localitiesPart, sentence, type Sentence } from './sentence.ts';
import { dayPart, periodPart } from './where.ts';

/**
 * "Recorded supply had surely ended by 29 June 2016 in 3 of 5 places where it can be computed": the
 * title of the chart (indicator 7); of which deliveries, where not of all.
 */
export function findingOfSupply(found: readonly LocalitySupply[], lens?: Lens): Sentence {
  const phrase = lensPhrase(lens) ?? '';
  const computed = found.filter(({ notComputed }) => notComputed === null);
  const [first] = computed;
  if (!first) return sentence('supply.none', { lens: phrase });
  const { asOf } = first;
  const ended = computed.filter(({ endsOn }) => hasEnded(endsOn, asOf)).length;
  return sentence('supply.finding', {
    asOf: dayPart(asOf),
    ended,
    count: computed.length,
    lens: phrase,
  });
}

/** "Madaya: recorded supply ended on 30 May 2016; it lasted on 40–50% of the days from … to …". */
export function supplySentence(found: LocalitySupply): Sentence {
  const places = localitiesPart([found.locality]);
  return sentence('supply.ofPlace', { places, sentence: supplyWords(found) });
}

/** What every text about supply says: it is no measure of what there is to eat. */
export const supplyLabel = (): Sentence => sentence('supply.label');

function supplyWords({ notComputed, endsOn, covered, since, asOf }: LocalitySupply): Sentence {
  if (notComputed || !endsOn) {
    return sentence('supply.notComputed', { reason: notComputed ?? 'no_ration_length' });
  }
  const words = sentence('supply.ends', {
    tense: hasEnded(endsOn, asOf) ? 'past' : 'other',
    when: endPart(endsOn),
  });
  if (!covered) return words;
  return sentence('supply.covered', {
    sentence: words,
    share: sharePart(covered.share),
    period: periodPart(since, asOf),
  });
}

const hasEnded = (endsOn: LocalitySupply['endsOn'], asOf: Day): boolean => {
  const latest = endsOn?.[1] ?? null;
  return latest !== null && latest < asOf;
};

function endPart([earliest, latest]: NonNullable<LocalitySupply['endsOn']>): Sentence {
  if (earliest === null && latest === null) return sentence('supply.unknownEnd');
  if (latest === null) return sentence('supply.atEarliest', { date: dayPart(earliest!) });
  if (earliest === null) return sentence('supply.atLatest', { date: dayPart(latest) });
  if (earliest === latest) return onDate(dayToIso(latest));
  return sentence('supply.between', { from: dayPart(earliest), to: dayPart(latest) });
}

const COUNTED = [
  'not_people_reached',
  'about_or_open_number',
  'own_people',
  'population_from_later',
] as const;

/** What has to be said beside the supply of a place; caveats about single deliveries as a number. */
export function supplyCaveatSentences(caveats: readonly SupplyCaveat[]): readonly Sentence[] {
  const sentences: Sentence[] = COUNTED.flatMap((type) => {
    const count = caveats.filter((caveat) => caveat.type === type).length;
    return count > 0 ? [sentence(`supplyCaveat.${type}`, { count })] : [];
  });
  const earlier = caveats.filter(({ type }) => type === 'number_from_earlier_stage_or_part').length;
  if (earlier > 0) {
    const count = earlier;
    sentences.push(sentence('reachCaveat.number_from_earlier_stage_or_part', { count }));
  }
  return [...sentences, ...caveats.flatMap(singleCaveat)];
}

function singleCaveat(caveat: SupplyCaveat): readonly Sentence[] {
  switch (caveat.type) {
    case 'not_people_reached':
    case 'about_or_open_number':
    case 'own_people':
    case 'population_from_later':
    case 'number_from_earlier_stage_or_part':
      return [];
    case 'shared_delivery':
      return [
        sentence('supplyCaveat.shared_delivery', { places: localitiesPart(caveat.localities) }),
      ];
    case 'household_size':
      return [sentence('reachCaveat.household_size', { size: caveat.size })];
    case 'without_ration_length':
    case 'without_people':
      return [sentence(`supplyCaveat.${caveat.type}`, { count: caveat.stops.length })];
    default:
      return [caveatSentence(caveat)];
  }
}
