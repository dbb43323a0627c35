import { scanBytes } from '../support/byte-scan.ts';
import { settled } from '../support/settled.ts';
import type { CrosslineApp } from './crossline-app.ts';
import { draftIsKept } from './kept-drafts.ts';
import { expect, invite, test } from './setup.ts';

/** Words that stand nowhere in the program or its example: each hit is a leak. */
const MARKED = ['Quorzimav', 'Velqatrim', 'زظغقضث', 'Brunoxalt', 'Pelkivano', '7351924'];
const [PLACE, PERSON, ARABIC_PLACE, ORGANISATION, NOTE, PEOPLE] = MARKED as [
  string,
  string,
  string,
  string,
  string,
  string,
];

const SCREENS = [
  '/log',
  '/places',
  '/convoys',
  '/access',
  '/requests',
  '/report',
  '/review',
  '/people',
  '/sync',
  '/settings',
];

async function visitEveryScreen(phone: CrosslineApp): Promise<void> {
  for (const screen of SCREENS) {
    await phone.open(screen);
    await settled(phone.page);
  }
}

test('who takes a locked phone learns nothing of what was logged', async ({
  server,
  words,
  newDevice,
}) => {
  const phone = await newDevice('phone');
  await phone.join(await invite(server, 'logger', PERSON), PERSON);
  await phone.waitUntilOffline();
  await phone.page
    .getByRole('link', { name: words.t('log.title') })
    .or(phone.button('log.title'))
    .first()
    .click();
  const places = phone.page.getByRole('combobox', { name: words.t('form.places') });
  for (const place of [PLACE, ARABIC_PLACE]) {
    await places.fill(place);
    await phone.page.getByText(words.t('form.newPlace', { name: place })).click();
  }
  await phone.page.locator('[data-field=people]').fill(PEOPLE);
  await phone.page.getByRole('radio', { name: words.t('form.delivered'), exact: true }).check();
  await phone.page.getByRole('radio', { name: words.t('form.roadYes'), exact: true }).check();
  await phone.page.locator('[data-switch=more]').click();
  const organisations = phone.page.getByRole('combobox', { name: words.t('form.organisations') });
  await organisations.fill(ORGANISATION);
  await phone.page.getByText(words.t('form.newOrganisation', { name: ORGANISATION })).click();
  await phone.page.getByLabel(words.t('form.notes')).fill(NOTE);
  await draftIsKept(phone.page);
  await phone.button('form.save').click();
  // a number this large is asked about once
  await phone.button('form.odd.keep').click();
  await phone.expectSaved();

  await visitEveryScreen(phone);
  await phone.open('/places');
  await phone.expectText(PLACE);
  expect(await phone.page.title()).toBe('Crossline');
  await phone.page.goto(`${server.url}/log`); // a new page is locked
  await expect(phone.page.getByLabel(words.t('lock.passphrase'))).toBeVisible();
  for (const word of MARKED) expect(await phone.text()).not.toContain(word);
  await phone.device.close();

  expect(scanBytes(phone.device.profile, MARKED)).toEqual([]);
});

test('who takes a locked laptop learns nothing of what was asked for, and of whom', async ({
  server,
  words,
  newDevice,
}) => {
  const office = await newDevice('laptop');
  await office.join(await invite(server, 'coordinator', PERSON), PERSON);
  await office.open('/log');
  await office.page
    .getByRole('link', { name: words.t('log.title') })
    .or(office.button('log.title'))
    .first()
    .click();
  const places = office.page.getByRole('combobox', { name: words.t('form.places') });
  await places.fill(PLACE);
  await office.page.getByText(words.t('form.newPlace', { name: PLACE })).click();
  await office.page.getByRole('radio', { name: words.t('form.delivered'), exact: true }).check();
  await office.page.getByRole('radio', { name: words.t('form.roadNo'), exact: true }).check();
  await office.button('form.save').click();
  await office.expectSaved();

  await office.open('/requests');
  await office.page.locator('[data-action=new-request]').click();
  const form = office.page.getByTestId('request-form');
  await form.locator('[data-field=authority]').fill(ORGANISATION);
  const place = form.getByRole('combobox', { name: words.t('field.locality'), exact: true });
  await place.first().fill(PLACE);
  await office.page.getByRole('listbox').getByRole('option').first().click();
  await form
    .getByRole('button', { name: words.t('entry.save', { device: 'other' }), exact: true })
    .click();
  await office.expectText(ORGANISATION);
  await visitEveryScreen(office);
  await office.open('/review');
  await office.expectText(PLACE); // nobody has verified it

  await office.page.goto(`${server.url}/requests`); // a new page is locked
  await expect(office.page.getByLabel(words.t('lock.passphrase'))).toBeVisible();
  for (const word of MARKED) expect(await office.text()).not.toContain(word);
  await office.device.close();
  expect(scanBytes(office.device.profile, MARKED)).toEqual([]);
});
