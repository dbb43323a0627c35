import type { PeopleError } from '#lib/client/state/people.ts';
import type { Words } from '#lib/ui/words.svelte.ts';

/** Why something was not done to people or devices, and that nothing was changed. */
export function peopleErrorText(error: PeopleError, words: Words): string {
  const reason =
    error.type === 'offline'
      ? words.t('people.reasonOffline')
      : error.code === 'last_owner'
        ? words.t('people.reasonLastOwner')
        : words.t('people.reasonOther');
  return words.t('people.failed', { reason });
}
