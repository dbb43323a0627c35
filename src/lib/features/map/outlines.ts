import { feature } from 'topojson-client';
import type { Outline } from '#lib/charts/prepare/map.ts';
import { textToArcs } from './arc-text.ts';

type Topology = Parameters<typeof feature>[0];

let loading: Promise<Topology | undefined> | undefined;

/** One file with all countries, kept with the application: asking for it tells of no country. */
const FILE = '/map/countries.json';

async function load(): Promise<Topology | undefined> {
  try {
    const response = await fetch(FILE);
    if (response.ok) {
      const outlines = (await response.json()) as Omit<Topology, 'arcs'> & { arcs: string };
      return { ...outlines, arcs: textToArcs(outlines.arcs) };
    }
  } catch {
    // not on this device yet and no network: places are drawn without an outline
  }
  loading = undefined;
  return undefined;
}

/** The outline of a country by its ISO 3166 alpha-3 code; nothing where there is none at hand. */
export async function countryOutline(country: string | undefined): Promise<Outline | null> {
  if (country === undefined) return null;
  const topology = await (loading ??= load());
  const countries = topology?.objects['countries'];
  if (!topology || countries?.type !== 'GeometryCollection') return null;
  const found = countries.geometries.find(({ id }) => id === country);
  return found ? feature(topology, found) : null;
}
