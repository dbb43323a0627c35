import { canonicalJson } from './canonical.ts';
import { CREATED, DELETED, type Change, type FieldEdit, type Json } from './change.ts';
import { deletionOf, differingHeads, hasSeen, headsOf, type RecordState } from './fold.ts';
import { SET_FIELDS } from '#lib/domain/records/registry.ts';

/** What the author's device knows and decides of a change, and nothing of its content. */
export interface EditContext {
  readonly operation: string;
  readonly author: string;
  /** ISO instant of the device's clock. */
  readonly deviceTime: string;
  readonly schema: number;
  /** A new random id of 128 bits (base64url, 22 characters). */
  readonly newId: () => string;
}

/** Of each field of a record the ids of its heads. */
export type HeadsByField = Readonly<Record<string, readonly string[]>>;

/**
 * The change that gives a record these values, each based on all heads that its author sees: so an
 * edit of a field in conflict settles it. Who typed over an earlier state (`seen`) saw the heads of
 * then: what came since becomes no base, and is in conflict with what differs. Values that stand
 * already are left out; undefined when nothing is left. `null` clears a field. A record's first
 * change says that it creates it.
 */
export function editRecord(
  state: RecordState | undefined,
  kind: string,
  record: string,
  values: Readonly<Record<string, Json | undefined>>,
  context: EditContext,
  seen?: HeadsByField,
): Change | undefined {
  const fields: Record<string, FieldEdit> = {};
  for (const [field, value] of Object.entries(values)) {
    if (value === undefined) continue;
    if (state && stands(state, field, value)) continue;
    if (!state?.fields[field] && value === null) continue;
    fields[field] = { value, base: state ? baseOf(state, field, seen) : [] };
  }
  if (Object.keys(fields).length === 0) return undefined;
  if (!state) fields[CREATED] = { value: true, base: [] };
  return {
    id: context.newId(),
    operation: context.operation,
    kind,
    record,
    fields,
    deviceTime: context.deviceTime,
    author: context.author,
    schema: context.schema,
  };
}

function baseOf(state: RecordState, field: string, seen: HeadsByField | undefined): string[] {
  if (field === DELETED) {
    const all = seen && new Set(Object.values(seen).flat());
    return headsOf(state).filter((change) => all?.has(change) ?? true);
  }
  if (!seen) return (state.fields[field] ?? []).map((head) => head.change);
  // What was set aside since is no base: everybody would wait for it (S9).
  return (seen[field] ?? []).filter((change) => hasSeen(state, change));
}

/** The heads of each field, to be kept by whoever types over them. */
export const headsByField = ({ fields }: RecordState): HeadsByField =>
  Object.fromEntries(
    Object.entries(fields).map(([field, heads]) => [field, heads.map((head) => head.change)]),
  );

/** Whether a change settles a conflict: it names heads of one field that differ in value. */
export function settledFields(state: RecordState, change: Change): string[] {
  return Object.entries(change.fields)
    .filter(([field, edit]) => {
      if (field === DELETED) return false;
      const named = differingHeads(state, field).filter((heads) =>
        heads.some((head) => edit.base.includes(head.change)),
      );
      return named.length > 1;
    })
    .map(([field]) => field);
}

function stands(state: RecordState, field: string, value: Json): boolean {
  // A deletion that did not see all of the record is said again, having seen it: that settles it.
  if (field === DELETED && value === true) return deletionOf(state) === 'deleted';
  const values = differingHeads(state, field);
  if (values.length !== 1) return false;
  const isSet = SET_FIELDS.has(field);
  return canonicalJson(values[0]![0]!.value, isSet) === canonicalJson(value, isSet);
}
