import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { settled } from '../support/settled.ts';
import { expect } from './setup.ts';

const STANDARDS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** What can differ between day and night, in which nothing but colours does. */
const OF_COLOURS = ['color-contrast', 'link-in-text-block'];

const SIZE = { width: 360, height: 740 };

/** Room below the page for the fixed bar, which would cover the row that it happens to lie over. */
const BELOW = 200;

/** WCAG 2.2 AA, as axe finds it over a whole page on a phone, by day and by night. */
export async function expectNoProblems(page: Page, where: string): Promise<void> {
  await showWhole(page);
  const builder = (): AxeBuilder =>
    // legacy mode: axe then needs no second tab, which a real window would show
    new AxeBuilder({ page }).setLegacyMode();
  for (const [colorScheme, axe] of [
    ['light', builder().withTags(STANDARDS)],
    ['dark', builder().withRules(OF_COLOURS)],
  ] as const) {
    await page.emulateMedia({ colorScheme });
    const { violations } = await axe.analyze();
    const problems = violations.flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary ?? ''}`),
    );
    expect.soft(problems, `${where}, ${colorScheme}`).toEqual([]);
  }
  await page.setViewportSize(SIZE);
}

/** A window as tall as the page; what is drawn only when it comes into sight makes it taller. */
async function showWhole(page: Page): Promise<void> {
  for (let turn = 0; turn < 20; turn++) {
    await settled(page);
    // what scrolls, and not how tall `main` is: that fills whatever window there is
    const [content, window] = await page.evaluate(
      () => [document.documentElement.scrollHeight, innerHeight] as const,
    );
    if (turn > 0 && content <= window) return;
    await page.setViewportSize({ ...SIZE, height: content + BELOW });
  }
}
