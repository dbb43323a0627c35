import type * as v from 'valibot';
import type { RECORD_KINDS, RecordKind } from './registry.ts';

type FieldsOf<K extends RecordKind> = (typeof RECORD_KINDS)[K]['fields'];
type ValuesOf<K extends RecordKind> = {
  readonly [F in keyof FieldsOf<K>]?: FieldsOf<K>[F] extends v.GenericSchema
    ? v.InferOutput<FieldsOf<K>[F]>
    : never;
};
type RequiredOf<K extends RecordKind> = (typeof RECORD_KINDS)[K]['required'][number];

/** A record as it stands after merging: its id, and the fields that are known. */
export type RecordOf<K extends RecordKind> = { readonly id: string } & ValuesOf<K> & {
    readonly [F in Extract<keyof ValuesOf<K>, RequiredOf<K>>]-?: NonNullable<ValuesOf<K>[F]>;
  };

export type Operation = RecordOf<'operation'>;
export type Locality = RecordOf<'locality'>;
export type AccessStatus = RecordOf<'accessStatus'>;
export type Population = RecordOf<'population'>;
export type AccessRequest = RecordOf<'accessRequest'>;
export type RequestLine = RecordOf<'requestLine'>;
export type Movement = RecordOf<'movement'>;
export type LogEntry = RecordOf<'logEntry'>;
export type Convoy = RecordOf<'convoy'>;
export type Stop = RecordOf<'stop'>;
export type ItemLine = RecordOf<'itemLine'>;
export type Incident = RecordOf<'incident'>;
export type Source = RecordOf<'source'>;
export type Report = RecordOf<'report'>;
export type Claim = RecordOf<'claim'>;
export type Organisation = RecordOf<'organisation'>;
export type Milestone = RecordOf<'milestone'>;

/** All live records of one operation by kind: what the indicators are computed from. */
export type Dataset = { readonly [K in RecordKind]: ReadonlyMap<string, RecordOf<K>> };
