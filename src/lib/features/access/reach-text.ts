import { boundsFigure } from '../place/gap-label.ts';
import type { Words } from '#lib/ui/words.svelte.ts';

type Bounds = readonly [number, number];

/** A number or its bounds; a dash where nobody gives one, which is never none. */
export function boundsText(bounds: Bounds | null | undefined, words: Words): string {
  if (!bounds) return '–';
  const [least, greatest] = bounds;
  return words.figure(boundsFigure([Math.round(least), Math.round(greatest)]));
}

/**
 * Whole percent; below one percent with one decimal, so that few never reads as none, and 99 for
 * nearly all, so that only all reads as all.
 */
export function percentOf(part: number): number {
  const percent = part * 100;
  if (percent > 99 && percent < 100) return 99;
  if (percent <= 0 || percent >= 1) return Math.round(percent);
  return Math.max(0.1, Math.round(percent * 10) / 10);
}

export function shareText([least, greatest]: Bounds, words: Words): string {
  const share = words.figure(boundsFigure([percentOf(least), percentOf(greatest)]));
  return words.t('access.percent', { share });
}
