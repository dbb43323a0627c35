import type { Locator, Page } from '@playwright/test';
import type { CrosslineApp } from './crossline-app.ts';
import { expect, test } from './setup.ts';

/** The example, as a coordinator looks around in it. */
async function lookAround(app: CrosslineApp, url: string): Promise<Page> {
  const { page, words } = app;
  await page.goto(url);
  await app.button('welcome.look').click();
  await expect(page.getByText(words.t('example.banner')).first()).toBeVisible();
  return page;
}

async function choose(places: Locator, typed: string): Promise<void> {
  await places.fill(typed);
  await places.page().getByRole('listbox').getByRole('option').first().click();
}

test('a request is asked about, corrected in one field alone, deleted and brought back', async ({
  server,
  words,
  newDevice,
}) => {
  const office = await newDevice('phone');
  const page = await lookAround(office, server.url);
  await office.open('/requests');
  const form = page.getByTestId('request-form');
  const save = form.locator('button[type=submit]');

  await test.step('more approved than requested is asked about once, and saved', async () => {
    await page.locator('[data-action=new-request]').click();
    await form.locator('[data-field=authority]').fill('MoFA');
    await form.locator('[data-field=period]').fill('2016-06');
    const submitted = form.getByRole('group', { name: words.t('field.submittedOn') });
    await submitted.getByRole('radio', { name: words.t('form.otherDay'), exact: true }).check();
    await form.locator('[data-field=day]').fill('2016-05-20');
    await form.locator('[data-field=day]').blur();
    const place = form.getByRole('combobox', { name: words.t('field.locality'), exact: true });
    await choose(place, 'Madaya');
    await form.locator('[data-field=peopleRequested]').fill('20000');
    await form.locator('[data-field=peopleApproved]').fill('40000');
    await save.click();
    await expect(page.getByTestId('asked-once')).toContainText(
      words.t('warning.approved_more_than_requested'),
    );
    await save.click();
    await expect(form).toHaveCount(0);
    await office.expectText(/20[,.\s]?000/);
    await expect(page.getByTestId('request-line')).toHaveCount(1);
  });

  await test.step('a date that was wrong is taken back, and nothing else is written', async () => {
    await office.expectText('2016');
    await page.locator('[data-action=edit-request]').click();
    const submitted = form.getByRole('group', { name: words.t('field.submittedOn') });
    await submitted.getByRole('radio', { name: words.t('form.noDate'), exact: true }).check();
    await save.click();
    await expect(form).toHaveCount(0);
    await office.expectText(words.t('plan.noSubmission'));
    await office.expectText('MoFA');
  });

  await test.step('deleted, it is gone with its places; brought back, it is there with them', async () => {
    await page.locator('[data-action=edit-request]').click();
    await form.locator('[data-action=delete]').click();
    await expect(page.getByTestId('request-line')).toHaveCount(0);
    await page.locator('[data-action=bring-back]').click();
    await expect(page.getByTestId('request-line')).toHaveCount(1);
  });
});

test('what a new report says against itself is asked about once, and never refused', async ({
  server,
  words,
  newDevice,
}) => {
  const phone = await newDevice('phone');
  const page = await lookAround(phone, server.url);
  await phone.open('/log/new');
  await choose(page.getByRole('combobox', { name: words.t('form.places') }), 'Madaya');
  await page.locator('[data-field=people]').fill('500');
  await page.getByRole('radio', { name: words.t('form.turnedBack'), exact: true }).check();
  await page.locator('[data-switch=more]').click();
  await page.getByRole('radio', { name: words.t('form.kindReached'), exact: true }).check();
  await phone.button('form.save').click();
  const asked = page.getByTestId('asked-once');
  await expect(asked).toContainText(words.t('warning.reached_without_delivery'));
  await phone.button('form.odd.keep').click();
  await phone.expectSaved();
});

test('a place has a status under each classifier, entered and changed with its source', async ({
  server,
  words,
  newDevice,
}) => {
  const office = await newDevice('laptop');
  const page = await lookAround(office, server.url);
  await office.open('/places');
  await page
    .getByRole('link', { name: /Madaya|مضايا/ })
    .first()
    .click();
  const form = page.locator('form.entry-form');

  await page.locator('[data-action=add-status]').click();
  await form.locator('[data-field=status], select[name=status]').selectOption('hard_to_reach');
  await form.locator('[data-field=classifier]').fill('Siege Watch');
  const from = form.getByRole('group', { name: words.t('field.from') });
  await from.getByRole('radio', { name: words.t('form.onlyMonth'), exact: true }).check();
  await form.locator('[data-field=year]').selectOption('2015');
  await form.locator('[data-field=month]').selectOption('07');
  await form.locator('[data-field=publisher]').fill('Siege Watch quarterly');
  await form.locator('button[type=submit]').click();
  const row = page.getByTestId('status-row').filter({ hasText: 'Siege Watch' });
  await expect(row).toContainText(words.t('status.hard_to_reach'));
  await expect(row).toContainText('Siege Watch quarterly');
  await expect(page.getByTestId('status-row').filter({ hasText: 'UN' }).first()).toBeVisible();

  await row.locator('[data-action=correct]').click();
  await form.locator('[data-field=status], select[name=status]').selectOption('besieged');
  await form.locator('button[type=submit]').click();
  await expect(row).toContainText(words.t('status.besieged'));
  await expect(row).toContainText('Siege Watch quarterly');
});

test('what was loaded of an item stands beside what was removed of it', async ({
  server,
  words,
  newDevice,
}) => {
  const office = await newDevice('laptop');
  const page = await lookAround(office, server.url);
  await office.openConvoyTo(/Duma|دوما/);
  const form = page.locator('form.entry-form');
  for (const [stage, quantity] of [
    ['removed', '40'],
    ['loaded', '120'],
  ] as const) {
    await page.locator('[data-action=add-item]').click();
    await form.locator('[data-field=item]').fill('Surgical kits');
    await form.locator('[data-field=stage]').selectOption(stage);
    await form.locator('[data-field=quantity]').fill(quantity);
    await form.locator('[data-field=unit]').fill('kits');
    await form.locator('button[type=submit]').click();
    await expect(form).toHaveCount(0);
  }
  const lines = page.getByTestId('item').filter({ hasText: 'Surgical kits' }).getByRole('listitem');
  await expect(lines).toHaveCount(2);
  await expect(lines.nth(0)).toContainText(words.t('itemStage.loaded'));
  await expect(lines.nth(1)).toContainText(words.t('itemStage.removed'));
});

test('the convoy of 29 June 2016 is logged in at most 12 taps', async ({
  server,
  words,
  newDevice,
}) => {
  const phone = await newDevice('phone');
  const page = await lookAround(phone, server.url);
  await phone.open('/log');
  let taps = 0;
  const tap = async (target: Locator): Promise<void> => {
    await target.click();
    taps += 1;
  };
  const option = (name: RegExp) => page.getByRole('option', { name }).first();
  const radio = (key: 'form.otherDay' | 'form.delivered') =>
    page.locator('label').filter({ hasText: words.t(key) });

  await tap(page.getByRole('link', { name: words.t('log.title') }).or(phone.button('log.title')));
  await tap(page.getByRole('combobox', { name: words.t('form.places') }));
  await page.keyboard.type('Zamalka');
  await tap(option(/Zamalka|زملكا/));
  // the field is ready for the next place without a tap
  await page.keyboard.type('Erbin');
  await tap(option(/Arbin|عربين/));
  await tap(page.locator('[data-field=trucks]'));
  await page.keyboard.type('38');
  // the keyboard's own key leads on to people
  await page.keyboard.press('Tab');
  await page.keyboard.type('20000');
  await tap(radio('form.otherDay'));
  await tap(page.locator('[data-field=day]'));
  // choosing a day in the phone's own calendar: a year, a month, a day at most
  taps += 3;
  await page.locator('[data-field=day]').fill('2016-06-29');
  await page.locator('[data-field=day]').blur();
  await tap(radio('form.delivered'));
  await tap(phone.button('form.save'));
  await phone.expectSaved();
  expect(taps).toBeLessThanOrEqual(12);
});
