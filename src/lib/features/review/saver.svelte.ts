import { createContext } from 'svelte';
import type { OpenOperation } from '#lib/client/state/open-operation.svelte.ts';
import type { RecordEdit, SaveError } from '#lib/client/state/records-api.ts';
import type { Words } from '#lib/ui/words.svelte.ts';

interface Note {
  readonly text: string;
  readonly undo: readonly RecordEdit[] | null;
}

/** Saves what was decided on the review screen, says what came of it, and can take the last back. */
export interface Saver {
  readonly note: Note | null;
  /**
   * `done`: what to say when it is saved; `undo`: what takes it back. The groups that were saved, or
   * null where nothing was.
   */
  save(
    edits: readonly RecordEdit[],
    after?: { readonly done: string; readonly undo?: readonly RecordEdit[] },
  ): Promise<readonly string[] | null>;
  undo(): void;
}

/** Why nothing was saved, in words that end a sentence. */
function reasonText(error: SaveError, words: Words): string {
  if (error.type === 'storage_full') return words.t('form.reason.full');
  if (error.type === 'locked') return words.t('form.reason.locked');
  return words.t('form.reason.other');
}

export function makeSaver(operation: () => OpenOperation, words: Words): Saver {
  let note = $state.raw<Note | null>(null);
  const saver: Saver = {
    get note() {
      return note;
    },
    async save(edits, after) {
      const saved = await operation().records.save(edits);
      if (saved.ok || saved.error.type === 'nothing_to_save') {
        note = after ? { text: after.done, undo: after.undo ?? null } : null;
        return saved.ok ? saved.value.groupIds : [];
      }
      const reason = reasonText(saved.error, words);
      note = { text: words.t('review.failed', { reason }), undo: null };
      return null;
    },
    undo() {
      const edits = note?.undo;
      if (edits) void saver.save(edits);
    },
  };
  return saver;
}

const [getSaver, setSaver] = createContext<Saver>();
export { getSaver, setSaver };
