import { startServer } from '/work/h/indicators/tests/support/server.ts';
import { chromium } from 'playwright-core';
const server = await startServer();
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
const shots: [string, string, number, number, 'light'|'dark'][] = [['en','en-GB',360,740,'light']];
for (const [name, locale, width, height, colorScheme] of shots) {
  const context = await browser.newContext({ locale, viewport: { width, height }, colorScheme });
  const page = await context.newPage();
  page.setDefaultTimeout(20000);
  await page.goto(server.url);
  await page.locator('button').filter({ hasText: /example|مثال|exemple/i }).first().click();
  await page.waitForURL(/access$/, { timeout: 60000 });
  await page.evaluate(() => { history.pushState({}, '', '/convoys'); });
  await page.goto(server.url + '/convoys').catch(() => undefined);
  await page.waitForTimeout(1500);
  if (await page.locator('button').filter({ hasText: /example|مثال|exemple/i }).count()) { await page.locator('button').filter({ hasText: /example|مثال|exemple/i }).first().click(); await page.waitForTimeout(3000); await page.locator('a[href="/convoys"]').first().click(); }
  await page.locator('main a[href^="/convoys/"]').nth(1).click();
  await page.locator('[data-action=history]').first().click();
  await page.locator('[data-action=undo-import]').first().click();
  await page.locator('[data-action=undo-import-start]').first().waitFor();
  await page.locator('[data-action=undo-import-start]').first().scrollIntoViewIfNeeded();
  await page.screenshot({ path: `/tmp/undo-${name}-${width}.png` });
  if (name === 'en' && width === 360) {
    await page.locator('[data-action=undo-import-start]').first().click();
    await page.waitForTimeout(400);
    await page.screenshot({ path: `/tmp/undo-running.png` });
    await page.locator('[data-action=undo-import-back]').waitFor();
    await page.screenshot({ path: `/tmp/undo-done.png` }); await page.locator('[data-action=undo-import-back]').click(); await page.waitForTimeout(300); await page.locator('[data-action=undo-import-back]').waitFor(); await page.screenshot({ path: `/tmp/undo-back.png` });
  }
  await context.close();
}
await browser.close();
await server.remove();
