import type { Page } from '@playwright/test';
import { crossline, expect, importEarlierDelivery, invite, test } from './setup.ts';

/** Makes every record row of this device unreadable, as a failing disk does; keys and queue stay. */
async function damageRecords(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const names = (await indexedDB.databases()).map(({ name }) => name ?? '');
    const name = names.find((one) => !/draft|example/.test(one)) ?? '';
    const db = await new Promise<IDBDatabase>((resolve) => {
      const opening = indexedDB.open(name);
      opening.onsuccess = () => resolve(opening.result);
    });
    const tx = db.transaction(['rows', 'pages'], 'readwrite');
    for (const store of ['rows', 'pages']) {
      const rows = tx.objectStore(store).openCursor();
      rows.onsuccess = () => {
        rows.result?.update({ ...rows.result.value, bytes: null });
        rows.result?.continue();
      };
    }
    await new Promise<void>((resolve) => {
      tx.oncomplete = () => resolve();
    });
    db.close();
  });
}

test('records that cannot be opened: what was not sent is kept, also as a file; the rest comes again', async ({
  server,
  words,
  newDevice,
}) => {
  await importEarlierDelivery(server);
  const laptop = await newDevice('laptop');
  await laptop.join(await invite(server, 'coordinator', 'One'), 'One');
  await laptop.waitUntilOffline();
  await laptop.page.getByRole('link', { name: words.t('nav.log'), exact: true }).click();
  await server.stop();
  await laptop.logConvoy({
    places: [{ typed: 'Madaya', chosen: /Madaya|مضايا/ }],
    trucks: '44',
    people: '40000',
    day: '2016-01-11',
  });
  await laptop.expectSaved();
  await laptop.page.reload();
  await expect(laptop.page.getByLabel(words.t('lock.passphrase'))).toBeVisible();
  await damageRecords(laptop.page);

  await laptop.page.getByLabel(words.t('lock.passphrase')).fill(laptop.passphrase);
  await laptop.button('lock.unlock').click();
  await expect(laptop.page.getByTestId('rescue')).toBeVisible({ timeout: 30_000 });
  const [file] = await Promise.all([
    laptop.page.waitForEvent('download'),
    laptop.button('rescue.save').click(),
  ]);
  expect(file.suggestedFilename()).toBe('crossline-not-sent.json');
  await laptop.expectText(words.t('rescue.saved', { count: 1 }));

  await laptop.button('rescue.again').click();
  await laptop.expectText(words.t('rescue.done'));
  await laptop.unlock();
  await expect(laptop.badge()).toHaveAttribute('data-kind', 'only_here');

  // The file goes its own way, in any hand, and arrives first: what the device sends again is the same.
  const relayed = await crossline(server, 'relay', await file.path());
  expect(JSON.parse(relayed)).toMatchObject({ stored: 1, known: 0, quarantined: [] });

  await server.start();
  await expect(laptop.badge()).toHaveAttribute('data-kind', 'all_sent', { timeout: 60_000 });
  await laptop.page.getByRole('link', { name: words.t('nav.convoys'), exact: true }).click();
  await laptop.expectText(/Madaya|مضايا/, 30_000);
  await laptop.expectText(/Zamalka|زملكا/, 30_000);
  expect(JSON.parse(await crossline(server, 'relay', await file.path()))).toMatchObject({
    stored: 0,
    known: 1,
  });
});
