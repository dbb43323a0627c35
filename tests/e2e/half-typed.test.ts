import { draftIsKept } from './kept-drafts.ts';
import { expect, importEarlierDelivery, invite, test } from './setup.ts';

const MADAYA = { typed: 'Madaya', chosen: /Madaya|مضايا/ };

test('a half-typed correction outlives a lock and a killed tab, and is thrown away when it is told to', async ({
  server,
  words,
  newDevice,
}) => {
  await importEarlierDelivery(server);
  const phone = await newDevice('phone', 'hiding');
  await phone.join(await invite(server, 'coordinator', 'One'), 'One');
  await phone.waitUntilOffline();
  await phone.open('/log');
  await phone.logConvoy({ places: [MADAYA], trucks: '44', people: '40000', day: '2016-01-11' });
  await phone.expectSaved();
  const trucks = () => phone.page.locator('[data-field=trucks]');
  const notes = () => phone.page.getByLabel(words.t('form.notes'));
  const notFinished = () =>
    phone.page.getByRole('heading', { name: words.t('log.notFinished'), exact: true });
  const correct = async (): Promise<void> => {
    await phone.openConvoyTo(MADAYA.chosen);
    await phone.page
      .getByRole('link', { name: words.t('convoy.correctReport') })
      .first()
      .click();
  };

  await test.step('locked in the middle of typing, it is there with the last letter', async () => {
    await correct();
    await trucks().fill('46');
    await notes().fill('Counted at the gate');
    await phone.freeze();
    expect(await phone.text()).not.toContain('Counted at the gate');
    await phone.unlock();
    await expect(trucks()).toHaveValue(/^(46|٤٦)$/);
    await expect(notes()).toHaveValue('Counted at the gate');
    await phone.expectText(words.t('form.unsaved'));
  });

  await test.step('killed, the log leads back to it', async () => {
    await trucks().fill('47');
    await draftIsKept(phone.page);
    await phone.device.kill();
    const page = await phone.device.start();
    await page.goto(`${server.url}/log`);
    await phone.unlock();
    await expect(notFinished()).toBeVisible();
    await phone.expectText(words.t('form.correct'));
    await phone.page.getByText(words.t('log.continue'), { exact: true }).click();
    await expect(trucks()).toHaveValue(/^(47|٤٧)$/);
    await expect(notes()).toHaveValue('Counted at the gate');
  });

  await test.step('saved, it is kept no longer', async () => {
    await phone.button('form.saveCorrection').click();
    await phone.expectSaved();
    await phone.open('/log');
    await expect(notFinished()).toHaveCount(0);
    await correct();
    await expect(trucks()).toHaveValue(/^(47|٤٧)$/);
    await expect(phone.button('form.discard')).toHaveCount(0);
  });

  await test.step('discarded, it is gone, and the report is as it was', async () => {
    await trucks().fill('99');
    await phone.button('form.discard').click();
    await phone.page.waitForURL('**/convoys/*');
    await correct();
    await expect(trucks()).toHaveValue(/^(47|٤٧)$/);
    await phone.open('/log');
    await expect(notFinished()).toHaveCount(0);
  });

  await test.step('of a report that is not here it says so, and opens no empty form', async () => {
    await phone.open('/log/gone');
    await phone.expectText(words.t('convoy.reportGone'));
    await expect(trucks()).toHaveCount(0);
  });
});
