import { geoMercator, geoPath, type GeoPermissibleObjects, type GeoProjection } from 'd3-geo';
import type { Bounds } from '#lib/domain/dates/between.ts';
import type { AccessStatusValue } from '#lib/domain/records/vocabularies.ts';
import type { DrawOptions } from './chart.ts';
import type { Look } from './looks.ts';
import { type Point, rect, type Scene, type Shape, type Target, text } from './scene.ts';

/** A country's outline or an operation's own boundaries, in degrees (GeoJSON). */
export type Outline = GeoPermissibleObjects;

/** Borders: lines, since what fills an area on a globe depends on which way round it was written. */
export function outlineOfLines(
  lines: readonly (readonly (readonly [longitude: number, latitude: number])[])[],
): Outline {
  const coordinates = lines.map((line) =>
    line.map(([longitude, latitude]) => [longitude, latitude]),
  );
  return { type: 'MultiLineString', coordinates };
}

/** What the map, its list and its table say of a place. */
export interface MapRow {
  readonly id: string;
  readonly name: string;
  /** Days waited, at least and at most; null: no delivery on record. */
  readonly days: Bounds | null;
  readonly status: AccessStatusValue;
  /** null: nobody says how many. */
  readonly people: number | null;
  /** What stands beside the mark: `Madaya, 60 days`. */
  readonly title: string;
  readonly label: string;
  readonly records: readonly string[];
}

export interface MapPlace extends MapRow {
  readonly latitude: number;
  readonly longitude: number;
}

export interface MapInput {
  readonly places: readonly MapPlace[];
  /** Without a position on record: in the list and the table, not on the map. */
  readonly unplaced: readonly MapRow[];
  readonly country: Outline | null;
  readonly boundaries: readonly Outline[];
}

/** What is shown: all, or `closer` times nearer around a place. */
export interface MapFocus {
  readonly place: string | null;
  readonly closer: number;
}

export const WHOLE_MAP: MapFocus = { place: null, closer: 1 };

/** Days waited from which a mark is filled darker; below the first, lightest. */
export const WAIT_STEPS = [30, 90, 365] as const;
const WAIT_LOOKS: readonly Look[] = ['wait1', 'wait2', 'wait3', 'wait4'];

export function waitLook(days: Bounds | null): Look {
  if (!days) return 'waitUnknown';
  const step = WAIT_STEPS.filter((from) => days[0] >= from).length;
  return WAIT_LOOKS[step] ?? 'wait4';
}

/** Area grows with people; a place of which nobody says how many has the least. */
export const markRadius = (people: number | null): number =>
  Math.min(22, Math.max(6, 0.042 * Math.sqrt(people ?? 0)));

/**
 * Shape by status: a besieged place is a square, a hard-to-reach one a triangle, an evacuated one a
 * diamond, any other a disc.
 */
export function markShape(look: Look, status: AccessStatusValue, [x, y]: Point, r: number): Shape {
  if (status === 'besieged') return rect(look, [x - r, y - r], 2 * r, 2 * r);
  if (status === 'hard_to_reach') {
    const points: Point[] = [
      [x, y - r * 1.2],
      [x + r * 1.1, y + r * 0.8],
      [x - r * 1.1, y + r * 0.8],
    ];
    return { kind: 'polygon', look, points };
  }
  if (status === 'evacuated') {
    const half = r * 1.2;
    const points: Point[] = [
      [x - half, y],
      [x, y - half],
      [x + half, y],
      [x, y + half],
    ];
    return { kind: 'polygon', look, points };
  }
  return rect(look, [x - r, y - r], 2 * r, 2 * r, r);
}

const PAD = 24;

/** The country as wide as there is room; without one, the borders or the places. Height follows, within bounds. */
function projectionOf(
  { country, boundaries, places }: MapInput,
  focus: MapFocus,
  width: number,
): { readonly projection: GeoProjection; readonly height: number } {
  const frame: GeoPermissibleObjects = country ?? boundaries[0] ?? surroundings(places);
  const probe = geoMercator().fitWidth(Math.max(1, width - 2 * PAD), frame);
  const [[, top], [, bottom]] = geoPath(probe).bounds(frame);
  const wanted = Number.isFinite(bottom - top) ? bottom - top + 2 * PAD : width * 0.6;
  const height = Math.round(Math.min(Math.max(wanted, width * 0.5), width * 1.1, 640));
  const extent: [[number, number], [number, number]] = [
    [PAD, PAD],
    [width - PAD, height - PAD],
  ];
  const projection = geoMercator().fitExtent(extent, frame);
  const centre = places.find(({ id }) => id === focus.place);
  if (focus.closer > 1) {
    projection.scale(projection.scale() * focus.closer);
    const at = centre ? positionOf(centre) : middleOf(places);
    const projected = projection(at) ?? [width / 2, height / 2];
    const [tx, ty] = projection.translate();
    projection.translate([tx + width / 2 - projected[0], ty + height / 2 - projected[1]]);
  }
  projection.clipExtent([
    [0, 0],
    [width, height],
  ]);
  return { projection, height };
}

/** A quarter of a degree around the places: one alone has no extent of its own. */
function surroundings(places: readonly MapPlace[]): GeoPermissibleObjects {
  const around = places.flatMap(({ longitude, latitude }) => [
    [longitude - 0.25, latitude - 0.25],
    [longitude + 0.25, latitude + 0.25],
  ]);
  const coordinates =
    around.length > 0
      ? around
      : [
          [-1, -1],
          [1, 1],
        ];
  return { type: 'MultiPoint', coordinates };
}

const positionOf = ({ longitude, latitude }: MapPlace): [number, number] => [longitude, latitude];

function middleOf(places: readonly MapPlace[]): [number, number] {
  const mean = (values: readonly number[]): number =>
    values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
  return [mean(places.map((p) => p.longitude)), mean(places.map((p) => p.latitude))];
}

interface Placed {
  readonly place: MapPlace;
  readonly x: number;
  readonly y: number;
  readonly r: number;
}

type Box = readonly [left: number, top: number, right: number, bottom: number];
const meets = (a: Box, b: Box): boolean => a[0] < b[2] && a[2] > b[0] && a[1] < b[3] && a[3] > b[1];

/** Names beside their marks, the longest wait first, where they meet no mark and no other name. */
function nameShapes(
  placed: readonly Placed[],
  { width, rightToLeft, measure }: DrawOptions,
): Shape[] {
  const taken: Box[] = placed.map(({ x, y, r }) => [x - r, y - r, x + r, y + r]);
  const byWait = [...placed].sort((a, b) => (b.place.days?.[0] ?? -1) - (a.place.days?.[0] ?? -1));
  return byWait.flatMap(({ place, x, y, r }): Shape[] => {
    const needed = measure(place.title, 13, false);
    for (const side of [1, -1]) {
      const left = side > 0 ? x + r + 5 : x - r - 5 - needed;
      const box: Box = [left, y - 9, left + needed, y + 8];
      if (box[0] < 0 || box[2] > width || taken.some((other) => meets(box, other))) continue;
      taken.push(box);
      const anchor = side > 0 === rightToLeft ? 'end' : 'start';
      return [text('text', place.title, [x + side * (r + 5), y + 4.5], { anchor })];
    }
    return [];
  });
}

/**
 * The map: places by days waited (fill), people (size) and status (shape) on the country's outline
 * and the operation's own boundaries. Not mirrored right to left: a country is not.
 */
export function mapScene(input: MapInput, focus: MapFocus, options: DrawOptions): Scene {
  const { width, rightToLeft } = options;
  const { projection, height } = projectionOf(input, focus, width);
  const path = geoPath(projection).digits(1);
  const shapes: Shape[] = [];
  const outline = (look: Look, what: Outline): void => {
    const d = path(what);
    if (d) shapes.push({ kind: 'path', look, d });
  };
  const isBordered = input.boundaries.length === 0;
  if (input.country) outline(isBordered ? 'land' : 'landUnder', input.country);
  for (const boundary of input.boundaries) outline('boundary', boundary);
  const placed = input.places
    .flatMap((place): Placed[] => {
      const at = projection(positionOf(place));
      if (!at) return [];
      const r = markRadius(place.people);
      const [x, y] = at;
      const isInside = x >= -r && x <= width + r && y >= -r && y <= height + r;
      return isInside ? [{ place, x, y, r }] : [];
    })
    .sort((a, b) => b.r - a.r || (a.place.id < b.place.id ? -1 : 1));
  for (const { place, x, y, r } of placed) {
    shapes.push(markShape(waitLook(place.days), place.status, [x, y], r));
  }
  shapes.push(...nameShapes(placed, options));
  const targets = placed.map(({ place: { id, label, records }, x, y }): Target => {
    // as large as a finger, whatever the mark's size; the nearest of several is meant
    return { id, label, records, x: x - 24, y: y - 24, width: 48, height: 48 };
  });
  return { width, height, rightToLeft, shapes, targets };
}
