import { err, ok, type Result } from '#lib/domain/result.ts';

/** boundaries: a file of areas -> the lines between them, few enough to draw on a map. */

/** Degrees east, degrees north. */
export type Position = readonly [longitude: number, latitude: number];
export type Ring = readonly Position[];

/** What an area file says, before its lines are made: the rings of all its polygons. */
export interface AreaRings {
  readonly rings: readonly Ring[];
  /** Features that have an area. */
  readonly areas: number;
  /** Features that are points, lines or nothing: they bound no area. */
  readonly leftOut: number;
}

export type GeoJsonProblem =
  | { readonly type: 'not_json' }
  | { readonly type: 'not_geojson' }
  /** Another reference system than longitude and latitude of WGS 84, as the file calls it. */
  | { readonly type: 'other_crs'; readonly name: string }
  /** Numbers beyond 180 and 90: metres of some projection. */
  | { readonly type: 'not_degrees' }
  | { readonly type: 'no_areas'; readonly leftOut: number };

/** Names that the GeoJSON of 2008 has for what every GeoJSON of today is in. */
const WGS84 = [
  /^urn:ogc:def:crs:ogc:[\d.]*:crs84$/i,
  /^urn:ogc:def:crs:epsg:[\d.]*:4326$/i,
  /^(ogc:)?crs84$/i,
  /^epsg:4326$/i,
  /^https?:\/\/www\.opengis\.net\/def\/crs\/(ogc\/1\.3\/crs84|epsg\/0\/4326)$/i,
];

type Json = Readonly<Record<string, unknown>>;
const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** Reads GeoJSON (RFC 7946, or the one of 2008 in WGS 84): the rings of its polygons. */
export function readAreaRings(text: string): Result<AreaRings, GeoJsonProblem> {
  let json: unknown;
  try {
    json = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    return err({ type: 'not_json' });
  }
  if (!isObject(json) || typeof json['type'] !== 'string') return err({ type: 'not_geojson' });
  const crs = crsName(json);
  if (crs !== null && !WGS84.some((name) => name.test(crs))) {
    return err({ type: 'other_crs', name: crs });
  }
  const features = json['type'] === 'FeatureCollection' ? listOf(json['features']) : [json];
  const rings: Ring[] = [];
  let areas = 0;
  for (const feature of features) {
    const polygons = polygonsOf(isFeature(feature) ? feature['geometry'] : feature);
    const found = polygons.flatMap((polygon) => listOf(polygon)).map(readRing);
    if (found.includes('not_geojson')) return err({ type: 'not_geojson' });
    if (found.includes('not_degrees')) return err({ type: 'not_degrees' });
    const closed = found.filter((ring) => typeof ring !== 'string' && ring.length >= 3);
    if (closed.length > 0) areas += 1;
    rings.push(...(closed as Ring[]));
  }
  const leftOut = features.length - areas;
  return areas > 0 ? ok({ rings, areas, leftOut }) : err({ type: 'no_areas', leftOut });
}

const isFeature = (value: unknown): value is Json => isObject(value) && value['type'] === 'Feature';

/** null: the file names none, and then it is WGS 84. */
function crsName({ crs }: Json): string | null {
  if (!isObject(crs)) return null;
  const { properties, type } = crs;
  const named = isObject(properties) ? (properties['name'] ?? properties['href']) : undefined;
  if (typeof named === 'string') return named;
  return typeof type === 'string' ? type : '?';
}

function polygonsOf(geometry: unknown): readonly unknown[] {
  if (!isObject(geometry)) return [];
  const { type, coordinates, geometries } = geometry;
  if (type === 'Polygon') return [coordinates];
  if (type === 'MultiPolygon') return listOf(coordinates);
  return type === 'GeometryCollection' ? listOf(geometries).flatMap(polygonsOf) : [];
}

function readRing(ring: unknown): Ring | 'not_geojson' | 'not_degrees' {
  if (!Array.isArray(ring)) return 'not_geojson';
  const positions: Position[] = [];
  for (const position of ring) {
    const [x, y] = listOf(position);
    if (!Number.isFinite(x) || !Number.isFinite(y)) return 'not_geojson';
    const [longitude, latitude] = [x as number, y as number];
    if (Math.abs(longitude) > 180 || Math.abs(latitude) > 90) return 'not_degrees';
    positions.push([longitude, latitude]);
  }
  return positions;
}
