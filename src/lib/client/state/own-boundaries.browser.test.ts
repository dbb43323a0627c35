import { afterEach, beforeEach, expect, test } from 'vitest';
import { DeviceDatabase } from '../db/database.ts';
import { sealingCipher } from '../db/cipher.ts';
import { importBoundaries } from './import-boundaries.ts';
import { OwnBoundaries } from './own-boundaries.svelte.ts';

const NAME = 'own-boundaries-test';
const CORNERS = [
  [36, 33],
  [37, 33],
  [37, 34],
  [36, 33],
];
let db: DeviceDatabase;
let own: OwnBoundaries;
let open: () => OwnBoundaries;

beforeEach(async () => {
  db = new DeviceDatabase(NAME);
  const key = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, [
    'encrypt',
    'decrypt',
  ]);
  open = () => new OwnBoundaries(db, sealingCipher(key));
  own = open();
});
afterEach(() => db.delete());

const fileOf = (coordinates: unknown, crs?: string): File =>
  new File(
    [
      JSON.stringify({
        type: 'Polygon',
        coordinates,
        ...(crs ? { crs: { properties: { name: crs } } } : {}),
      }),
    ],
    'marked-name.geojson',
  );
const take = (file: File) =>
  importBoundaries(own, { file, source: ' marked source ', today: '2016-06-30' });

test('a file of boundaries is kept sealed, and is there when the device is opened again', async () => {
  expect(await take(fileOf([CORNERS]))).toMatchObject({ ok: true, value: { areas: 1 } });
  const again = open();
  expect(again.current).toBeUndefined();
  await again.open();
  expect(again.current).toMatchObject({
    lines: [[...CORNERS].reverse()],
    file: 'marked-name.geojson',
    source: 'marked source',
    importedOn: '2016-06-30',
  });
  const rows = await db.boundaries.toArray();
  const text = new TextDecoder().decode(rows[0]?.bytes);
  expect(text.length).toBeGreaterThan(100);
  expect(text).not.toMatch(/marked|lines/);
});

test('a file that cannot be taken changes nothing; another takes the place of the first', async () => {
  await take(fileOf([CORNERS]));
  const before = own.current;
  expect(await take(fileOf([CORNERS], 'EPSG:32637'))).toMatchObject({
    error: { type: 'other_crs', name: 'EPSG:32637' },
  });
  expect(own.current).toBe(before);
  await take(fileOf([CORNERS, CORNERS.map(([x, y]) => [x! + 2, y!])]));
  expect(own.current?.lines).toHaveLength(2);
  expect(await db.boundaries.count()).toBe(1);
});

test('removed boundaries are gone from the device; what cannot be opened is as if there were none', async () => {
  await take(fileOf([CORNERS]));
  await own.remove();
  expect(own.current).toBeNull();
  expect(await db.boundaries.count()).toBe(0);

  await db.boundaries.put({ id: 'boundaries', bytes: new Uint8Array([1, 2, 3]) });
  const again = open();
  await again.open();
  expect(again.current).toBeNull();
});

test('opening late does not bring back what was there before an import', async () => {
  await take(fileOf([CORNERS]));
  const later = open();
  const opening = later.open();
  await importBoundaries(later, { file: fileOf([CORNERS]), source: 'newer', today: '2016-07-01' });
  await opening;
  expect(later.current?.source).toBe('newer');
});
