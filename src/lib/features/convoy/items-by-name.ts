import type { ItemLine } from '#lib/domain/records/dataset.ts';
import { nameKey } from '#lib/domain/names/name-key.ts';
import { ITEM_STAGES } from '#lib/domain/records/vocabularies.ts';

/** All lines about one item: what was loaded of it stands beside what was removed and delivered. */
export interface NamedItem {
  /** As the first of its lines writes it. */
  readonly name: string;
  readonly lines: readonly ItemLine[];
}

/** Signs alone (`%`) have no name key: they are compared as they are. */
const sameness = (text: string): string => nameKey(text) || text.trim().toLowerCase();

/** In the order of the way: loaded, removed, delivered, diverted; without a stage last. */
const stageOf = ({ stage }: ItemLine): number =>
  stage === undefined ? ITEM_STAGES.length : ITEM_STAGES.indexOf(stage);

/**
 * The items of a convoy, by name; a name is the same in any spelling that is certainly the same.
 * Units stand as they are written, beside each quantity: nothing is added up or taken away here.
 */
export function itemsByName(
  lines: readonly ItemLine[],
  compare: (a: string, b: string) => number,
): readonly NamedItem[] {
  return [...Map.groupBy(lines, ({ item }) => sameness(item)).values()]
    .map((own) => {
      const ordered = own.toSorted((a, b) => stageOf(a) - stageOf(b) || (a.id < b.id ? -1 : 1));
      return { name: ordered[0]?.item ?? '', lines: ordered };
    })
    .sort((a, b) => compare(a.name, b.name));
}
