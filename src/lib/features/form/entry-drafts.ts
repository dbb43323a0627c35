import type { OpenOperation } from '#lib/client/state/open-operation.svelte.ts';
import type { EntryDraft } from './entry.ts';

type Draft = OpenOperation['drafts']['list'][number];

/** The half-typed entry of this form about this record, if one is kept. */
export function keptEntry(list: readonly Draft[], form: string, about: string): Draft | undefined {
  return list.find(({ content }) => content['form'] === form && content['about'] === about);
}

/** What was kept, to write on; null where it is nothing that this version of the form wrote. */
export function entryDraftOf(content: Draft['content']): EntryDraft | null {
  const { id, source, texts, places } = content;
  if (typeof id !== 'string' || typeof source !== 'string') return null;
  if (typeof texts !== 'object' || typeof places !== 'object' || !texts || !places) return null;
  return structuredClone({ id, source, texts, places }) as EntryDraft;
}
