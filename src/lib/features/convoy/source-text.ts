import type { SourcedReport } from '#lib/client/state/views.ts';
import type { Words } from '#lib/ui/words.svelte.ts';

/** Who says it: the publisher or the title; else that somebody saw it or was told. */
export function sourceText({ source, sourceName }: SourcedReport, words: Words): string {
  if (sourceName !== '') return sourceName;
  if (source?.kind === 'seen') return words.t('source.seen');
  if (source?.kind === 'told') return words.t('source.told');
  return words.t('source.unnamed');
}
