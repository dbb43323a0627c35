/** Writes docs/records.md: `node scripts/records-page.ts`. A test holds the page to the code. */
import { readFileSync, writeFileSync } from 'node:fs';
import { DEFAULTS } from '#lib/domain/records/defaults.ts';
import {
  kindOfRecord,
  RECORD_KINDS,
  type RecordKind,
  REFERENCE_FIELDS,
  SET_FIELDS,
} from '#lib/domain/records/registry.ts';
import { type ValueType, valueTypeOf } from '#lib/domain/records/value-types.ts';
import { WARNING_CODES } from '#lib/domain/records/warnings/warning.ts';
import { COLUMNS, type FileKind } from '#lib/exchange/columns.ts';
import { FIELD_COLUMNS, FIELD_UNITS } from './records-page/field-notes.ts';

const TYPES: Readonly<Record<ValueType, string>> = {
  count: 'whole number',
  date: 'date (EDTF)',
  figure: 'figure',
  flag: 'yes or no',
  instant: 'instant (ISO 8601, UTC)',
  line: 'text, up to 1,000 signs',
  lines: 'list of texts',
  names: 'text by language code',
  number: 'number',
  position: '`lat`, `lon`',
  record: 'id',
  records: 'ids',
  sectors: 'sector codes, `CODE` or `CODE@locality id`',
  text: 'text, up to 20,000 signs',
  vocabulary: 'one of',
};

const STREAMS = {
  log: '`log`: every member reads it',
  movements: '`movements`: need-to-know, and never leaves it',
  convoy: '`movements` at once, and `log` when the convoy may be seen',
};

const code = (text: string): string => `\`${text}\``;

function optionsOf(kind: RecordKind, field: string): readonly string[] {
  const schema = kindOfRecord(kind).fields[field];
  return schema && 'options' in schema ? (schema.options as readonly string[]) : [];
}

function typeText(kind: RecordKind, field: string): string {
  const type = valueTypeOf(kind, field);
  if (!type) throw new Error(`${kind}.${field} has no type`);
  if (type === 'vocabulary') return `${TYPES[type]} ${optionsOf(kind, field).map(code).join(', ')}`;
  const named = REFERENCE_FIELDS.get(field);
  if (type === 'record') return `id: ${named ?? 'record'}`;
  if (type === 'records') return `set of ids: ${named ?? 'record'}`;
  return `${TYPES[type]}${SET_FIELDS.has(field) ? ', a set' : ''}`;
}

function hxlText(kind: RecordKind, field: string): string {
  const tags = (FIELD_COLUMNS[`${kind}.${field}`] ?? []).flatMap((column) => {
    const [file, name] = column.split('.') as [FileKind, string];
    const tag = COLUMNS[file].fields[name]?.hxl;
    if (!tag) throw new Error(`${column} has no HXL tag`);
    return [code(tag)];
  });
  return [...new Set(tags)].join(', ');
}

function defaultText(kind: RecordKind, field: string): string {
  const defaults: Readonly<Record<string, Readonly<Record<string, unknown>>>> = DEFAULTS;
  const value = defaults[kind]?.[field];
  return value === undefined ? '' : code(String(value));
}

function sectionOf(kind: RecordKind): string[] {
  const { fields, stream, parent, required } = kindOfRecord(kind);
  const lines = ['', `## ${kind}`, '', `Stream: ${STREAMS[stream]}.`];
  if (parent) lines.push(`Hangs on the record in \`${parent}\`: deleted with it.`);
  lines.push('', '| field | type | unit | required | default | HXL |');
  lines.push('| --- | --- | --- | --- | --- | --- |');
  for (const field of Object.keys(fields)) {
    const cells = [
      code(field),
      typeText(kind, field),
      FIELD_UNITS[`${kind}.${field}`] ?? '',
      required.includes(field) ? 'yes' : '',
      defaultText(kind, field),
      hxlText(kind, field),
    ];
    lines.push(`| ${cells.join(' | ')} |`);
  }
  return lines;
}

/** The page as it has to be. */
export function recordsPage(): string {
  const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8');
  const messages = JSON.parse(read('../src/lib/i18n/messages/en.json')) as Record<string, string>;
  const lines = [read('records-page/introduction.md').trimEnd()];
  for (const kind of Object.keys(RECORD_KINDS) as RecordKind[]) lines.push(...sectionOf(kind));
  lines.push('', '## Warnings', '');
  lines.push('What fields say against each other is asked about and never refused.', '');
  lines.push('| code | said |', '| --- | --- |');
  for (const one of WARNING_CODES) lines.push(`| \`${one}\` | ${messages[`warning.${one}`]} |`);
  return `${lines.join('\n')}\n`;
}

if (import.meta.main) {
  writeFileSync(new URL('../docs/records.md', import.meta.url), recordsPage());
}
