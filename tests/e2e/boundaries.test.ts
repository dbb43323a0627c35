import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from './setup.ts';

/** Two areas with a border between them, in the country of the example. */
const AREAS = {
  type: 'FeatureCollection',
  features: [36, 38].map((west) => ({
    type: 'Feature',
    properties: {},
    geometry: {
      type: 'Polygon',
      coordinates: [
        [
          [west, 33],
          [west + 2, 33],
          [west + 2, 35],
          [west, 35],
          [west, 33],
        ],
      ],
    },
  })),
};

test('own boundaries lie under the places, stay after a lock, and can be taken away', async ({
  server,
  words,
  newDevice,
}) => {
  const office = await newDevice('laptop');
  const { page } = office;
  await office.join(server.inviteLink, 'Access officer');
  await office.open('/settings');
  await office.button('settings.exampleLoad').click();
  await office.expectText(words.t('settings.exampleLoaded'));
  const chooser = page.locator('[data-field=boundaries-file]');
  const fileOf = (name: string, json: unknown): string => {
    const path = join(tmpdir(), name);
    writeFileSync(path, JSON.stringify(json));
    return path;
  };

  await test.step('a file in metres is refused with what to do; nothing changes', async () => {
    const metres = { ...AREAS, crs: { properties: { name: 'EPSG:32637' } } };
    await chooser.setInputFiles(fileOf('in-metres.geojson', metres));
    await expect(page.getByRole('alert')).toContainText('EPSG:32637');
    await office.expectText(words.t('boundaries.none'));
  });

  await test.step('a good one says what is drawn', async () => {
    await page.locator('[data-field=boundaries-source]').fill('Own survey');
    await chooser.setInputFiles(fileOf('districts.geojson', AREAS));
    await expect(page.getByTestId('boundaries')).toContainText('districts.geojson');
    await office.expectText(words.t('boundaries.imported', { areas: 2 }));
  });

  await test.step('the map draws it under the places, after the device was locked too', async () => {
    await page.goto(server.url + '/access');
    await office.unlock();
    const map = page.locator('#map');
    await map.scrollIntoViewIfNeeded();
    await expect(map).toContainText('Own survey');
    await expect(map.getByRole('button', { name: /Duma|دوما/ }).first()).toBeVisible();
  });

  await test.step('taken away, it is gone', async () => {
    await office.open('/settings');
    await page.locator('[data-action=remove-boundaries]').click();
    await office.expectText(words.t('boundaries.removed'));
    await office.expectText(words.t('boundaries.none'));
  });
});
