import { draftIsKept } from './kept-drafts.ts';
import { expect, importEarlierDelivery, invite, test } from './setup.ts';

const MADAYA = { typed: 'Madaya', chosen: /Madaya|مضايا/ };

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
    places: [MADAYA],
    trucks: '44',
    people: '40000',
    day: '2016-01-11',
  });
  await one.expectSaved();
  await two.openConvoyTo(MADAYA.chosen);

  // one server gone, two people at work
  await server.stop();
  await one.correctReport(MADAYA.chosen, 'trucks', '45');
  await two.correctReport(MADAYA.chosen, 'people', '41000');
  await server.start();
  for (const app of [one, two]) {
    await expect(app.badge()).toHaveAttribute('data-kind', 'all_sent', { timeout: 60_000 });
    await app.openConvoyTo(MADAYA.chosen);
    await app.expectText(/45/, 30_000);
    await app.expectText(/41[,.\s]?000/, 30_000);
  }

  await server.stop();
  await one.correctReport(MADAYA.chosen, 'trucks', '46');
  await two.correctReport(MADAYA.chosen, 'trucks', '47');
  await server.start();
  for (const app of [one, two]) {
    await expect(app.badge()).toHaveAttribute('data-kind', 'all_sent', { timeout: 60_000 });
    await app.openConvoyTo(MADAYA.chosen);
    await app.expectText(words.t('convoy.conflict'), 30_000);
  }
});

test('half typed before a colleague corrected the same field, and saved after: both values stand', async ({
  server,
  words,
  newDevice,
}) => {
  test.skip(words.locale !== 'en', 'what stands is the same in every language');
  await importEarlierDelivery(server);
  const one = await newDevice('laptop');
  await one.join(await invite(server, 'coordinator', 'One'), 'One');
  const two = await newDevice('laptop');
  await two.join(await invite(server, 'coordinator', 'Two'), 'Two');
  await one.page.getByRole('link', { name: words.t('nav.log'), exact: true }).click();
  await one.logConvoy({ places: [MADAYA], trucks: '44', people: '40000', day: '2016-01-11' });
  await one.expectSaved();
  await two.openConvoyTo(MADAYA.chosen);
  await one.beginCorrection(MADAYA.chosen);
  await one.page.locator('[data-field=people]').fill('40500');
  await draftIsKept(one.page);

  await server.stop();
  await two.correctReport(MADAYA.chosen, 'people', '41000');
  await server.start();
  await expect(two.badge()).toHaveAttribute('data-kind', 'all_sent', { timeout: 60_000 });
  await one.openConvoyTo(MADAYA.chosen);
  await one.expectText(/41[,.\s]?000/, 30_000);

  await one.beginCorrection(MADAYA.chosen);
  await expect(one.page.locator('[data-field=people]')).toHaveValue(/40,?500/);
  await one.button('form.saveCorrection').click();
  await one.expectSaved();
  for (const app of [one, two]) {
    await expect(app.badge()).toHaveAttribute('data-kind', 'all_sent', { timeout: 60_000 });
    await app.openConvoyTo(MADAYA.chosen);
    await app.expectText(words.t('convoy.conflict'), 30_000);
  }
});
