import type { SaveError } from '#lib/client/state/records-api.ts';
import type { Words } from '#lib/ui/words.svelte.ts';

/** Why nothing was saved, in words; what was typed is still there. */
export function saveFailure({ type }: SaveError, words: Words): string {
  const reason = type === 'storage_full' ? 'full' : type === 'locked' ? 'locked' : 'other';
  return words.t('form.saveFailed', { reason: words.t(`form.reason.${reason}`) });
}
