import { canonicalJson } from '#lib/changes/canonical.ts';
import { DELETED, type Change, type Group } from '#lib/changes/change.ts';
import { SET_FIELDS } from '#lib/domain/records/registry.ts';
import type { OperationRows } from '../store/operation-rows.ts';
import type { Author } from './incoming.ts';
import { basesOf, type KnownChange } from './bases.ts';
import { readGroups } from './stored-groups.ts';

/** Whether a change names heads that differ in value, one of them another person's. */
export type SettlesOthers = (change: Change, author: Author) => boolean;

/**
 * Reads what the changes with several bases build on, so that settling can be told from an edit
 * that only follows heads which agree. Seldom needed: most edits have one base.
 */
export async function readSettling(
  { tx, operation }: OperationRows,
  groups: readonly Group[],
  known: ReadonlyMap<string, KnownChange>,
): Promise<SettlesOthers> {
  const several = groups.filter((group) => group.changes.some(namesSeveral));
  if (several.length === 0) return () => false;
  const needed = several.flatMap((group) => [...basesOf(group).keys()]);
  const ids = needed.flatMap((id) => known.get(id)?.groupId ?? []);
  const stored = await readGroups(tx, operation, ids);
  const changes = new Map<string, Change>();
  for (const group of [...stored.values(), ...several]) {
    for (const change of group.changes) changes.set(change.id, change);
  }
  return (change, author) =>
    Object.entries(change.fields).some(([field, edit]) => {
      if (field === DELETED || edit.base.length < 2) return false;
      const heads = edit.base.flatMap((id) => changes.get(id) ?? []);
      const isSet = SET_FIELDS.has(field);
      const values = new Set(
        heads.map((head) => canonicalJson(head.fields[field]?.value ?? null, isSet)),
      );
      return values.size > 1 && heads.some((head) => head.author !== author.member);
    });
}

function namesSeveral(change: Change): boolean {
  return Object.entries(change.fields).some(
    ([field, edit]) => field !== DELETED && edit.base.length > 1,
  );
}
