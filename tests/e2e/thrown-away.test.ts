import { expect, invite, test } from './setup.ts';

test('a screen that the browser threw away says so offline, and comes with the network', async ({
  server,
  words,
  newDevice,
}) => {
  const phone = await newDevice('phone');
  await phone.join(await invite(server, 'coordinator', 'One'), 'One');
  await phone.waitUntilOffline();
  const { page } = phone;
  await page.evaluate(async () => {
    for (const name of await caches.keys()) await caches.delete(name);
  });
  const session = await phone.device.context.newCDPSession(page);
  await session.send('Network.clearBrowserCache');
  await server.stop();
  await page.evaluate(() => {
    const link = document.createElement('a');
    link.href = '/people';
    document.body.append(link);
    link.click();
  });
  const notLoaded = page.getByTestId('not-loaded');
  await expect(notLoaded).toContainText(words.t('lazy.failed', { device: 'phone' }));
  await expect(page.getByText(words.t('nav.notFound'))).toHaveCount(0);
  await server.start();
  await notLoaded.getByRole('button').click();
  await expect(page.getByRole('heading', { level: 1 }).first()).toBeVisible();
  await expect(notLoaded).toHaveCount(0);
});
