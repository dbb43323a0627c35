import type * as v from 'valibot';
import {
  count,
  edtf,
  figure,
  flag,
  instant,
  line,
  lines,
  names,
  recordId,
  recordIds,
  sectors,
  text,
} from './fields.ts';
import { isRecordKind, kindOfRecord } from './registry.ts';

/** What a field's value is: how it is shown, and what docs/records.md says of it. */
export type ValueType =
  | 'count'
  | 'date'
  | 'figure'
  | 'flag'
  | 'instant'
  | 'line'
  | 'lines'
  | 'names'
  | 'number'
  | 'position'
  | 'record'
  | 'records'
  | 'sectors'
  | 'text'
  | 'vocabulary';

const TYPE_OF: ReadonlyMap<v.GenericSchema, ValueType> = new Map<v.GenericSchema, ValueType>([
  [count, 'count'],
  [edtf, 'date'],
  [figure, 'figure'],
  [flag, 'flag'],
  [instant, 'instant'],
  [line, 'line'],
  [lines, 'lines'],
  [names, 'names'],
  [recordId, 'record'],
  [recordIds, 'records'],
  [sectors, 'sectors'],
  [text, 'text'],
]);

/** The type of a field's values; undefined for a field that this version does not know. */
export function valueTypeOf(kind: string, field: string): ValueType | undefined {
  if (!isRecordKind(kind)) return undefined;
  const { fields } = kindOfRecord(kind);
  const schema = Object.hasOwn(fields, field) ? fields[field] : undefined;
  if (!schema) return undefined;
  const known = TYPE_OF.get(schema);
  if (known) return known;
  if (schema.type === 'picklist') return 'vocabulary';
  if (schema.type === 'object') return 'position';
  return schema.type === 'string' ? 'line' : 'number';
}
