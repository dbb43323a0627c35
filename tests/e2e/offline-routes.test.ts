import { expect, invite, test } from './setup.ts';

const ROUTES = [
  '/',
  '/log',
  '/log/new',
  '/places',
  '/places/AAAAAAAAAAAAAAAAAAAAAA',
  '/convoys',
  '/convoys/AAAAAAAAAAAAAAAAAAAAAA',
  '/access',
  '/requests',
  '/report',
  '/sync',
  '/settings',
  '/review',
  '/people',
  '/join',
];

test('every route opens without the server, after a restart of the browser', async ({
  server,
  words,
  newDevice,
}) => {
  test.skip(words.locale !== 'en', 'routes are the same in every language');
  const phone = await newDevice('phone');
  await phone.join(await invite(server, 'logger', 'Logger'), 'Logger');
  await phone.waitUntilOffline();
  await server.stop();
  await phone.device.restart();
  for (const route of ROUTES) {
    await phone.page.goto(`${server.url}${route}`);
    await expect(phone.page.getByLabel(words.t('lock.passphrase'))).toBeVisible();
  }
  await phone.unlock();
});

test('over plain HTTP from another machine it says that it needs HTTPS, and how to get it', async ({
  server,
  newDevice,
}) => {
  const phone = await newDevice('phone');
  // A name that is not localhost is no secure context, though it leads to this machine.
  await phone.page.goto(`http://crossline.test:${server.port}/log`);
  await phone.expectText('HTTPS');
  expect(await phone.page.evaluate(() => globalThis.isSecureContext)).toBe(false);
});
