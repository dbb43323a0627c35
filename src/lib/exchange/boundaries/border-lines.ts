import type { Position, Ring } from './geojson-rings.ts';

/** From one place where borders meet to the next; or all round, where none meet. */
export type BorderLine = readonly Position[];

/** Steps in a degree: a position to about eleven metres, finer than the nearest view of the map. */
const GRID = 10_000;
/** More than there are steps from pole to pole. */
const ROW = 2_000_000;

const cellOf = ([longitude, latitude]: Position): number =>
  (Math.round(longitude * GRID) + 180 * GRID) * ROW + Math.round(latitude * GRID) + 90 * GRID;

const positionOf = (cell: number): Position => [
  (Math.floor(cell / ROW) - 180 * GRID) / GRID,
  ((cell % ROW) - 90 * GRID) / GRID,
];

/**
 * The borders of areas, each drawn once: a border that two areas share is one line, from junction
 * to junction, so that thinning it leaves no gap and no double line between neighbours.
 */
export function borderLines(rings: readonly Ring[]): readonly BorderLine[] {
  const neighbours = neighboursOf(rings);
  const junctions = [...neighbours].flatMap(([cell, near]) => (near.length === 2 ? [] : [cell]));
  const lines: BorderLine[] = [];
  const isJunction = new Set(junctions);
  for (const from of junctions) {
    for (let line = walk(from); line; line = walk(from)) lines.push(line);
  }
  // what is left meets no other border: islands, and areas that stand alone
  for (const from of neighbours.keys()) {
    const line = walk(from);
    if (line) lines.push(line);
  }
  return lines;

  function walk(from: number): BorderLine | null {
    let next = neighbours.get(from)?.at(-1);
    if (next === undefined) return null;
    const line = [positionOf(from)];
    let at = from;
    while (next !== undefined) {
      leave(at, next);
      leave(next, at);
      line.push(positionOf(next));
      if (next === from || isJunction.has(next)) break;
      at = next;
      next = neighbours.get(at)?.at(-1);
    }
    return line;
  }

  function leave(cell: number, to: number): void {
    const near = neighbours.get(cell);
    near?.splice(near.indexOf(to), 1);
  }
}

/** Each position with those that a border leads to from it. */
function neighboursOf(rings: readonly Ring[]): Map<number, number[]> {
  const neighbours = new Map<number, number[]>();
  const join = (cell: number, other: number): boolean => {
    const near = neighbours.get(cell);
    if (near?.includes(other)) return false;
    if (near) near.push(other);
    else neighbours.set(cell, [other]);
    return true;
  };
  for (const ring of rings) {
    const [first] = ring;
    if (!first) continue;
    let at = cellOf(first);
    for (const position of [...ring.slice(1), first]) {
      const cell = cellOf(position);
      if (cell !== at && join(at, cell)) join(cell, at);
      at = cell;
    }
  }
  return neighbours;
}
