import * as v from 'valibot';
import type { Change, FieldEdit, Group, Json } from '#lib/changes/change.ts';
import { err, ok, type Result } from '#lib/domain/result.ts';
import { LIMITS } from './limits.ts';
import { upcast } from './upcast.ts';

/**
 * The one encoding of a group: short, deterministic JSON, in which what all changes of a save have
 * in common stands once. These bytes are what is signed, stored and sent.
 */

const id = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{1,64}$/));
const fieldName = v.pipe(
  v.string(),
  v.regex(/^_?[A-Za-z][A-Za-z0-9]{0,63}$/),
  v.check((name) => !(name in {})), // `constructor` is no field of a record
);
const json = v.pipe(
  v.unknown(),
  v.check((value) => isShallow(value, LIMITS.valueDepth)),
) as v.GenericSchema<Json>;
const field = v.tuple([fieldName, json, v.pipe(v.array(id), v.maxLength(2_000))]);
const change = v.tuple([
  id,
  v.pipe(v.string(), v.regex(/^[a-z][A-Za-z]{0,31}$/)),
  id,
  v.pipe(v.array(field), v.minLength(1), v.maxLength(200)),
]);
const encoded = v.tuple([
  v.literal(1),
  id, // group
  id, // operation
  v.picklist([0, 1]), // stream
  id, // device
  v.nullable(id), // batch
  v.pipe(v.string(), v.isoTimestamp()),
  id, // author
  v.pipe(v.number(), v.integer(), v.minValue(1)),
  v.pipe(v.array(change), v.minLength(1), v.maxLength(LIMITS.changesInGroup)),
]);

export interface GroupUnreadable {
  readonly type: 'group_unreadable';
  readonly reason: 'too_large' | 'not_json' | 'not_a_group' | 'repeats';
}

/** A group to its bytes. All its changes share operation, author, device time and schema. */
export function encodeGroup(group: Group): Uint8Array {
  const [first] = group.changes;
  if (!first) throw new Error('a group has at least one change');
  for (const { operation, author, deviceTime, schema } of group.changes) {
    const alike =
      operation === group.operation &&
      author === first.author &&
      deviceTime === first.deviceTime &&
      schema === first.schema;
    if (!alike) throw new Error('the changes of a group are one save of one author');
  }
  const text = JSON.stringify([
    1,
    group.id,
    group.operation,
    group.stream === 'log' ? 0 : 1,
    group.device,
    group.batch ?? null,
    first.deviceTime,
    first.author,
    first.schema,
    group.changes.map((one) => [
      one.id,
      one.kind,
      one.record,
      Object.entries(one.fields).map(([name, edit]) => [name, edit.value, edit.base]),
    ]),
  ]);
  return new TextEncoder().encode(text);
}

/** Bytes to the group they hold, in the newest schema. Whoever sent them, nothing of them is used before it is checked. */
export function decodeGroup(bytes: Uint8Array): Result<Group, GroupUnreadable> {
  if (bytes.length > LIMITS.groupBytes) return err(unreadable('too_large'));
  let raw: unknown;
  try {
    raw = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return err(unreadable('not_json'));
  }
  const read = v.safeParse(encoded, raw);
  if (!read.success) return err(unreadable('not_a_group'));
  const [, group, operation, stream, device, batch, deviceTime, author, schema, list] = read.output;
  const changes: Change[] = [];
  const ids = new Set<string>();
  for (const [changeId, kind, record, fieldList] of list) {
    const fields: Record<string, FieldEdit> = {};
    for (const [name, value, base] of fieldList) {
      if (Object.hasOwn(fields, name)) return err(unreadable('repeats'));
      fields[name] = { value, base };
    }
    if (ids.has(changeId)) return err(unreadable('repeats'));
    ids.add(changeId);
    const written = { id: changeId, operation, kind, record, fields, deviceTime, author, schema };
    changes.push(upcast(written));
  }
  return ok({
    id: group,
    operation,
    stream: stream === 0 ? 'log' : 'movements',
    device,
    ...(batch === null ? {} : { batch }),
    changes,
  });
}

/** Whoever reads a value later may do so by recursion. */
function isShallow(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return true;
  if (levels === 0) return false;
  return Object.values(value).every((inner) => isShallow(inner, levels - 1));
}

function unreadable(reason: GroupUnreadable['reason']): GroupUnreadable {
  return { type: 'group_unreadable', reason };
}
