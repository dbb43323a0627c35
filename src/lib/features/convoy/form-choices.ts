import type { OpenOperation } from '#lib/client/state/open-operation.svelte.ts';
import type { Words } from '#lib/ui/words.svelte.ts';
import { localityName } from '../place/locality-name.ts';
import type { ChoiceHit } from './choice-search.ts';
import type { NamedChoice } from './convoy-draft.ts';

/** Places by a name in any spelling; which of them it certainly is stands in bold. */
export function searchPlaces(operation: OpenOperation, words: Words, text: string): ChoiceHit[] {
  const { records, access } = operation;
  return access.searchPlaces(text, 8).flatMap((hit): ChoiceHit[] => {
    const locality = records.dataset.locality.get(hit.entry.id);
    if (!locality) return [];
    const { main, other } = localityName(locality, words.locale);
    const beside =
      hit.name !== main.text && hit.name !== other?.text
        ? { text: hit.name }
        : other && { text: other.text, ...(other.lang ? { lang: other.lang } : {}) };
    const isCertain = hit.score >= 1;
    return [{ id: locality.id, name: main.text, isCertain, ...(beside ? { beside } : {}) }];
  });
}

export function searchOrganisations(operation: OpenOperation, text: string): ChoiceHit[] {
  const { records, access } = operation;
  return access.searchOrganisations(text, 8).flatMap((hit): ChoiceHit[] => {
    const organisation = records.dataset.organisation.get(hit.entry.id);
    if (!organisation) return [];
    const { id, name, acronym } = organisation;
    const beside = acronym === undefined ? {} : { beside: { text: name } };
    return [{ id, name: acronym ?? name, isCertain: hit.score >= 1, ...beside }];
  });
}

/** The places of the newest convoys, each once. */
export function recentPlaces(operation: OpenOperation, words: Words): NamedChoice[] {
  const recent = new Map<string, NamedChoice>();
  for (const row of operation.access.convoys.slice(0, 8)) {
    for (const locality of row.localities) {
      const name = localityName(locality, words.locale).main.text;
      recent.set(locality.id, { id: locality.id, name, isNew: false });
    }
  }
  return [...recent.values()].slice(0, 6);
}
