import type * as v from 'valibot';
import * as fields from './schemas.ts';

/** One row a kind of record: its fields, the stream it belongs to, the record it hangs on. */
export interface KindOfRecord {
  readonly fields: Readonly<Record<string, v.GenericSchema>>;
  /**
   * `log`: all members. `movements`: need-to-know, and never leaves it. `convoy`: published to
   * `movements` at once and to `log` when the convoy may be seen (security.md, Movements).
   */
  readonly stream: 'log' | 'movements' | 'convoy';
  /** The field that names the record it hangs on: a child of a deleted record is hidden. */
  readonly parent?: string;
  /** Without these a record says nothing: it is left out and named, never thrown away. */
  readonly required: readonly string[];
}

export const RECORD_KINDS = {
  operation: { fields: fields.operationFields, stream: 'log', required: ['name'] },
  locality: { fields: fields.localityFields, stream: 'log', required: ['name'] },
  accessStatus: {
    fields: fields.accessStatusFields,
    stream: 'log',
    parent: 'locality',
    required: ['locality', 'from', 'classifier', 'status'],
  },
  population: {
    fields: fields.populationFields,
    stream: 'log',
    required: ['series', 'asOf', 'people'],
  },
  accessRequest: { fields: fields.accessRequestFields, stream: 'movements', required: ['period'] },
  requestLine: {
    fields: fields.requestLineFields,
    stream: 'movements',
    parent: 'request',
    required: ['request', 'locality'],
  },
  movement: {
    fields: fields.movementFields,
    stream: 'movements',
    parent: 'convoy',
    required: ['convoy'],
  },
  logEntry: {
    fields: fields.logEntryFields,
    stream: 'movements',
    parent: 'movement',
    required: ['movement', 'time', 'kind'],
  },
  convoy: { fields: fields.convoyFields, stream: 'convoy', required: [] },
  stop: {
    fields: fields.stopFields,
    stream: 'convoy',
    parent: 'convoy',
    required: ['convoy', 'localities'],
  },
  itemLine: { fields: fields.itemLineFields, stream: 'convoy', required: ['item'] },
  incident: { fields: fields.incidentFields, stream: 'log', required: ['localities', 'date'] },
  source: { fields: fields.sourceFields, stream: 'log', required: [] },
  report: {
    fields: fields.reportFields,
    stream: 'convoy',
    parent: 'convoy',
    required: ['convoy', 'source'],
  },
  claim: { fields: fields.claimFields, stream: 'convoy', parent: 'convoy', required: ['convoy'] },
  organisation: { fields: fields.organisationFields, stream: 'log', required: ['name'] },
  milestone: { fields: fields.milestoneFields, stream: 'log', required: ['date', 'labels'] },
} as const satisfies Record<string, KindOfRecord>;

export type RecordKind = keyof typeof RECORD_KINDS;

/** Fields whose value is a set: the order of the values means nothing when two are compared. */
export const SET_FIELDS: ReadonlySet<string> = new Set([
  'localities',
  'organisations',
  'partners',
  'sectors',
  'aliases',
  'languages',
  'notSameAs',
]);

/**
 * Fields that name other records, one id or a list of them, with the kind of record that they name.
 * They follow a record that was merged.
 */
export const REFERENCE_FIELDS: ReadonlyMap<string, RecordKind> = new Map<string, RecordKind>([
  ['convoy', 'convoy'],
  ['leadOrganisation', 'organisation'],
  ['localities', 'locality'],
  ['locality', 'locality'],
  ['movement', 'movement'],
  ['notSameAs', 'convoy'],
  ['organisation', 'organisation'],
  ['organisations', 'organisation'],
  ['otherPeopleThan', 'stop'],
  ['partners', 'organisation'],
  ['place', 'locality'],
  ['request', 'accessRequest'],
  ['source', 'source'],
  ['stop', 'stop'],
]);

export function isRecordKind(kind: string): kind is RecordKind {
  return Object.hasOwn(RECORD_KINDS, kind);
}

export function kindOfRecord(kind: RecordKind): KindOfRecord {
  return RECORD_KINDS[kind];
}
