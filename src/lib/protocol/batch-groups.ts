import type { Change, Json, Stream } from '#lib/changes/change.ts';
import { kindOfRecord, type RecordKind } from '#lib/domain/records/registry.ts';
import { LIMITS } from './limits.ts';

/** A record of a batch, or one that tells which convoy others belong to. */
export interface BatchRecord {
  readonly kind: RecordKind;
  readonly id: string;
  readonly values: Readonly<Record<string, Json>>;
}

export interface BatchGroup {
  readonly stream: Stream;
  readonly changes: readonly Change[];
}

/** Well under what a group may weigh: its encoding is a little longer than its values. */
const GROUP_WEIGHT = LIMITS.groupBytes / 2;

/**
 * Cuts a batch (an import, or its undoing) into groups. Each convoy has a group of its own, so that one which is still kept
 * back keeps nothing else back; a source that only its reports name goes with it.
 */
export function groupBatch(
  records: readonly BatchRecord[],
  changes: Iterable<readonly [BatchRecord, Change]>,
): BatchGroup[] {
  const convoyOf = convoysOfRecords(records);
  const parts = new Map<string, { stream: Stream; changes: Change[] }>();
  for (const [record, change] of changes) {
    const stream = kindOfRecord(record.kind).stream === 'movements' ? 'movements' : 'log';
    const key = `${stream}|${convoyOf.get(record) ?? ''}`;
    const part = parts.get(key) ?? { stream, changes: [] };
    parts.set(key, part);
    part.changes.push(change);
  }
  // What convoys refer to comes before them.
  const common = [...parts].filter(([key]) => key.endsWith('|'));
  const convoys = [...parts].filter(([key]) => !key.endsWith('|'));
  return [...common, ...convoys].flatMap(([, part]) =>
    cut(part.changes).map((piece) => ({ stream: part.stream, changes: piece })),
  );
}

function convoysOfRecords(records: readonly BatchRecord[]): Map<BatchRecord, string> {
  const byId = new Map(records.map((record) => [record.id, record]));
  const convoyOf = new Map<BatchRecord, string>();
  const namedBy = new Map<string, Set<string>>();
  for (const record of records) {
    const stop = byId.get(text(record, 'stop'));
    const convoy =
      record.kind === 'convoy'
        ? record.id
        : text(record, 'convoy') || (stop ? text(stop, 'convoy') : '');
    if (!convoy) continue;
    convoyOf.set(record, convoy);
    const source = text(record, 'source');
    namedBy.set(source, (namedBy.get(source) ?? new Set()).add(convoy));
  }
  for (const record of records) {
    if (record.kind !== 'source') continue;
    const [convoy, ...others] = namedBy.get(record.id) ?? [];
    if (convoy !== undefined && others.length === 0) convoyOf.set(record, convoy);
  }
  return convoyOf;
}

function text(record: BatchRecord, field: string): string {
  const value = record.values[field];
  return typeof value === 'string' ? value : '';
}

function cut(changes: readonly Change[]): Change[][] {
  const pieces: Change[][] = [];
  let piece: Change[] = [];
  let weight = 0;
  for (const change of changes) {
    const own = JSON.stringify(change.fields).length * 2;
    const isFull = piece.length >= LIMITS.changesInGroup || weight + own > GROUP_WEIGHT;
    if (isFull && piece.length > 0) {
      pieces.push(piece);
      piece = [];
      weight = 0;
    }
    piece.push(change);
    weight += own;
  }
  if (piece.length > 0) pieces.push(piece);
  return pieces;
}
