import { REFERENCE_FIELDS } from '#lib/domain/records/registry.ts';
import { valueTypeOf } from '#lib/domain/records/value-types.ts';
import type { Words, WrittenFigure } from '#lib/ui/words.svelte.ts';
import { kindText, recordName, type Showing, sourceName } from './record-title.ts';

/** The messages that name the words of a vocabulary. */
const VOCABULARIES: Readonly<Record<string, string>> = {
  'accessStatus.status': 'status',
  'accessStatus.tier': 'tier',
  'claim.kind': 'claimKind',
  'claim.sinceIs': 'sinceKind',
  'convoy.constraint': 'constraint',
  'convoy.modality': 'modality',
  'convoy.status': 'outcome',
  'incident.constraint': 'constraint',
  'incident.phase': 'incidentPhase',
  'incident.verification': 'verification',
  'itemLine.stage': 'itemStage',
  'locality.kind': 'localityKind',
  'logEntry.kind': 'logEntryKind',
  'organisation.type': 'orgType',
  'population.kind': 'populationKind',
  'population.status': 'status',
  'report.modality': 'modality',
  'report.peopleKind': 'peopleKind',
  'report.scope': 'reportScope',
  'report.status': 'outcome',
  'requestLine.constraint': 'constraint',
  'requestLine.outcome': 'requestOutcome',
  'source.kind': 'sourceKind',
  'stop.outcome': 'outcome',
};

/** What a field is called. */
export function fieldText(field: string, words: Words): string {
  const key = `field.${field}`;
  return words.has(key) ? words.t(key) : field;
}

/**
 * A value of a field as a person reads it. What cannot be read (a newer version wrote it, or a
 * broken one) is shown as it is stored: it is never hidden.
 */
export function valueText(kind: string, field: string, value: unknown, showing: Showing): string {
  const { words } = showing;
  if (value === null || value === undefined || value === '') return words.t('value.none');
  return readable(kind, field, value, showing) ?? JSON.stringify(value);
}

function readable(
  kind: string,
  field: string,
  value: unknown,
  showing: Showing,
): string | undefined {
  const { words } = showing;
  const type = valueTypeOf(kind, field);
  if (typeof value === 'string') {
    if (type === 'date') return words.date(value);
    if (type === 'instant') return instantText(value, words);
    if (type === 'vocabulary') return codeText(VOCABULARIES[`${kind}.${field}`], value, words);
    if (type === 'record') return namedRecord(field, value, showing);
    return value;
  }
  if (typeof value === 'boolean') return words.t(value ? 'value.yes' : 'value.no');
  if (typeof value === 'number') return words.number(value);
  if (Array.isArray(value)) {
    const items = value.filter((item) => typeof item === 'string');
    if (items.length === 0) return words.t('value.none');
    if (type === 'sectors') return words.list(items.map((code) => sectorText(code, showing)));
    if (type === 'records') return words.list(items.map((id) => namedRecord(field, id, showing)));
    return words.list(items);
  }
  if (typeof value !== 'object' || value === null) return undefined;
  if (type === 'figure') return figureText(value, words);
  if (type === 'names') return Object.values(value).join(words.t('list.comma'));
  return undefined;
}

function codeText(set: string | undefined, code: string, words: Words): string {
  const key = `${set}.${code}`;
  return words.has(key) ? words.t(key) : code;
}

function sectorText(code: string, { words, reader }: Showing): string {
  const [sector = '', place] = code.split('@');
  const name = codeText('sector', sector.trim(), words);
  return place === undefined ? name : `${name} (${reader.localityName(place.trim())})`;
}

function figureText(value: object, words: Words): string | undefined {
  const { q, n, m } = value as Partial<WrittenFigure>;
  const isFigure = typeof n === 'number' && (m === undefined || typeof m === 'number');
  if (!isFigure || typeof q !== 'string') return undefined;
  const figure = value as WrittenFigure;
  return figure.unit ? words.people(figure) : words.figure(figure);
}

function instantText(value: string, words: Words): string {
  const instant = new Date(value);
  return Number.isNaN(instant.getTime()) ? value : words.dayAndTime(instant, new Date());
}

function namedRecord(field: string, id: string, showing: Showing): string {
  const { words, operation } = showing;
  if (field === 'source') return sourceName(id, showing) || words.t('value.unknownRecord');
  const kind = REFERENCE_FIELDS.get(field);
  if (kind === undefined || operation.records.state(id) === undefined) {
    return words.t('value.unknownRecord');
  }
  return recordName(kind, id, showing) || kindText(kind, words);
}
