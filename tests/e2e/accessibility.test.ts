import { join } from 'node:path';
import { expectNoProblems } from './accessible.ts';
import { expect, FIXTURES, importEarlierDelivery, importFiles, invite, test } from './setup.ts';

test('undoing an import is stopped, gone on with and brought back; every state holds WCAG 2.2 AA', async ({
  server,
  words,
  newDevice,
}) => {
  const files = ['localities', 'convoy_reports', 'siege_population'].map((name) =>
    join(FIXTURES, `${name}.csv`),
  );
  await importFiles(server, files);
  const app = await newDevice('phone');
  const { page } = app;
  await app.join(await invite(server, 'coordinator', 'One'), 'One');
  await app.openConvoyTo(/Duma|دوما/);
  await page.locator('[data-action=history]').click();
  await app.button('undoImport.open').first().click();
  const start = page.locator('[data-action=undo-import-start]');
  await expect(start).toBeVisible({ timeout: 30_000 });
  await expectNoProblems(page, 'panel');
  await start.scrollIntoViewIfNeeded();
  // as soon as it can be: on a fast machine all is done before a finger could
  await page.evaluate((text) => {
    const observer = new MutationObserver(() => {
      const stop = [...document.querySelectorAll('button')].find(
        (button) => button.textContent?.trim() === text,
      );
      if (!stop) return;
      observer.disconnect();
      stop.click();
    });
    observer.observe(document.body, { childList: true, subtree: true });
  }, words.t('undoImport.stop'));
  await start.click();
  await expect(app.button('undoImport.goOn')).toBeVisible();
  await expectNoProblems(page, 'stopped');
  await app.button('undoImport.goOn').click();
  const back = page.locator('[data-action=undo-import-back]');
  await expect(back).toBeVisible({ timeout: 60_000 });
  await app.open('/convoys');
  await app.expectText(words.t('convoys.headline', { count: 0 }));
  await expectNoProblems(page, 'done');
  await back.click();
  await app.expectText(words.t('undoImport.doneAgain', { counts: '' }).slice(0, 20), 60_000);
  await expect(page.locator('main a[href^="/convoys/"]').first()).toBeVisible();
});

test('what keeps charts from leaving, and is left out of the report, is named with what would let it go', async ({
  server,
  words,
  newDevice,
}) => {
  await importEarlierDelivery(server);
  const app = await newDevice('phone');
  const { page } = app;
  await app.join(await invite(server, 'coordinator', 'One'), 'One');
  await app.open('/log');
  await app.logConvoy({
    places: [{ typed: 'Madaya', chosen: /Madaya|مضايا/ }],
    trucks: '44',
    isOnTheRoad: true,
  });
  await app.expectSaved();
  for (const [path, action] of [
    ['/report', 'left-out'],
    ['/access', 'held-by'],
  ] as const) {
    await app.open(path);
    await page.locator(`[data-action=${action}]`).first().click();
    const dialog = page.getByRole('dialog');
    await expect(dialog.getByRole('link')).toHaveCount(1);
    await expect(dialog).toContainText(words.t('underWay.on_the_road'));
    await expectNoProblems(page, action);
    if (path === '/report') await app.button('nav.close').click();
  }
  await page
    .getByRole('dialog')
    .getByRole('link', { name: /Madaya|مضايا/ })
    .click();
  await app.button('convoy.back').click();
  await app.open('/access');
  await expect(page.getByRole('button', { name: 'PNG' }).first()).toBeVisible();
  await expect(page.locator('[data-action=held-by]')).toHaveCount(0);
});

test('every screen of the example holds WCAG 2.2 AA and the content policy, by day and by night', async ({
  server,
  words,
  newDevice,
}) => {
  const app = await newDevice('phone');
  const { page } = app;
  const blocked: string[] = [];
  page.on('console', (message) => {
    if (/content security policy/i.test(message.text())) blocked.push(message.text());
  });
  await page.goto(server.url);
  await expect(app.button('welcome.look')).toBeVisible();
  await expectNoProblems(page, 'welcome');
  await app.button('welcome.look').click();
  await expect(page.getByText(words.t('example.banner')).first()).toBeVisible();

  for (const path of [
    '/log',
    '/log/new',
    '/places',
    '/convoys',
    '/access',
    '/requests',
    '/report',
    '/more',
    '/review',
    '/people',
    '/sync',
    '/settings',
  ]) {
    await test.step(path, async () => {
      await page.goto(server.url + path);
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      await expectNoProblems(page, path);
    });
  }
  for (const list of ['/places', '/convoys']) {
    await test.step(`one of ${list}`, async () => {
      await page.goto(server.url + list);
      await page.locator(`main a[href^="${list}/"]`).first().click();
      await page.waitForURL(`**${list}/*`);
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      await expectNoProblems(page, `one of ${list}`);
    });
  }
  expect(blocked).toEqual([]);
  expect(await page.title()).toBe('Crossline');
});
