import type { Page } from 'playwright-core';
import { beginEnrolledWay, ENROLLED_WAY, stillServer } from '../e2e/enrolled-way.ts';
import { wordsOf } from '../e2e/words.ts';
import type { TestServer } from '../support/server.ts';
import { settled } from '../support/settled.ts';
import { heldStill } from './held-still.ts';
import type { Shot, ShotGroup, ShotSource } from './shot.ts';

const WAYS = [
  ['light', 360],
  ['dark', 1_280],
] as const;
const LANGUAGES = { en: 'en-GB', ar: 'ar-SY' } as const;
type Locale = keyof typeof LANGUAGES;

function groupOf(locale: Locale, server: TestServer): ShotGroup {
  let person: Awaited<ReturnType<typeof beginEnrolledWay>> | undefined;
  const begin = async (page: Page): Promise<void> => {
    await page.addInitScript(heldStill);
    const screen = { page, context: page.context() };
    person = await beginEnrolledWay(server, screen, await wordsOf(locale));
  };
  const shots = ENROLLED_WAY.flatMap(({ name, go }) =>
    WAYS.map(([theme, width], index): Shot => ({
      name: ['screen', name, 'enrolled', locale, theme, width].join('-'),
      width,
      show: async (page) => {
        await page.setViewportSize({ width, height: width < 500 ? 740 : 800 });
        await page.emulateMedia({ colorScheme: theme });
        if (index === 0 && person) {
          await go(person);
          await page.evaluate(() => scrollTo(0, 0));
        }
        await settled(page);
      },
    })),
  );
  return {
    options: { locale: LANGUAGES[locale], serviceWorkers: 'block' },
    begin,
    shots,
    isOneWay: true,
  };
}

/** Every screen of somebody who joined an operation: what is not sent, what went wrong, the lock. */
export function everyEnrolledScreen(): ShotSource {
  const servers: TestServer[] = [];
  const groups = (['en', 'ar'] as const).map((locale) => {
    const server = stillServer();
    servers.push(server);
    return groupOf(locale, server);
  });
  return {
    groups,
    close: async () => void (await Promise.all(servers.map((server) => server.remove()))),
  };
}
