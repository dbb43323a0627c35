import { expect, importEarlierDelivery, invite, test } from './setup.ts';

const SENTENCE = {
  en: /First delivery since November 2012,\s+(after )?nearly 4 years/i,
  ar: /المساعدات تصل للمرة الأولى\s+منذ تشرين الثاني 2012،\s+بعد قرابة أربع سنوات/,
  fr: /Première livraison depuis novembre 2012,\s+après presque 4 ans/i,
};
const LENGTH = {
  en: '3 years 7 months',
  ar: '3 سنوات و7 أشهر',
  fr: '3 ans et 7 mois',
};

test('a convoy is logged offline, survives, syncs by itself, and says who has waited how long', async ({
  server,
  words,
  newDevice,
}) => {
  await importEarlierDelivery(server);
  const phone = await newDevice('phone');
  await phone.join(await invite(server, 'logger', 'Logger'), 'Logger');
  await phone.waitUntilOffline();
  const laptop = await newDevice('laptop');
  await laptop.join(await invite(server, 'coordinator', 'Coordinator'), 'Coordinator');

  // no server, and the browser started anew
  await server.stop();
  await phone.device.restart();
  await phone.page.goto(server.url);
  await phone.unlock();

  const started = Date.now();
  await phone.page.goto(`${server.url}/log`);
  await phone.unlock();
  await phone.logConvoy({
    places: [
      { typed: 'Zamalka', chosen: /Zamalka|زملكا/ },
      { typed: 'Erbin', chosen: /Arbin|عربين/ },
    ],
    trucks: '38',
    people: '20000',
    day: '2016-06-29',
  });
  await phone.expectSaved();
  test.info().annotations.push({ type: 'ms to log', description: String(Date.now() - started) });

  // the battery dies
  await phone.device.kill();
  await phone.device.start();
  await phone.page.goto(`${server.url}/log`);
  await phone.unlock();
  await expect
    .poll(() => phone.badgeText())
    .toBe(words.t('badge.onlyHere', { count: 1, device: 'phone' }));
  await phone.expectText(/38/);

  // the network returns
  await server.start();
  await expect(phone.badge()).toHaveAttribute('data-kind', 'all_sent', { timeout: 60_000 });
  await laptop.page.getByRole('link', { name: words.t('nav.places'), exact: true }).click();
  await laptop.page
    .getByRole('link', { name: /Zamalka|زملكا/ })
    .first()
    .click();
  await laptop.expectText(SENTENCE[words.locale], 60_000);
  await laptop.expectText(LENGTH[words.locale]);

  // both are connected now: the next one is there within a second
  const before = Date.now();
  await phone.page.goto(`${server.url}/log`);
  await phone.unlock();
  await laptop.page.getByRole('link', { name: words.t('nav.convoys'), exact: true }).click();
  await phone.logConvoy({
    places: [{ typed: 'Madaya', chosen: /Madaya|مضايا/ }],
    trucks: '44',
    day: '2016-01-11',
  });
  await phone.expectSaved();
  const saved = Date.now();
  await laptop.expectText(/Madaya|مضايا/, 10_000);
  test
    .info()
    .annotations.push(
      { type: 'ms from saved to seen', description: String(Date.now() - saved) },
      { type: 'ms to log the second', description: String(saved - before) },
    );
});
