import type { BorderLine } from './border-lines.ts';
import type { Position } from './geojson-rings.ts';

/**
 * A line with fewer points, none of which lies further than `tolerance` degrees from it (Douglas and
 * Peucker); its ends stay. A degree of longitude counts for less away from the equator.
 */
export function thinLine(line: BorderLine, tolerance: number): BorderLine {
  const [first] = line;
  if (!first || line.length < 3) return line;
  const narrow = Math.cos((first[1] * Math.PI) / 180);
  const keep = new Uint8Array(line.length);
  keep[0] = keep[line.length - 1] = 1;
  const parts: [number, number][] = [[0, line.length - 1]];
  for (let part = parts.pop(); part; part = parts.pop()) {
    const [from, to] = part;
    let [furthest, away] = [-1, tolerance];
    for (let index = from + 1; index < to; index += 1) {
      const distance = distanceTo(line[index]!, line[from]!, line[to]!, narrow);
      if (distance > away) [furthest, away] = [index, distance];
    }
    if (furthest < 0) continue;
    keep[furthest] = 1;
    parts.push([from, furthest], [furthest, to]);
  }
  return line.filter((_position, index) => keep[index] === 1);
}

/** Degrees from a position to a stretch of line; to its end, where the two ends are one. */
function distanceTo(p: Position, a: Position, b: Position, narrow: number): number {
  const [px, py] = [(p[0] - a[0]) * narrow, p[1] - a[1]];
  const [bx, by] = [(b[0] - a[0]) * narrow, b[1] - a[1]];
  const length = bx * bx + by * by;
  const along = length === 0 ? 0 : Math.min(1, Math.max(0, (px * bx + py * by) / length));
  return Math.hypot(px - along * bx, py - along * by);
}
