import { scaleLinear } from 'd3-scale';
import type { Bounds } from '#lib/domain/dates/between.ts';
import type { MeasureText } from './timeline-input.ts';
import type { PlotBox, RowsHead } from './row-chart.ts';
import type { Look } from './looks.ts';
import { line, rect, type Shape, text } from './scene.ts';

/** From nothing to a round number not below the greatest value. */
export interface ValueAxis {
  readonly to: number;
  readonly xOf: (value: number, box: PlotBox) => number;
}

export function valueAxis(greatest: number): ValueAxis {
  const [, to = 1] = scaleLinear()
    .domain([0, Math.max(1, greatest)])
    .nice(4)
    .domain();
  return { to, xOf: (value, { x0, x1 }) => x0 + (Math.min(value, to) / to) * (x1 - x0) };
}

/** Px beside the drawing that words over it may use. */
const EDGE = 8;

/** Round numbers over the rows with faint lines through them; as many as have room. */
export function axisHead(
  axis: ValueAxis,
  number: (value: number) => string,
  measure: MeasureText,
): RowsHead {
  return {
    height: 24,
    draw: (box, bottom) => {
      const widest = measure(number(axis.to), 13, false) + 24;
      const room = Math.max(1, Math.min(5, Math.floor((box.x1 - box.x0) / widest)));
      const ticks = scaleLinear().domain([0, axis.to]).ticks(room).filter(Number.isInteger);
      let free = -Infinity;
      return ticks.flatMap((value): Shape[] => {
        const x = axis.xOf(value, box);
        const shape = line('tick', [x, 18], [x, bottom]);
        const half = measure(number(value), 13, false) / 2;
        // the last one keeps to the chart, whose edge would cut it
        const middle = Math.min(x, box.x1 + EDGE - half);
        if (middle - half < free) return [shape];
        free = middle + half + 8;
        return [shape, text('second', number(value), [middle, 13], { anchor: 'middle' })];
      });
    },
  };
}

export interface BarLooks {
  readonly certain: Look;
  readonly possible: Look;
}

export const FIRST_BAR: BarLooks = { certain: 'certain', possible: 'possible' };
export const SECOND_BAR: BarLooks = { certain: 'certainSecond', possible: 'possible' };
export const BAR_HEIGHT = 12;

/**
 * A bar to the least that a value can be, an outline on to the greatest, and a whisker over what
 * lies between. No value: hatched, which is no bar of nothing.
 */
export function barShapes(
  value: Bounds | null,
  axis: ValueAxis,
  box: PlotBox,
  looks: BarLooks = FIRST_BAR,
): Shape[] {
  const { x0, y } = box;
  if (!value) return [rect('unknown', [x0, y + 2], 28, BAR_HEIGHT - 4)];
  const [least, greatest] = value;
  const [from, to] = [axis.xOf(least, box), axis.xOf(greatest, box)];
  const shapes: Shape[] = [];
  // nothing is a line of its own: a bar without width could not be seen
  shapes.push(rect(looks.certain, [x0, y], Math.max(1.5, from - x0), BAR_HEIGHT));
  if (to - from < 0.5) return shapes;
  shapes.push(rect(looks.possible, [from, y + 0.6], to - from, BAR_HEIGHT - 1.2));
  const middle = y + BAR_HEIGHT / 2;
  shapes.push(line('whisker', [from, middle], [to, middle]));
  for (const x of [from, to]) shapes.push(line('whisker', [x, y + 2], [x, y + BAR_HEIGHT - 2]));
  return shapes;
}
