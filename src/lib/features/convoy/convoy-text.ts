import type { Locality } from '#lib/domain/records/dataset.ts';
import type { ConvoyRow, ConvoyView } from '#lib/client/state/views.ts';
import type { Words } from '#lib/ui/words.svelte.ts';
import { shownFigure } from './shown-figure.ts';
import { localityText } from '../place/locality-name.ts';

type Convoy = ConvoyView['derived'];

/** Names of a row: two of them, and how many more. */
export function placesText(localities: readonly Locality[], words: Words): string {
  if (localities.length === 0) return words.t('log.noPlace');
  const names = localities.map((locality) => localityText(locality, words.locale));
  if (names.length <= 3) return words.list(names);
  return words.t('log.andMore', {
    names: names.slice(0, 2).join(words.t('list.comma')),
    count: names.length - 2,
  });
}

/** “38 trucks, about 20,000 people”; empty where no report gives a number. */
export function numbersText(convoy: Convoy | undefined, words: Words): string {
  if (!convoy) return '';
  const { trucks, people } = convoy;
  const parts: string[] = [];
  if (trucks) parts.push(words.counted(shownFigure(trucks), 'trucks'));
  const counted = people.reached ?? people.intended ?? people.approved;
  if (counted) parts.push(words.people(shownFigure(counted)));
  return parts.join(words.t('list.comma'));
}

/** Whether a row is of one convoy: records that only totals of several speak of are none. */
export function isOneConvoy(row: ConvoyRow): boolean {
  return row.date !== null || row.status !== null || row.localities.length > 0;
}
