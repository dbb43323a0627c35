import { MONTH_STEP, type PlacesLayout } from './places-layout.ts';
import { type Scene, type Shape, text } from './scene.ts';

export interface PlacesFootWords {
  /** Whose places are counted: `places of these 15 with a delivery`. */
  readonly title: string;
  /** Before the numbers of those that may have had one in that month or in one beside it. */
  readonly possibly: string;
  readonly number: (value: number) => string;
}

const LINE = 20;

/**
 * Below the month cells: how many of the places shown had a delivery in each month, and on a line of
 * its own how many more may have had one. Without month cells, nothing.
 */
export function placesFoot(layout: PlacesLayout, words: PlacesFootWords): Scene {
  const { options, isWide, rows, monthsStart } = layout;
  const { width, rightToLeft } = options;
  const at = (x: number): number => (rightToLeft ? width - x : x);
  const months = isWide ? (rows[0]?.line.months ?? []) : [];
  if (months.length === 0) return { width, height: 0, rightToLeft, shapes: [], targets: [] };
  const counts = months.map((_, index) => {
    const cells = rows.flatMap(({ line }) => line.months[index] ?? []);
    const certain = cells.filter((cell) => cell.certain > 0).length;
    return {
      certain,
      possible: cells.filter((cell) => cell.certain === 0 && cell.possible > 0).length,
    };
  });
  const hasPossible = counts.some(({ possible }) => possible > 0);
  const shapes: Shape[] = [
    text('second', words.title, [at(monthsStart - 12), LINE - 1], { anchor: 'end' }),
  ];
  if (hasPossible) {
    const place = [at(monthsStart - 12), 2 * LINE - 1] as const;
    shapes.push(text('second', words.possibly, place, { anchor: 'end' }));
  }
  counts.forEach(({ certain, possible }, index) => {
    const x = at(monthsStart + index * MONTH_STEP + MONTH_STEP / 2 - 1);
    const style = { size: 14, isBold: true, anchor: 'middle' } as const;
    // nothing on record in any of them is no count of none
    const count = certain > 0 ? words.number(certain) : '–';
    shapes.push(text('text', count, [x, LINE - 1], style));
    if (possible === 0) return;
    const more = `+${words.number(possible)}`;
    shapes.push(text('second', more, [x, 2 * LINE - 1], { anchor: 'middle' }));
  });
  const height = (hasPossible ? 2 : 1) * LINE + 8;
  return { width, height, rightToLeft, shapes, targets: [] };
}
