import type { OpenOperation } from '#lib/client/state/open-operation.svelte.ts';
import type { HeadsByField, RecordEdit } from '#lib/client/state/records-api.ts';

/**
 * Of each record that a form corrects, what stood in it when the form was opened. It is kept with
 * the draft: what a colleague writes until it is saved was not seen by whoever typed, and must not
 * be overwritten without a word.
 */
export type HeadsSeen = Readonly<Record<string, HeadsByField>>;

export function headsSeen({ records }: OpenOperation, ids: readonly string[]): HeadsSeen {
  const known = ids.flatMap((id) => {
    const heads = records.headsOf(id);
    return heads ? [[id, heads] as const] : [];
  });
  return Object.fromEntries(known);
}

/** As it was kept; null where it is nothing that this version wrote. */
export function keptHeads(content: unknown): HeadsSeen | null {
  const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
    typeof value === 'object' && value !== null && !Array.isArray(value);
  const isHeads = (value: unknown): boolean =>
    Array.isArray(value) && value.every((id) => typeof id === 'string');
  const isFine =
    isObject(content) &&
    Object.values(content).every((each) => isObject(each) && Object.values(each).every(isHeads));
  return isFine ? (content as HeadsSeen) : null;
}

/** The edits, each over what its author saw of the record. */
export const overSeen = (edits: readonly RecordEdit[], seen: HeadsSeen): RecordEdit[] =>
  edits.map((edit) => {
    const heads = Object.hasOwn(seen, edit.id) ? seen[edit.id] : undefined;
    return heads ? { ...edit, seen: heads } : edit;
  });
