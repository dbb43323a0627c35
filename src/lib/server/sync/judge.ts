import * as v from 'valibot';
import {
  CREATED,
  DELETED,
  MERGED_INTO,
  type Change,
  type Group,
  type Json,
  SCHEMA,
} from '#lib/changes/change.ts';
import { isRecordKind, kindOfRecord, type RecordKind } from '#lib/domain/records/registry.ts';
import type { QuarantineCode } from '#lib/protocol/codes.ts';
import { LIMITS } from '#lib/protocol/limits.ts';
import { may, verbOfField, type Verb } from '#lib/protocol/rights.ts';
import type { Author } from './incoming.ts';

const recordId = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{1,64}$/));

const RESERVED: Readonly<Record<string, v.GenericSchema>> = {
  [CREATED]: v.literal(true),
  [DELETED]: v.boolean(),
  [MERGED_INTO]: v.nullable(recordId),
};

/**
 * What is wrong with a group by itself: its kinds, its stream, its fields, who says he wrote it,
 * and what his role never may. `null`: nothing. What needs the store is judged in `judgeInStore`.
 */
export function judgeAlone(group: Group, author: Author): QuarantineCode | null {
  const recordOfChange = new Map(group.changes.map((change) => [change.id, change.record]));
  const kinds = new Map<string, string>();
  for (const change of group.changes) {
    if (change.author !== author.member) return 'not_allowed';
    if (!isRecordKind(change.kind)) return 'kind_mismatch';
    if ((kinds.get(change.record) ?? change.kind) !== change.kind) return 'kind_mismatch';
    kinds.set(change.record, change.kind);
    const stream = kindOfRecord(change.kind).stream === 'movements' ? 'movements' : 'log';
    if (stream !== group.stream) return 'wrong_stream';
    for (const [field, edit] of Object.entries(change.fields)) {
      if (!isValid(change.kind, field, edit.value, change.schema)) return 'field_invalid';
      const ownBase = edit.base.some(
        (id) => (recordOfChange.get(id) ?? change.record) !== change.record,
      );
      if (ownBase || edit.base.includes(change.id)) return 'field_invalid';
    }
    if (!mayDo(author, change.kind, fieldVerbs(change.kind, change))) return 'not_allowed';
  }
  return buildsOnItself(group) ? 'field_invalid' : null;
}

/**
 * Whether changes of a group build on each other in a ring: no order brings them in (S9), so the
 * group would wait on every device, and no snapshot that has it could be folded.
 */
function buildsOnItself({ changes }: Group): boolean {
  const own = new Map(changes.map((change) => [change.id, change]));
  const found = new Map<string, 'open' | 'sound'>();
  const isInRing = (id: string): boolean => {
    const change = own.get(id);
    if (!change || found.get(id) === 'sound') return false;
    if (found.get(id) === 'open') return true;
    found.set(id, 'open');
    const ring = Object.values(change.fields).some(({ base }) => base.some(isInRing));
    found.set(id, 'sound');
    return ring;
  };
  return changes.some((change) => isInRing(change.id));
}

/** A newer app knows fields that this server does not: they are kept. Nothing else unknown is. */
function isValid(kind: RecordKind, field: string, value: Json, schema: number): boolean {
  const reserved = Object.hasOwn(RESERVED, field) ? RESERVED[field] : undefined;
  if (reserved) return v.is(reserved, value);
  if (value === null) return true;
  const { fields } = kindOfRecord(kind);
  const known = Object.hasOwn(fields, field) ? fields[field] : undefined;
  if (known) return v.is(known, value);
  return schema > SCHEMA && JSON.stringify(value).length <= LIMITS.valueBytes;
}

function fieldVerbs(kind: RecordKind, change: Change): Set<Verb> {
  const verbs = Object.keys(change.fields).map((field) => verbOfField(kind, field));
  return new Set(verbs.filter((verb) => verb !== undefined));
}

function mayDo(author: Author, kind: RecordKind, verbs: Iterable<Verb>): boolean {
  for (const verb of verbs) if (!may(author.role, kind, verb)) return false;
  return true;
}

/** What the store knows of the records that a group touches. */
export interface Knowledge {
  /** Kind and creator of a record, and whether he said that he creates it; undefined before its first change. */
  record(
    id: string,
  ): { readonly kind: string; readonly creator: string; readonly marked: number } | undefined;
  /** Whether a change names heads of others that differ in value (sync.md, Merge). */
  settlesOthers(change: Change, author: Author): boolean;
}

/**
 * What is wrong with a group beside what is stored: a record of another kind, a record he may not
 * edit, or a conflict that is not his to settle. All bases of the group are stored by now.
 */
export function judgeInStore(
  group: Group,
  author: Author,
  knowledge: Knowledge,
): QuarantineCode | null {
  const created = new Set<string>();
  for (const change of group.changes) {
    const known = knowledge.record(change.record);
    if (known && known.kind !== change.kind) return 'kind_mismatch';
    if (!isRecordKind(change.kind)) return 'kind_mismatch';
    const isNew = !known || (CREATED in change.fields && known.marked === 0);
    const isFirst = isNew && !created.has(change.record);
    const isOwn = isNew || created.has(change.record) || known.creator === author.member;
    if (isNew) created.add(change.record);
    const verb: Verb = isFirst ? 'create' : isOwn ? 'own' : 'edit';
    if (!mayWrite(author, change.kind, verb)) return 'not_allowed';
    if (knowledge.settlesOthers(change, author) && !may(author.role, change.kind, 'settle')) {
      return 'not_allowed';
    }
    if (DELETED in change.fields && !isOwn && !may(author.role, change.kind, 'edit')) {
      return 'not_allowed';
    }
  }
  return null;
}

/** Who may edit any record of a kind may edit his own. */
function mayWrite(author: Author, kind: RecordKind, verb: Verb): boolean {
  if (may(author.role, kind, verb)) return true;
  return verb === 'own' && may(author.role, kind, 'edit');
}
