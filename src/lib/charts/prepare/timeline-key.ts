import { deliveryShapes } from './timeline-shapes.ts';
import { deliveryMarks } from './timeline-marks.ts';
import { diamond, mirrored, moved, type Scene, type Shape, text } from './scene.ts';
import type { DrawOptions } from './chart.ts';
import type { TimelineStyle } from './timeline-style.ts';

export interface KeyWords {
  /** What the two discs stand for: `10,000 and 40,000 people`. */
  readonly people: string;
  readonly notKnown: string;
  readonly refused: string;
  /** Of a delivery of an unknown kind; absent where none is drawn. */
  readonly maybe?: string | undefined;
}

/** The people that the discs of the key stand for. */
export const KEY_PEOPLE = [10_000, 40_000] as const;
const LINE = 22;

/** The marks of a time line, named: one line where there is room. */
export function timelineKey(
  words: KeyWords,
  style: TimelineStyle,
  { width, rightToLeft, measure }: DrawOptions,
): Scene {
  const axis = { from: 0, to: 1, width: 0, pad: 0, rightToLeft: false };
  const marks = [...KEY_PEOPLE, null].map((people, index) => {
    const delivery = { id: String(index), date: { earliest: 0, latest: 0 }, people };
    return deliveryMarks(axis, [delivery], { ...style, lineY: 0 })[0]!;
  });
  const discs = marks.slice(0, 2);
  const ring = marks[2]!;
  const placed = (mark: (typeof marks)[number], x: number): Shape[] =>
    deliveryShapes({ ...mark, x1: x, x2: x });
  const discsWidth = discs.reduce((sum, { r }) => sum + 2 * r + 4, 0);
  const entries = [
    {
      words: words.people,
      mark: discsWidth,
      draw: (x: number): Shape[] => {
        let along = x;
        return discs.flatMap((mark) => {
          const middle = along + mark.r;
          along += 2 * mark.r + 4;
          return placed(mark, middle);
        });
      },
    },
    { words: words.notKnown, mark: 14, draw: (x: number) => placed(ring, x + ring.r + 1) },
    {
      words: words.refused,
      mark: 14,
      draw: (x: number): Shape[] => [diamond([x + style.diamond + 1, 0], style.diamond)],
    },
  ];
  if (words.maybe !== undefined) {
    const maybe = { ...ring, isPossible: true, r: style.hollow, stroke: 1.5, halo: 0 };
    entries.push({ words: words.maybe, mark: 14, draw: (x) => placed(maybe, x + maybe.r + 1) });
  }
  const shapes: Shape[] = [];
  let [x, y] = [0, LINE / 2];
  for (const entry of entries) {
    const needed = entry.mark + 6 + measure(entry.words, 13, false);
    if (x > 0 && x + needed > width) [x, y] = [0, y + LINE];
    for (const shape of entry.draw(x)) shapes.push(moved(shape, 0, y));
    shapes.push(text('second', entry.words, [x + entry.mark + 6, y + 4.5]));
    x += needed + 18;
  }
  const scene = { width, height: y + LINE / 2, rightToLeft: false, shapes, targets: [] };
  return rightToLeft ? mirrored(scene) : scene;
}
