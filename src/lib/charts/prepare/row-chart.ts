import type { DrawOptions } from './chart.ts';
import { line, mirrored, type Scene, type Shape, type Target, text } from './scene.ts';
import { wrapText } from './wrap-text.ts';

/** Where a row or the head is drawn: from `x0` to `x1`, `y` its top. Reading from the left. */
export interface PlotBox {
  readonly x0: number;
  readonly x1: number;
  readonly y: number;
  readonly height: number;
}

/** One line of a chart whose rows have a name, a drawing and their figures in words. */
export interface ChartRow {
  readonly id: string;
  readonly name: string;
  readonly lang?: string | undefined;
  /** Below the name, smaller. */
  readonly second?: string;
  /** The numbers that the drawing shows, each a line. */
  readonly figures: readonly string[];
  /** What a screen reader says. */
  readonly label: string;
  readonly records: readonly string[];
  /** Where time runs down the rows: the milestones between the row before and this one. */
  readonly milestones?: readonly string[];
  /** Px that the drawing needs. */
  readonly plotHeight: number;
  readonly draw: (box: PlotBox) => readonly Shape[];
}

export interface RowsHead {
  readonly height: number;
  /** `bottom`: where the last row ends, for lines through all of them. */
  readonly draw: (box: PlotBox, bottom: number) => readonly Shape[];
}

/** From this width on the figures stand beside the drawing, else above it. */
const WIDE = 560;
const NAME = { size: 15, line: 19 } as const;
const SECOND = { size: 13, line: 17 } as const;
const GAP = 16;
const PADDING = 8;
/** A row can be tapped. */
const LEAST_ROW = 48;

interface Columns {
  readonly isWide: boolean;
  readonly nameWidth: number;
  readonly figureWidth: number;
  readonly x0: number;
  readonly x1: number;
}

function columnsOf(rows: readonly ChartRow[], { width, measure }: DrawOptions): Columns {
  const isWide = width >= WIDE;
  if (!isWide) return { isWide, nameWidth: width, figureWidth: width, x0: 8, x1: width - 8 };
  const widest = (words: readonly string[], size: number, isBold: boolean): number =>
    Math.max(0, ...words.map((each) => measure(each, size, isBold)));
  const names = rows.map(({ name }) => name);
  const nameWidth = Math.min(width * 0.26, Math.max(90, widest(names, NAME.size, true) + 2));
  const figures = rows.flatMap((row) => row.figures);
  const figureWidth = Math.min(width * 0.34, Math.max(40, widest(figures, SECOND.size, false) + 2));
  const x1 = width - figureWidth - GAP;
  return { isWide, nameWidth, figureWidth, x0: nameWidth + GAP, x1 };
}

/** From one height to another. */
type Stretch = readonly [top: number, bottom: number];

/**
 * A line through all rows, where the words of a row stand above its drawing: cut there, so that
 * nothing is struck through.
 */
function besideWords(shape: Shape, parts: readonly Stretch[], bottom: number): Shape[] {
  if (shape.kind !== 'line' || shape.x1 !== shape.x2 || shape.y2 !== bottom) return [shape];
  return parts.map(([from, to]) => ({ ...shape, y1: Math.max(from, shape.y1), y2: to }));
}

/**
 * A chart of rows: the name, the drawing, the figures in words; on a narrow screen below each
 * other. Nothing is cut: words wrap and rows grow.
 */
export function rowScene(
  rows: readonly ChartRow[],
  head: RowsHead | null,
  options: DrawOptions,
): Scene {
  const { width, rightToLeft, measure } = options;
  const { isWide, nameWidth, figureWidth, x0, x1 } = columnsOf(rows, options);
  const shapes: Shape[] = [];
  const targets: Target[] = [];
  let top = head?.height ?? 0;
  shapes.push(line('strong', [0, top + 0.5], [width, top + 0.5]));
  const plots: Stretch[] = [[0, top]];
  for (const row of rows) {
    for (const milestone of row.milestones ?? []) {
      const lines = wrapText(milestone, { width, size: SECOND.size, isBold: false }, measure);
      lines.forEach((each, index) => {
        shapes.push(text('second', each, [0, top + 16 + index * SECOND.line]));
      });
      const last = top + 12 + (lines.length - 1) * SECOND.line;
      const end = measure(lines.at(-1) ?? '', SECOND.size, false) + 8;
      if (end < width) shapes.push(line('milestone', [end, last], [width, last]));
      top += lines.length * SECOND.line + 8;
      shapes.push(line('rule', [0, top - 0.5], [width, top - 0.5]));
    }
    const wrap = (words: string, size: number, room: number, isBold = false): readonly string[] =>
      wrapText(words, { width: room, size, isBold }, measure);
    const nameLines = wrap(row.name, NAME.size, nameWidth, true);
    const second = row.second ? wrap(row.second, SECOND.size, nameWidth) : [];
    const figures = row.figures.flatMap((each) => wrap(each, SECOND.size, figureWidth));
    const nameHeight = nameLines.length * NAME.line + second.length * SECOND.line;
    const figuresHeight = figures.length * SECOND.line;
    const start = top + PADDING;
    const figureTop = isWide ? start : start + nameHeight;
    const plotTop = isWide ? start : figureTop + figuresHeight + (figures.length > 0 ? 4 : 0);
    const content = isWide
      ? Math.max(nameHeight, figuresHeight, row.plotHeight)
      : plotTop - start + row.plotHeight;
    const height = Math.max(LEAST_ROW, content + 2 * PADDING);
    nameLines.forEach((each, index) => {
      const at = [0, start + NAME.size - 1 + index * NAME.line] as const;
      shapes.push(text('text', each, at, { size: NAME.size, isBold: true, lang: row.lang }));
    });
    second.forEach((each, index) => {
      const below = nameLines.length * NAME.line + index * SECOND.line;
      shapes.push(text('second', each, [0, start + below + SECOND.size]));
    });
    figures.forEach((each, index) => {
      const y = figureTop + SECOND.size + index * SECOND.line;
      const anchor = isWide ? 'end' : 'start';
      shapes.push(text('text', each, [isWide ? width : 0, y], { anchor }));
    });
    shapes.push(...row.draw({ x0, x1, y: plotTop, height: row.plotHeight }));
    plots.push([plotTop - 4, top + height]);
    shapes.push(line('rule', [0, top + height - 0.5], [width, top + height - 0.5]));
    const { id, label, records } = row;
    targets.push({ id, label, records, x: 0, y: top, width, height });
    top += height;
  }
  const headShapes = head ? head.draw({ x0, x1, y: 0, height: head.height }, top) : [];
  const scene = {
    width,
    height: top + 1,
    rightToLeft: false,
    // lines of the head lie beneath the rows
    shapes: [
      ...(isWide ? headShapes : headShapes.flatMap((shape) => besideWords(shape, plots, top))),
      ...shapes,
    ],
    targets,
  };
  return rightToLeft ? mirrored(scene) : scene;
}
