import type { OpenOperation } from '#lib/client/state/open-operation.svelte.ts';
import type { Words } from '#lib/ui/words.svelte.ts';
import { localityName } from '../place/locality-name.ts';
import type { ChoiceHit } from './choice-search.ts';
import type { ConvoyDraft, NamedChoice } from './convoy-draft.ts';

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

/** A report as the form shows it, to be corrected; undefined where there is none. */
export function draftOfReport(
  operation: OpenOperation,
  words: Words,
  id: string,
): ConvoyDraft | undefined {
  const { dataset, newId } = operation.records;
  const report = dataset.report.get(id);
  if (!report) return undefined;
  const choices = (
    ids: readonly string[] | undefined,
    nameOf: (id: string) => string | undefined,
  ) => (ids ?? []).map((each) => ({ id: each, name: nameOf(each) ?? each, isNew: false }));
  const movement = [...dataset.movement.values()].find((each) => each.convoy === report.convoy);
  const figure = report.people;
  const written = (number: typeof figure): string => {
    if (!number) return '';
    if (number.q === '..') return `${number.n}-${number.m ?? number.n}`;
    return `${number.q === '>' || number.q === '<' ? number.q : ''}${number.n}`;
  };
  const source = dataset.source.get(report.source);
  return {
    convoy: report.convoy,
    report: report.id,
    source: report.source,
    movement: movement?.id ?? newId(),
    places: choices(report.localities, (each) => {
      const locality = dataset.locality.get(each);
      return locality && localityName(locality, words.locale).main.text;
    }),
    trucks: report.trucks?.q === '~' ? `~${report.trucks.n}` : written(report.trucks),
    people: written(figure),
    peopleUnit: figure?.unit === 'families' ? 'families' : 'people',
    isAbout: figure?.q === '~',
    peopleKind: report.peopleKind ?? 'intended',
    date: report.date ?? '',
    status: report.status ?? null,
    onTheRoad: movement?.onTheRoad ?? null,
    organisations: choices(report.organisations, (each) => {
      const organisation = dataset.organisation.get(each);
      return organisation && (organisation.acronym ?? organisation.name);
    }),
    sectors: [...(report.sectors ?? [])],
    items: (report.items ?? []).join('\n'),
    modality: report.modality ?? null,
    sourceKind: source?.kind === 'seen' || source?.kind === 'told' ? source.kind : null,
    notes: dataset.convoy.get(report.convoy)?.notes ?? '',
  };
}
