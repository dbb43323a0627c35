import type { ImportUndoing } from '#lib/client/state/import-undoing.svelte.ts';
import type { Words } from '#lib/ui/words.svelte.ts';

type Plan = NonNullable<ImportUndoing['plan']>;

/** What an undoing does, a line for each kind of it that there is. */
export function undoCounts({ deleted, restored, kept }: Plan, words: Words): readonly string[] {
  const lines = [
    { count: deleted, key: 'undoImport.deleted' },
    { count: restored, key: 'undoImport.restored' },
    { count: kept.length, key: 'undoImport.kept' },
  ] as const;
  return lines.flatMap(({ count, key }) => (count === 0 ? [] : [words.t(key, { count })]));
}
