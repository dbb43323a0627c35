/**
 * `npm run test:visual`: every chart of the gallery and every screen, drawn by Chromium. Each is
 * held to what has to be true everywhere (structure.ts), and compared with the picture kept here;
 * on a machine that draws otherwise than the one that made them it says so, and compares nothing.
 * `-- --update` keeps what is drawn now; `--only TEXT` takes the pictures whose name holds it;
 * `--facts` asks only what has to be true everywhere, and takes no picture (`npm test`);
 * `--report FILE` writes how many passed; `--seen FOLDER` leaves what differs, or cannot be compared, there to be looked at.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Browser, chromium, type Page } from 'playwright-core';
import { CHROMIUM_ARGS, chromiumPath } from '../support/chromium.ts';
import { chartShots } from './chart-shots.ts';
import { KeptPictures } from './kept.ts';
import { everyEnrolledScreen } from './enrolled-shots.ts';
import { everyScreen } from './screen-shots.ts';
import { settled } from '../support/settled.ts';
import type { Shot, ShotGroup } from './shot.ts';
import { problemsIn, SMALLEST_TEXT } from './structure.ts';

const { values } = parseArgs({
  options: {
    update: { type: 'boolean', default: false },
    facts: { type: 'boolean', default: false },
    only: { type: 'string', default: '' },
    report: { type: 'string' },
    seen: { type: 'string' },
  },
});
/** No taller, so that a chart of three hundred rows stays a small file. */
const TALLEST = 1_400;
/** Pages at work at once: two cores are full with them. */
const PAGES = 3;

interface Outcome {
  readonly name: string;
  readonly wrong: readonly string[];
}

async function takePicture(page: Page, width: number): Promise<Buffer> {
  await page.mouse.move(0, 0);
  const whole = await page.evaluate(() => document.documentElement.scrollHeight);
  const height = Math.min(whole, TALLEST);
  // a window as tall as the picture: else the bar at the foot lies over the middle of it
  await page.setViewportSize({ width, height });
  await settled(page);
  const clip = { x: 0, y: 0, width, height };
  return page.screenshot({ clip, animations: 'disabled', caret: 'hide' });
}

/** What is kept is what two pictures in a row agree on. */
async function stillPicture(page: Page, width: number, first: Buffer): Promise<Buffer> {
  let last = first;
  for (let again = 0; again < 5; again += 1) {
    await page.waitForTimeout(300);
    const next = await takePicture(page, width);
    if (next.equals(last)) return next;
    last = next;
  }
  return last;
}

async function judge(
  page: Page,
  blank: Page,
  kept: KeptPictures,
  { name, width, show }: Shot,
): Promise<Outcome> {
  await show(page);
  const wrong = await page.evaluate(problemsIn, SMALLEST_TEXT);
  if (values.facts) return { name, wrong };
  let picture = await takePicture(page, width);
  if (values.update) {
    picture = await stillPicture(page, width, picture);
    await kept.keep(blank, name, picture);
  } else {
    let differing = await kept.compare(blank, name, picture);
    // on a busy machine something may have come later than it should
    for (let again = 0; again < 3 && differing; again += 1) {
      await page.waitForTimeout(1_000);
      picture = await takePicture(page, width);
      differing = await kept.compare(blank, name, picture);
    }
    if (differing) wrong.push(`${differing} pixels are drawn otherwise`);
  }
  if (values.seen && (wrong.length > 0 || kept.otherMachine))
    writeFileSync(join(values.seen, `${name}.png`), picture);
  return { name, wrong };
}

/** What a page of the application throws is as wrong as what it draws. */
async function playGroup(
  browser: Browser,
  blank: Page,
  kept: KeptPictures,
  group: ShotGroup,
): Promise<Outcome[]> {
  const context = await browser.newContext(group.options);
  const page = await context.newPage();
  const thrown: string[] = [];
  page.on('pageerror', ({ message }) => thrown.push(`threw ${message}`));
  const outcomes: Outcome[] = [];
  try {
    await group
      .begin?.(page)
      .catch((error: unknown) => thrown.push(`did not begin: ${String(error)}`));
    for (const shot of group.shots) {
      const { name, wrong } = await judge(page, blank, kept, shot).catch((error: unknown) => ({
        name: shot.name,
        wrong: [`was not drawn: ${String(error)}`],
      }));
      outcomes.push({ name, wrong: [...wrong, ...thrown.splice(0)] });
    }
  } finally {
    await context.close();
  }
  return outcomes;
}

/** One way is walked whole, or not at all: each of its pictures begins where the one before ended. */
function shotsAsked({ shots, isOneWay }: ShotGroup): readonly Shot[] {
  const asked = shots.filter(({ name }) => name.includes(values.only));
  return isOneWay && asked.length > 0 ? shots : asked;
}

async function main(): Promise<number> {
  const executablePath = chromiumPath();
  const browser = await chromium.launch({
    args: CHROMIUM_ARGS,
    ...(executablePath ? { executablePath } : {}),
  });
  const sources = [await chartShots(), await everyScreen(), everyEnrolledScreen()];
  const outcomes: Outcome[] = [];
  if (values.seen) mkdirSync(values.seen, { recursive: true });
  try {
    const first = await browser.newPage();
    const kept = await KeptPictures.open(browser, first);
    if (!values.update && !values.facts && kept.otherMachine)
      console.log(`nothing compared: ${kept.otherMachine}`);
    const groups = sources
      .flatMap((source) => source.groups)
      .map((group) => ({
        ...group,
        shots: shotsAsked(group),
      }))
      .filter(({ shots }) => shots.length > 0)
      .sort((a, b) => b.shots.length - a.shots.length);
    const worker = async (): Promise<void> => {
      const blank = await browser.newPage();
      for (let group = groups.shift(); group; group = groups.shift()) {
        outcomes.push(...(await playGroup(browser, blank, kept, group)));
      }
    };
    await Promise.all(Array.from({ length: PAGES }, worker));
    if (values.update) kept.finish(values.only === '');
  } finally {
    await browser.close();
    await Promise.all(sources.map((source) => source.close()));
  }
  const failed = outcomes.filter(({ wrong }) => wrong.length > 0);
  for (const { name, wrong } of failed) for (const each of wrong) console.log(`${name}: ${each}`);
  const passed = outcomes.length - failed.length;
  console.log(
    `${passed} pictures ${values.update ? 'kept' : 'as they should be'}, ${failed.length} not`,
  );
  if (values.report) {
    const sum = { numPassedTests: passed, numFailedTests: failed.length };
    writeFileSync(values.report, JSON.stringify(sum));
  }
  return failed.length === 0 ? 0 : 1;
}

process.exitCode = await main();
