import { scanBytes } from '../support/byte-scan.ts';
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
  await phone.page.waitForTimeout(1_500); // the draft is sealed at a pause of 500 ms
  await phone.button('form.save').click();
  // a number this large is asked about once
  await phone.button('form.odd.keep').click();
  await phone.expectText(words.t('saved.title', { device: 'phone' }));

  // every screen that shows it
  for (const screen of [
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
  ]) {
    await phone.page.evaluate((path) => {
      history.pushState({}, '', path);
      dispatchEvent(new PopStateEvent('popstate', { state: {} }));
    }, screen);
    await phone.page.waitForTimeout(300);
  }
  expect(await phone.page.title()).toBe('Crossline');
  await phone.page.goto(`${server.url}/log`); // a new page is locked
  await expect(phone.page.getByLabel(words.t('lock.passphrase'))).toBeVisible();
  for (const word of MARKED) expect(await phone.text()).not.toContain(word);
  await phone.device.close();

  expect(scanBytes(phone.device.profile, MARKED)).toEqual([]);
});
