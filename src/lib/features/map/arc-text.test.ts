import * as fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { feature } from 'topojson-client';
import { arcsToText, textToArcs } from './arc-text.ts';

test('lines written as text are the same lines again', () => {
  const step = fc.integer({ min: -36_000, max: 36_000 });
  const arc = fc.array(fc.tuple(step, step), { minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(fc.array(arc, { maxLength: 10 }), (arcs) => {
      const text = arcsToText(arcs);
      expect(text).toMatch(/^[\w -]*$/);
      expect(textToArcs(text)).toEqual(arcs.map((one) => one.map(([x, y]) => [x + 0, y + 0])));
    }),
  );
});

test('every outline is there, and Syria lies where it lies', () => {
  const file = new URL('../../../../static/map/countries.json', import.meta.url);
  const outlines = JSON.parse(readFileSync(file, 'utf8')) as Parameters<typeof feature>[0] & {
    arcs: unknown;
  };
  const topology = { ...outlines, arcs: textToArcs(String(outlines.arcs)) };
  const { countries } = topology.objects;
  if (countries?.type !== 'GeometryCollection') throw new Error('no countries');
  expect(countries.geometries.length).toBeGreaterThan(230);
  const shapes = feature(topology, countries).features;
  for (const { geometry } of shapes) expect(geometry.type).toMatch(/^(Multi)?Polygon$/);
  const syria = shapes.find(({ id }) => id === 'SYR')?.geometry;
  const points = (syria && 'coordinates' in syria ? syria.coordinates : []).flat(3) as number[];
  const longitudes = points.filter((_, index) => index % 2 === 0);
  const latitudes = points.filter((_, index) => index % 2 === 1);
  expect(Math.min(...longitudes)).toBeCloseTo(35.7, 0);
  expect(Math.max(...longitudes)).toBeCloseTo(42.4, 0);
  expect(Math.min(...latitudes)).toBeCloseTo(32.3, 0);
  expect(Math.max(...latitudes)).toBeCloseTo(37.3, 0);
});
