import type { LensResults } from '#lib/client/state/lens-results.svelte.ts';
import type { Reader } from '#lib/statements/render.ts';

/** Beside every number of deliveries of one kind: of how many nobody recorded what they were. */
export const unknownKind = (
  { unknownUnderLens: count }: Pick<LensResults, 'unknownUnderLens'>,
  { language }: Reader,
): readonly string[] => (count > 0 ? [language.t('access.unknownUnderLens', { count })] : []);
