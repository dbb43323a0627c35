import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CrosslineApp } from './crossline-app.ts';
import { expectNoProblems } from './accessible.ts';
import { expect, FIXTURES, importFiles, invite, test } from './setup.ts';

/** What a convoy that was planned and never ended holds back, and the ways out of it on its page. */

const PLANNED = [
  'event_key,date,status,scope,localities,trucks,source_publisher,source_title,source_url',
  '2012-11-arbin,2012-11,delivered,convoy,Arbin,20,Earlier record,Earlier record,https://example.org/earlier',
  '2016-06-zamalka,2016-06-29,planned,convoy,Zamalka,37,Plan,Plan,https://example.org/plan',
].join('\n');

/** What paper would say of the page, read as the browser lays it out for printing. */
async function onPaper({ page }: CrosslineApp): Promise<string> {
  await page.emulateMedia({ media: 'print' });
  const text = await page.evaluate(async () => {
    dispatchEvent(new Event('beforeprint'));
    await Promise.resolve(); // a browser lays the page out after the handlers, as soon as this
    const shown = document.body.innerText;
    dispatchEvent(new Event('afterprint'));
    return shown;
  });
  await page.emulateMedia({ media: 'screen' });
  return text;
}

const LISTS = ['/convoys', '/places', '/access'] as const;

test('a planned convoy that never ended: nothing is printed, its page asks for its end; said in one tap, taken back, said with its day', async ({
  server,
  words,
  newDevice,
}) => {
  const file = join(mkdtempSync(join(tmpdir(), 'crossline-planned-')), 'planned.csv');
  writeFileSync(file, PLANNED);
  await importFiles(server, [join(FIXTURES, 'localities.csv'), file]);
  const app = await newDevice('phone');
  const { page } = app;
  await app.join(await invite(server, 'coordinator', 'One'), 'One');
  const name = /Zamalka|زملكا/;
  await app.open('/convoys');
  await expect(page.getByRole('link', { name }).first()).toBeVisible({ timeout: 30_000 });
  for (const list of LISTS) {
    await app.open(list);
    const paper = await onPaper(app);
    expect(paper).toContain(words.t('print.underWay'));
    expect(paper).not.toMatch(name);
  }
  await app.open('/requests');
  expect(await onPaper(app)).toContain(words.t('print.nothing'));
  await app.open('/report');
  expect(await onPaper(app)).not.toContain(words.t('print.underWay'));

  // From where Access names what holds its charts back, to the page, to an end: two taps.
  await app.open('/access');
  await page.locator('[data-action=held-by]').first().click();
  await page.getByRole('dialog').getByRole('link').click();
  await app.expectText(words.t('convoy.endTitle'));
  expect(await onPaper(app)).toContain(words.t('print.underWay'));
  await expectNoProblems(page, 'asked how it ended');
  const ask = page.getByTestId('end-convoy');
  await page.locator('[data-end=not_deployed]').click();
  await app.expectText(words.t('convoy.endNoted', { outcome: words.t('outcome.not_deployed') }));
  await expect(ask).toHaveCount(0);
  await expect(page.getByTestId('finding')).toContainText(name); // its places stand
  for (const list of LISTS) {
    await app.open(list);
    const paper = await onPaper(app);
    expect(paper).not.toContain(words.t('print.underWay'));
    expect(paper).toMatch(list === '/access' ? words.t('access.map') : name);
  }
  await app.open('/access');
  await expect(page.locator('[data-action=held-by]')).toHaveCount(0);
});

test('an end that was said is taken back, and said otherwise, with its day', async ({
  server,
  words,
  newDevice,
}) => {
  const file = join(mkdtempSync(join(tmpdir(), 'crossline-planned-')), 'planned.csv');
  writeFileSync(file, PLANNED);
  await importFiles(server, [join(FIXTURES, 'localities.csv'), file]);
  const app = await newDevice('laptop');
  const { page } = app;
  await app.join(await invite(server, 'coordinator', 'One'), 'One');
  await app.openConvoyTo(/Zamalka|زملكا/);
  const ask = page.getByTestId('end-convoy');
  await page.locator('[data-end=other]').click();
  await page.locator('[data-end=postponed]').click();
  await app.expectText(words.t('convoy.endNoted', { outcome: words.t('outcome.postponed') }));
  await app.button('review.undo').click();
  await expect(ask).toBeVisible();

  await page.locator('[data-end=delivered]').click();
  await expect(page.locator('[data-field=day]')).toHaveValue('2016-06-29'); // as it was planned
  await page.locator('[data-field=day]').fill('2016-07-02');
  await page.locator('[data-field=day]').blur();
  await expectNoProblems(page, 'which day');
  await page.locator('[data-action=save-end]').click();
  await app.expectText(words.t('convoy.endNoted', { outcome: words.t('outcome.delivered') }));
  await expect(ask).toHaveCount(0);
  await expect(page.getByTestId('finding')).toContainText(/2 July 2016|[2٢] (تموز|يوليو)/);
});

test('a logger says how his own convoy ended, and that all are back', async ({
  server,
  words,
  newDevice,
}) => {
  await importFiles(server, [join(FIXTURES, 'localities.csv')]);
  const app = await newDevice('phone');
  const { page } = app;
  await app.join(await invite(server, 'logger', 'One'), 'One');
  await app.open('/log');
  await app.logConvoy({
    places: [{ typed: 'Madaya', chosen: /Madaya|مضايا/ }],
    trucks: '44',
    isOnTheRoad: true,
  });
  await app.expectSaved();
  await app.openConvoyTo(/Madaya|مضايا/);
  await app.expectText(words.t('convoy.onRoad'));
  await app.button('convoy.back').click();
  await expect(page.getByText(words.t('convoy.onRoad'))).toHaveCount(0);
});
