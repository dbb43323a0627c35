import type { Page } from 'playwright-core';

/** Milliseconds without a change after which a page is taken to be drawn, and the longest wait. */
const QUIET = 150;
const LONGEST = 5_000;

/** Until nothing changed for a while: what is lazily loaded has come, what is computed is drawn. */
export async function settled(page: Page): Promise<void> {
  await page.evaluate(
    async ([quiet, longest]) => {
      await document.fonts.ready;
      await new Promise<void>((done) => {
        let timer = window.setTimeout(done, quiet);
        const last = window.setTimeout(done, longest);
        new MutationObserver(() => {
          window.clearTimeout(timer);
          timer = window.setTimeout(() => {
            window.clearTimeout(last);
            done();
          }, quiet);
        }).observe(document.body, { subtree: true, childList: true, attributes: true });
      });
    },
    [QUIET, LONGEST] as const,
  );
}
