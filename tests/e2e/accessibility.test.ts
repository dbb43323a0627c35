import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, test } from './setup.ts';

const STANDARDS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** Room below the page for the fixed bar, which would cover the row that it happens to lie over. */
const BELOW = 200;

/** A window as tall as the page; what is drawn only when it comes into sight makes it taller. */
async function showWhole(page: Page): Promise<void> {
  for (let [turn, before] = [0, -1]; turn < 20; turn++) {
    await page.waitForTimeout(150);
    const height = await page.evaluate(() => {
      const content = document.querySelector('main') ?? document.body;
      return Math.ceil(content.getBoundingClientRect().bottom + scrollY);
    });
    if (height === before) return;
    before = height;
    await page.setViewportSize({ width: 360, height: height + BELOW });
  }
}

/** What axe finds against WCAG 2.2 AA, as one line each. */
async function problems(page: Page): Promise<string[]> {
  await showWhole(page);
  // legacy mode: axe then needs no second tab, which a real window would show
  const { violations } = await new AxeBuilder({ page })
    .withTags(STANDARDS)
    .setLegacyMode()
    .analyze();
  await page.setViewportSize({ width: 360, height: 740 });
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary ?? ''}`),
  );
}

for (const scheme of ['light', 'dark'] as const) {
  test(`every screen of the example holds WCAG 2.2 AA and the content policy, ${scheme}`, async ({
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
    await page.emulateMedia({ colorScheme: scheme });
    await page.goto(server.url);
    await expect(app.button('welcome.look')).toBeVisible();
    expect(await problems(page)).toEqual([]);
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
        expect.soft(await problems(page), path).toEqual([]);
      });
    }
    for (const list of ['/places', '/convoys']) {
      await test.step(`one of ${list}`, async () => {
        await page.goto(server.url + list);
        await page.locator(`main a[href^="${list}/"]`).first().click();
        await page.waitForURL(`**${list}/*`);
        await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
        expect.soft(await problems(page), list).toEqual([]);
      });
    }
    expect(blocked).toEqual([]);
    expect(await page.title()).toBe('Crossline');
  });
}
