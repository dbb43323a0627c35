import type { CrosslineApp } from './crossline-app.ts';
import { draftIsKept } from './kept-drafts.ts';
import { expect, importEarlierDelivery, invite, test, type Fixtures } from './setup.ts';

const MADAYA = { typed: 'Madaya', chosen: /Madaya|مضايا/ };

/** Two coordinators, and a convoy that one of them has logged and both have. */
async function twoWithOneConvoy({
  server,
  words,
  newDevice,
}: Pick<Fixtures, 'server' | 'words' | 'newDevice'>): Promise<
  readonly [CrosslineApp, CrosslineApp]
> {
  await importEarlierDelivery(server);
  const one = await newDevice('laptop');
  await one.join(await invite(server, 'coordinator', 'One'), 'One');
  const two = await newDevice('laptop');
  await two.join(await invite(server, 'coordinator', 'Two'), 'Two');
  await one.page.getByRole('link', { name: words.t('nav.log'), exact: true }).click();
  await one.logConvoy({ places: [MADAYA], trucks: '44', people: '40000', day: '2016-01-11' });
  await one.expectSaved();
  await two.openConvoyTo(MADAYA.chosen);
  return [one, two];
}

/** What everybody wrote has come here, and the page of the convoy says this of it. */
async function expectOnConvoy(app: CrosslineApp, text: string): Promise<void> {
  await expect(app.badge()).toHaveAttribute('data-kind', 'all_sent', { timeout: 60_000 });
  await app.openConvoyTo(MADAYA.chosen);
  await app.expectText(text, 30_000);
}

test('offline on two devices: different fields are both kept, of the same field both values', async ({
  server,
  words,
  newDevice,
}) => {
  const [one, two] = await twoWithOneConvoy({ server, words, newDevice });

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
  for (const app of [one, two]) await expectOnConvoy(app, words.t('convoy.conflict'));
});

test('half typed before a colleague corrected the same field, and saved after: both values stand', async ({
  server,
  words,
  newDevice,
}) => {
  test.skip(words.locale !== 'en', 'what stands is the same in every language');
  const [one, two] = await twoWithOneConvoy({ server, words, newDevice });
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
  for (const app of [one, two]) await expectOnConvoy(app, words.t('convoy.conflict'));
});
