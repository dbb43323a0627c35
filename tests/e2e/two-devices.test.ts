import type { CrosslineApp } from './crossline-app.ts';
import { expect, importEarlierDelivery, invite, test } from './setup.ts';

async function openConvoy(app: CrosslineApp): Promise<void> {
  await app.page.getByRole('link', { name: app.words.t('nav.convoys'), exact: true }).click();
  await app.page
    .getByRole('link', { name: /Madaya|مضايا/ })
    .first()
    .click();
}

async function correct(app: CrosslineApp, field: string, text: string): Promise<void> {
  await openConvoy(app);
  await app.page
    .getByRole('link', { name: app.words.t('convoy.correctReport') })
    .first()
    .click();
  await app.page.locator(`[data-field=${field}]`).fill(text);
  await app.button('form.saveCorrection').click();
  await expect(app.badge()).toHaveAttribute('data-kind', 'only_here');
}

test('offline on two devices: different fields are both kept, of the same field both values', async ({
  server,
  words,
  newDevice,
}) => {
  await importEarlierDelivery(server);
  const one = await newDevice('laptop');
  await one.join(await invite(server, 'coordinator', 'One'), 'One');
  const two = await newDevice('laptop');
  await two.join(await invite(server, 'coordinator', 'Two'), 'Two');
  await one.page.getByRole('link', { name: words.t('nav.log'), exact: true }).click();
  await one.logConvoy({
    places: [{ typed: 'Madaya', chosen: /Madaya|مضايا/ }],
    trucks: '44',
    people: '40000',
    day: '2016-01-11',
  });
  await one.expectText(words.t('saved.title', { device: 'other' }));
  await openConvoy(two);

  // one server gone, two people at work
  await server.stop();
  await correct(one, 'trucks', '45');
  await correct(two, 'people', '41000');
  await server.start();
  for (const app of [one, two]) {
    await expect(app.badge()).toHaveAttribute('data-kind', 'all_sent', { timeout: 60_000 });
    await openConvoy(app);
    await app.expectText(/45/, 30_000);
    await app.expectText(/41[,.\s]?000/, 30_000);
  }

  await server.stop();
  await correct(one, 'trucks', '46');
  await correct(two, 'trucks', '47');
  await server.start();
  for (const app of [one, two]) {
    await expect(app.badge()).toHaveAttribute('data-kind', 'all_sent', { timeout: 60_000 });
    await openConvoy(app);
    await app.expectText(words.t('convoy.conflict'), 30_000);
  }
});
