import type { CrosslineApp } from './crossline-app.ts';
import { crossline, expect, importEarlierDelivery, invite, test } from './setup.ts';

const sent = (app: CrosslineApp) =>
  expect(app.badge()).toHaveAttribute('data-kind', 'all_sent', { timeout: 60_000 });

const MADAYA = { typed: 'Madaya', chosen: /Madaya|مضايا/ };

test('a conflict of two devices is settled in Review, and is gone on both; its history tells it', async ({
  server,
  words,
  newDevice,
}) => {
  await importEarlierDelivery(server);
  const one = await newDevice('laptop');
  await one.join(await invite(server, 'coordinator', 'One'), 'One');
  const two = await newDevice('phone');
  await two.join(await invite(server, 'coordinator', 'Two'), 'Two');
  await one.open('/log');
  await one.logConvoy({ places: [MADAYA], trucks: '44', people: '40000', day: '2016-01-11' });
  await one.expectSaved();
  await sent(one);
  await two.openConvoyTo(MADAYA.chosen);

  await server.stop();
  await one.correctReport(MADAYA.chosen, 'trucks', '46');
  await two.correctReport(MADAYA.chosen, 'trucks', '47');
  await server.start();
  for (const app of [one, two]) {
    await sent(app);
    await app.open('/review');
    await expect(app.page.locator('[data-list=conflicts] li')).toHaveCount(1, { timeout: 30_000 });
  }
  // who says what
  await two.expectText(/46/);
  await two.expectText(/47/);
  await two.expectText('One');
  // with the cable pulled out
  await server.stop();
  await two.page.getByRole('radio', { name: /47|٤٧/ }).check();
  await two.button('review.keep').click();
  await expect(two.page.locator('[data-list=conflicts]')).toHaveCount(0);
  await server.start();
  await sent(two);
  await expect(one.page.locator('[data-list=conflicts]')).toHaveCount(0, { timeout: 30_000 });
  await one.openConvoyTo(MADAYA.chosen);
  await one.page.locator('[data-action=history]').click();
  await one.expectText(words.t('history.settled'));
  await one.expectText('Two');
});

test('two convoys that are one are merged, and parted again', async ({
  server,
  words,
  newDevice,
}) => {
  await importEarlierDelivery(server);
  const app = await newDevice('phone');
  await app.join(await invite(server, 'coordinator', 'One'), 'One');
  await app.open('/log');
  await app.logConvoy({ places: [MADAYA], trucks: '44', people: '40000', day: '2016-01-11' });
  await app.expectSaved();
  await app.open('/log');
  await app.logConvoy({ places: [MADAYA], trucks: '45', people: '40000', day: '2016-01-12' });
  await app.expectSaved();

  await app.open('/review');
  await expect(app.page.locator('[data-list=duplicates] > ul > li')).toHaveCount(1);
  await app.page.locator('[data-action=merge]').click();
  await expect(app.page.locator('[data-list=duplicates]')).toHaveCount(0);
  await app.expectText(words.t('review.merged'));
  await app.open('/convoys');
  await expect(app.page.locator('main a[href^="/convoys/"]')).toHaveCount(2); // with that of 2012
  await app.open('/review');
  await expect(app.page.locator('[data-list=duplicates]')).toHaveCount(0);
  await app.openConvoyTo(MADAYA.chosen);
  await app.page.locator('[data-action=history]').click();
  await app.button('history.undoMerge').click();
  await app.open('/review');
  await expect(app.page.locator('[data-list=duplicates] > ul > li')).toHaveCount(1);
});

test('what a device that was taken out had not sent is reviewed, corrected and sent again', async ({
  server,
  words,
  newDevice,
}) => {
  await importEarlierDelivery(server);
  const office = await newDevice('laptop', 'hiding');
  await office.join(await invite(server, 'coordinator', 'Office'), 'Office');
  const phone = await newDevice('phone');
  await phone.join(await invite(server, 'logger', 'Logger'), 'Logger');
  await phone.waitUntilOffline();

  await server.stop();
  await phone.logConvoy({ places: [MADAYA], trucks: '44', people: '40000', day: '2016-01-11' });
  await phone.expectSaved();
  const listed = (await crossline(server, 'devices')).trim().split('\n');
  const devices = listed.map((line) => JSON.parse(line) as { device: string; name: string });
  const device = devices.find(({ name }) => name === 'Logger')?.device;
  await crossline(server, 'revoke', device ?? '', '--as', 'leaving');
  await server.start();

  await office.open('/review');
  const aside = office.page.locator('[data-list=asideOthers] > ul > li');
  await expect(async () => {
    await office.open('/more');
    await office.open('/review');
    await expect(aside.first()).toBeVisible({ timeout: 2_000 });
  }).toPass({ timeout: 60_000 });
  await office.expectText(words.t('aside.device_revoked'));
  await office.expectText('Logger');
  // its number is wrong: this one is left out, everything else goes in
  const convoy = aside.filter({ hasText: words.t('field.trucks') });
  await convoy.locator('[data-action=correct]').click();
  const ofTrucks = convoy.getByRole('checkbox', {
    name: new RegExp(`${words.t('field.trucks')}$`),
  });
  await ofTrucks.uncheck();
  // locked before it is sent, it opens itself again as it was left
  await office.freeze();
  await office.unlock();
  await expect(ofTrucks).not.toBeChecked();
  await convoy.getByRole('button', { name: words.t('review.send') }).click();
  await office.expectText(words.t('review.resent'));
  await expect(convoy).toHaveCount(0);
  await office.open('/convoys');
  await office.expectText(/Madaya|مضايا/);
  await office.expectText(/40[,.٬\s]?000/);
});
