import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { borderLines } from './border-lines.ts';
import type { Position } from './geojson-rings.ts';
import { LONGEST_BOUNDARIES, readBoundaries } from './read-boundaries.ts';
import { thinLine } from './thin-lines.ts';

const square = (x: number, y: number): Position[] => [
  [x, y],
  [x + 1, y],
  [x + 1, y + 1],
  [x, y + 1],
  [x, y],
];
const polygon = (...rings: readonly (readonly Position[])[]) => ({
  type: 'Polygon',
  coordinates: rings,
});
const feature = (geometry: unknown) => ({ type: 'Feature', properties: {}, geometry });
const collection = (...geometries: readonly unknown[]) => ({
  type: 'FeatureCollection',
  features: geometries.map(feature),
});
const read = (json: unknown, most?: number) => readBoundaries(JSON.stringify(json), most);

describe('boundaries', () => {
  test('a border that two areas share is one line, between the places where borders meet', () => {
    const found = read(collection(polygon(square(36, 33)), polygon(square(37, 33))));
    expect(found).toMatchObject({ ok: true, value: { areas: 2, leftOut: 0, simplifiedBy: 0 } });
    const lines = found.ok ? found.value.lines : [];
    expect(lines).toHaveLength(3);
    expect(lines.filter((line) => line.length === 2)).toEqual([
      expect.arrayContaining([
        [37, 33],
        [37, 34],
      ]),
    ]);
  });

  test('areas in several parts, with holes, in collections, and a bare geometry are read', () => {
    const parts = { type: 'MultiPolygon', coordinates: [[square(1, 1)], [square(5, 5)]] };
    const both = { type: 'GeometryCollection', geometries: [parts, polygon(square(9, 9))] };
    expect(read(collection(both, polygon(square(20, 20), square(20.2, 20.2))))).toMatchObject({
      value: { areas: 2, pointsInFile: 25 },
    });
    expect(read(polygon(square(1, 1)))).toMatchObject({ value: { areas: 1 } });
    expect(read(feature(polygon(square(1, 1))))).toMatchObject({ value: { areas: 1 } });
  });

  test('points and lines bound no area: they are counted; of them alone nothing is taken', () => {
    const point = { type: 'Point', coordinates: [36, 33] };
    const area = polygon(square(36, 33));
    expect(read(collection(area, point, null))).toMatchObject({ value: { areas: 1, leftOut: 2 } });
    const none = { ok: false, error: { type: 'no_areas', leftOut: 2 } };
    expect(read(collection(point, null))).toEqual(none);
    expect(read(collection(polygon([[1, 1] as const])))).toMatchObject({ error: { leftOut: 1 } });
    const dot = [1, 1] as const;
    expect(read(collection(polygon([dot, dot, dot])))).toMatchObject({ error: { leftOut: 1 } });
  });

  test('another reference system is refused by its name; numbers that are no degrees too', () => {
    const crs = (name: unknown) => ({
      ...collection(polygon(square(36, 33))),
      crs: { type: 'name', properties: { name } },
    });
    for (const name of ['urn:ogc:def:crs:OGC:1.3:CRS84', 'EPSG:4326']) {
      expect(read(crs(name)).ok, name).toBe(true);
    }
    expect(read(crs('urn:ogc:def:crs:EPSG::32637'))).toEqual({
      ok: false,
      error: { type: 'other_crs', name: 'urn:ogc:def:crs:EPSG::32637' },
    });
    expect(read(crs(undefined))).toMatchObject({ error: { type: 'other_crs', name: 'name' } });
    expect(read(collection(polygon(square(500_000, 3_700_000))))).toMatchObject({
      error: { type: 'not_degrees' },
    });
  });

  test('what is no GeoJSON, or too long, is said, and nothing is thrown whatever it is', () => {
    expect(readBoundaries('PK\u0003\u0004')).toMatchObject({ error: { type: 'not_json' } });
    expect(readBoundaries('\uFEFF[1]')).toMatchObject({ error: { type: 'not_geojson' } });
    expect(read(collection(polygon([['a', 1]] as never)))).toMatchObject({
      error: { type: 'not_geojson' },
    });
    expect(readBoundaries(' '.repeat(LONGEST_BOUNDARIES + 1))).toMatchObject({
      error: { type: 'too_long' },
    });
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(readBoundaries(text).ok).toBe(false);
      }),
    );
    const anything = fc.record({
      type: fc.constantFrom('Polygon', 'MultiPolygon', 'GeometryCollection', 'Point'),
      coordinates: fc.jsonValue(),
      geometries: fc.jsonValue(),
    });
    fc.assert(fc.property(anything, (geometry) => void read(collection(geometry))));
  });

  test('too many points are thinned as little as needed, by a distance that is said', () => {
    const round: Position[] = Array.from({ length: 4_000 }, (_value, index) => {
      const angle = (index / 4_000) * 2 * Math.PI;
      return [36 + Math.cos(angle), 33 + Math.sin(angle)];
    });
    const found = read(collection(polygon(round)), 500);
    expect(found).toMatchObject({ value: { simplifiedBy: 56 } });
    expect(found.ok && found.value.points).toBeLessThan(500);
    expect(read(collection(polygon(round)), 3)).toMatchObject({
      error: { type: 'too_many_points', most: 3 },
    });
  });
});

const cells = fc.uniqueArray(fc.tuple(fc.nat(5), fc.nat(5)), {
  selector: String,
  minLength: 1,
});
const edgesOf = (lines: readonly (readonly Position[])[]): string[] =>
  lines.flatMap((line) =>
    line.slice(1).map((to, index) => [String(line[index]), String(to)].sort().join(' ')),
  );

test('whatever areas lie side by side, their lines are every border, each once', () => {
  fc.assert(
    fc.property(cells, (places) => {
      const rings = places.map(([x, y]) => square(x, y));
      const drawn = edgesOf(borderLines(rings));
      expect(new Set(drawn).size).toBe(drawn.length);
      expect(new Set(drawn)).toEqual(new Set(edgesOf(rings)));
    }),
  );
});

test('a thinned line keeps its ends, and no point that was left out lies further than told', () => {
  const position = fc.tuple(
    fc.double({ min: -1, max: 1, noNaN: true }),
    fc.double({ min: -1, max: 1, noNaN: true }),
  );
  const away = (p: Position, a: Position, b: Position): number => {
    const [bx, by] = [b[0] - a[0], b[1] - a[1]];
    const length = bx * bx + by * by;
    const along = length === 0 ? 0 : ((p[0] - a[0]) * bx + (p[1] - a[1]) * by) / length;
    const at = Math.min(1, Math.max(0, along));
    return Math.hypot(p[0] - a[0] - at * bx, p[1] - a[1] - at * by);
  };
  fc.assert(
    fc.property(fc.array(position, { minLength: 2, maxLength: 40 }), (line) => {
      const thin = thinLine(line, 0.2);
      expect([thin[0], thin.at(-1)]).toEqual([line[0], line.at(-1)]);
      // near the equator a degree of longitude is all but one of latitude: a little is allowed
      for (const p of line) {
        const distances = thin.slice(1).map((b, index) => away(p, thin[index]!, b));
        expect(Math.min(...distances)).toBeLessThan(0.2001);
      }
    }),
  );
});
