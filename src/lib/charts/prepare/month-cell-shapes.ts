import { diamond, rect, type Shape, text } from './scene.ts';
import type { MonthCell } from './month-cells.ts';

export interface CellBox {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly rightToLeft: boolean;
}

const HEAT = ['heat1', 'heat2', 'heat3'] as const;
const FIGURE = 14;

/** `2`; where some may lie in another month, `1–2`; `≤ 2` where that is so of all. */
export function cellFigure(
  { certain, possible }: MonthCell,
  number: (value: number) => string,
): string {
  if (possible === 0) return number(certain);
  if (certain === 0) return `≤\u202f${number(possible)}`;
  return `${number(certain)}–${number(certain + possible)}`;
}

/**
 * A month of a place: its count on heat, an outline where the deliveries may lie in another month,
 * hatched where nothing is on record, an empty outline where records are complete and none came; a
 * refusal is a diamond in it.
 */
export function cellShapes(
  cell: MonthCell,
  box: CellBox,
  number: (value: number) => string,
): Shape[] {
  const { x, y, width, height, rightToLeft } = box;
  const { certain, possible, refusals, isComplete } = cell;
  const corner = [x, y] as const;
  const middle = [x + width / 2, y + height / 2] as const;
  const hasDelivery = certain + possible > 0;
  const shapes: Shape[] = [];
  if (certain > 0) {
    shapes.push(rect(HEAT[Math.min(certain, 3) - 1] ?? 'heat3', corner, width, height));
  } else if (possible > 0) {
    shapes.push(rect('cellPossible', [x + 0.75, y + 0.75], width - 1.5, height - 1.5));
  } else if (isComplete) {
    shapes.push(rect('cellNone', [x + 0.5, y + 0.5], width - 1, height - 1));
  } else shapes.push(rect('cellUnknown', corner, width, height));
  const isBoth = hasDelivery && refusals > 0;
  // a range needs the room of two figures beside the diamond
  const isRange = certain > 0 && possible > 0 && width >= 36;
  const [before, after] = isRange ? [8, 13] : [6, 8];
  const side = rightToLeft ? -1 : 1;
  if (hasDelivery) {
    const look = certain >= 3 ? 'onHeat' : 'text';
    const at = [middle[0] - (isBoth ? before * side : 0), middle[1] + FIGURE * 0.36] as const;
    const words = cellFigure(cell, number);
    shapes.push(text(look, words, at, { size: FIGURE, isBold: true, anchor: 'middle' }));
  }
  if (refusals > 0) {
    shapes.push(diamond([middle[0] + (isBoth ? after * side : 0), middle[1]], 4.5));
  }
  return shapes;
}
