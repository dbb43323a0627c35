import type { OpenOperation } from '#lib/client/state/open-operation.svelte.ts';
import type { Reader } from '#lib/statements/render.ts';
import type { Words } from '#lib/ui/words.svelte.ts';
import { placesText } from '../convoy/convoy-text.ts';

/** For whom a record is named, and where its neighbours are. */
export interface Showing {
  readonly operation: OpenOperation;
  readonly words: Words;
  readonly reader: Reader;
}

/** What kind of record it is, in a word; what a newer version calls it where this one knows none. */
export function kindText(kind: string, words: Words): string {
  const key = `record.${kind}`;
  return words.has(key) ? words.t(key) : kind;
}

/** A record's name alone, for a list of names of one kind; empty where it has none. */
export function recordName(kind: string, id: string, showing: Showing): string {
  if (kind === 'convoy' || kind === 'locality') return recordTitle(kind, id, showing);
  return nameWithin(kind, id, showing);
}

/** What a record is called: “Arbin”, “Madaya, 11 January 2016”, “Report: Reuters”. */
export function recordTitle(kind: string, id: string, showing: Showing): string {
  const { operation, words, reader } = showing;
  const { dataset } = operation.records;
  if (kind === 'convoy') return convoyTitle(id, showing) || kindText(kind, words);
  if (kind === 'locality' && dataset.locality.has(id)) return reader.localityName(id);
  const name = nameWithin(kind, id, showing);
  return name === '' ? kindText(kind, words) : `${kindText(kind, words)}: ${name}`;
}

function convoyTitle(id: string, { operation, words }: Showing): string {
  const view = operation.access.convoy(id);
  if (!view) return '';
  const parts = [placesText(view.localities, words)];
  if (view.date) parts.push(words.date(view.date.edtf));
  return parts.join(words.t('list.comma'));
}

function nameWithin(kind: string, id: string, showing: Showing): string {
  const { operation, reader, words } = showing;
  const { dataset } = operation.records;
  const places = (ids: readonly string[] | undefined): string =>
    words.list((ids ?? []).map(reader.localityName));
  switch (kind) {
    case 'report':
      return sourceName(dataset.report.get(id)?.source, showing);
    case 'source':
      return sourceName(id, showing);
    case 'stop':
      return places(dataset.stop.get(id)?.localities);
    case 'accessStatus':
      return places([dataset.accessStatus.get(id)?.locality ?? []].flat());
    case 'population':
      return places(dataset.population.get(id)?.localities);
    case 'requestLine':
      return places([dataset.requestLine.get(id)?.locality ?? []].flat());
    case 'incident':
      return places(dataset.incident.get(id)?.localities);
    case 'itemLine':
      return dataset.itemLine.get(id)?.item ?? '';
    case 'organisation':
      return dataset.organisation.has(id) ? reader.organisationName(id) : '';
    default:
      return '';
  }
}

/** The publisher or the title of a source; else that somebody saw it or was told. */
export function sourceName(id: string | undefined, { operation, words }: Showing): string {
  const source = id === undefined ? undefined : operation.records.dataset.source.get(id);
  if (!source) return '';
  if (source.publisher) return source.publisher;
  if (source.title) return source.title;
  if (source.kind === 'seen' || source.kind === 'told') return words.t(`source.${source.kind}`);
  return words.t('source.unnamed');
}
