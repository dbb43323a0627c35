import type { ConvoyView } from '#lib/client/state/views.ts';
import { type Figure, figureBounds } from '#lib/domain/figures/figure.ts';

export type ShownNumber = NonNullable<ConvoyView['derived']['trucks']>;

/**
 * A number as a screen shows it: what a person accepted; otherwise, where reports differ, the whole
 * spread from the least to the greatest stated (`37–38`). Figures in different units make none.
 */
export function shownFigure({ accepted, value, values }: ShownNumber): Figure {
  if (accepted || values.length < 2) return value;
  const units = new Set(values.map(({ figure }) => figure.unit ?? 'people'));
  const bounds = values.map(({ figure }) => figureBounds(figure));
  if (units.size > 1 || bounds.some(({ max }) => max === null)) return value;
  const least = Math.min(...bounds.map(({ min }) => min));
  const greatest = Math.max(...bounds.map(({ max }) => max ?? 0));
  if (least === greatest) return value;
  return { q: '..', n: least, m: greatest, ...(value.unit ? { unit: value.unit } : {}) };
}
