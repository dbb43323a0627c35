/**
 * Writes static/map/countries.json: the outlines of all countries from world-atlas (Natural Earth,
 * public domain), simplified, in one file. One for all, so that what a device keeps and asks for
 * does not tell of which country its operation is (docs/adr/0070).
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { arcsToText } from '../src/lib/features/map/arc-text.ts';
import { ALPHA3_BY_NUMBER } from './country-codes.ts';

type Arc = [number, number][];
interface Geometry {
  type: string;
  id?: string;
  arcs: unknown;
  properties?: unknown;
}
interface Topology {
  type: 'Topology';
  arcs: Arc[];
  objects: Record<string, { type: string; geometries: Geometry[] }>;
  transform: { scale: [number, number]; translate: [number, number] };
  bbox?: number[];
}

/** Degrees by which a line may be off: about seven kilometres. */
const TOLERANCE = 0.065;

/** Degrees: an island smaller both ways is left out, but where it is a fair part of its country. */
const SMALLEST = 0.4;

const source = new URL('../node_modules/world-atlas/countries-50m.json', import.meta.url);
const topology = JSON.parse(readFileSync(source, 'utf8')) as Topology;
const { scale, translate } = topology.transform;

/** Delta-coded integers to degrees. */
function degreesOf(arc: Arc): Arc {
  let [x, y] = [0, 0];
  return arc.map(([dx, dy]) => {
    x += dx;
    y += dy;
    return [x * scale[0] + translate[0], y * scale[1] + translate[1]];
  });
}

function distance([x, y]: Arc[number], [ax, ay]: Arc[number], [bx, by]: Arc[number]): number {
  const [dx, dy] = [bx - ax, by - ay];
  const length = dx * dx + dy * dy;
  const at = length === 0 ? 0 : Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / length));
  return Math.hypot(x - ax - at * dx, y - ay - at * dy);
}

/** Douglas and Peucker: the fewest points of a line that is nowhere off by more than the tolerance. */
function simplified(points: Arc): Arc {
  const first = points[0]!;
  const last = points[points.length - 1]!;
  let [farthest, most] = [0, 0];
  for (let index = 1; index < points.length - 1; index += 1) {
    const off = distance(points[index]!, first, last);
    if (off > most) [farthest, most] = [index, off];
  }
  const isRing = first[0] === last[0] && first[1] === last[1];
  // a small island stays an island: three points at least
  if (most <= TOLERANCE && !(isRing && points.length > 4)) return [first, last];
  if (farthest === 0) return points;
  const before = simplified(points.slice(0, farthest + 1));
  const after = simplified(points.slice(farthest));
  return [...before.slice(0, -1), ...after];
}

/** A fiftieth of a degree is about two kilometres: less than a line is off. */
const STEP = 0.02;
function deltasOf(points: Arc): Arc {
  let [x, y] = [0, 0];
  return points.flatMap(([lon, lat], index) => {
    const [nowX, nowY] = [Math.round((lon + 180) / STEP), Math.round((lat + 90) / STEP)];
    const delta: Arc[number] = [nowX - x, nowY - y];
    [x, y] = [nowX, nowY];
    const isSame = delta[0] === 0 && delta[1] === 0;
    // a line keeps both its ends, even where they fall together
    return isSame && index > 0 && index < points.length - 1 ? [] : [delta];
  });
}

/** Longitudes and latitudes that the outer ring of a polygon spans. */
function spanOf([outer = []]: number[][]): number {
  const points = outer.flatMap((at) => degreesOf(topology.arcs[at < 0 ? ~at : at]!));
  const span = (values: number[]): number => Math.max(...values) - Math.min(...values);
  return Math.max(span(points.map(([lon]) => lon)), span(points.map(([, lat]) => lat)));
}

function withoutIslets({ type, arcs }: Geometry): unknown {
  if (type !== 'MultiPolygon') return arcs;
  const polygons = arcs as number[][][];
  const most = Math.max(...polygons.map(spanOf));
  return polygons.filter((polygon) => spanOf(polygon) >= Math.min(SMALLEST, most / 4));
}

const kept = topology.objects['countries']!.geometries.flatMap((geometry) => {
  const code = ALPHA3_BY_NUMBER.get(String(geometry.id).padStart(3, '0'));
  return code === undefined
    ? []
    : [{ type: geometry.type, id: code, arcs: withoutIslets(geometry) }];
});

/** Arcs that no outline uses are left out: the others are numbered anew. */
const numbers = new Map<number, number>();
function renumbered(arcs: unknown): unknown {
  if (Array.isArray(arcs)) return arcs.map(renumbered);
  const at = arcs as number;
  const old = at < 0 ? ~at : at;
  const now = numbers.get(old) ?? numbers.size;
  numbers.set(old, now);
  return at < 0 ? ~now : now;
}
const geometries = kept.map(({ arcs, ...rest }) => ({ ...rest, arcs: renumbered(arcs) }));

const outlines = {
  type: 'Topology',
  transform: { scale: [STEP, STEP], translate: [-180, -90] },
  objects: { countries: { type: 'GeometryCollection', geometries } },
  arcs: arcsToText(
    [...numbers.keys()].map((old) => deltasOf(simplified(degreesOf(topology.arcs[old]!)))),
  ),
};
const text = JSON.stringify(outlines);
writeFileSync(new URL('../static/map/countries.json', import.meta.url), text);
console.log(`${geometries.length} countries, ${gzipSync(text).length} bytes after gzip`);
