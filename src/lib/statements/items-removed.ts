import type { ItemsRemoved, RemovedItem } from '#lib/domain/access/items-removed.ts';
import type { Day } from '#lib/domain/dates/day.ts';
import { caveatSentence } from './caveats.ts';
import { onDate } from './dates.ts';
import { boundsFigure, figureNumber } from './figures.ts';
import { listPart, localitiesPart, type Part, sentence, type Sentence } from './sentence.ts';
import { dayPart, periodPart } from './where.ts';

/**
 * "Removed from convoys, from 1 January 2016 to 30 June 2016: medical kits, surgical supplies": the
 * title of the chart (indicator 8). Quantities stand in the lines, since units are never mixed.
 */
export function findingOfItemsRemoved({ entries, since, asOf }: ItemsRemoved): Sentence {
  const period = periodOf(since, asOf);
  if (entries.length === 0) return sentence('removed.none', { period });
  const items = [...new Set(entries.map(({ item }) => item))];
  return sentence('removed.finding', { period, items: listPart(items) });
}

/** "Medical kits: 12 boxes, removed from a convoy to Arbin, in February 2016". */
export function removedSentence(found: RemovedItem): Sentence {
  const { localities, month } = found;
  const item = sentence('removed.item', { item: found.item, quantity: quantityPart(found) });
  const when = onDate(month);
  return localities.length > 0
    ? sentence('removed.line', { item, places: localitiesPart(localities), when })
    : sentence('removed.lineNoPlace', { item, when });
}

const COUNTED_CAVEATS = ['possible_month', 'about_or_open_quantity'] as const;

/** What has to be said beside removed items, each thing once. */
export function removedCaveatSentences(
  entries: readonly Pick<RemovedItem, 'caveats'>[],
): readonly Sentence[] {
  const all = entries.flatMap(({ caveats }) => caveats);
  const sentences: Sentence[] = COUNTED_CAVEATS.flatMap((type) => {
    const count = all.filter((caveat) => caveat.type === type).length;
    return count > 0 ? [sentence(`removedCaveat.${type}`, { count })] : [];
  });
  const dates = new Set(
    all.flatMap((caveat) => (caveat.type === 'approximate_date' ? [caveat.date] : [])),
  );
  return [
    ...sentences,
    ...[...dates].map((date) => caveatSentence({ type: 'approximate_date', date })),
  ];
}

function quantityPart({ quantity, unit, withoutQuantity }: RemovedItem): Part {
  if (!quantity) return sentence('removed.noQuantity');
  const number = figureNumber(boundsFigure(quantity));
  const words = unit
    ? sentence('removed.quantity', { number, unit })
    : sentence('removed.noUnit', { number });
  return withoutQuantity > 0 ? sentence('removed.more', { quantity: words }) : words;
}

const periodOf = (since: Day | null, asOf: Day): Sentence =>
  since === null ? sentence('removed.upTo', { asOf: dayPart(asOf) }) : periodPart(since, asOf);
