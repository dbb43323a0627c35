import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { postgresIsInstalled } from '../faults/server/postgres.ts';
import type { Device } from '../support/device.ts';
import { TestServer } from '../support/server.ts';
import { CrosslineApp } from './crossline-app.ts';
import { expectNoProblems } from './accessible.ts';
import { expect, invite, test, verifiedGroups } from './setup.ts';

/** Rows of the failure table that happen to a whole phone: a copy of it, and a damaged disk. */

const sent = (app: CrosslineApp) =>
  expect(app.badge()).toHaveAttribute('data-kind', 'all_sent', { timeout: 60_000 });

async function open(app: CrosslineApp, url: string): Promise<void> {
  await app.page.goto(`${url}/log`);
  await app.unlock();
}

/** Another owner's device, in the same operation. */
async function second(
  server: TestServer,
  newDevice: (size: 'laptop') => Promise<CrosslineApp>,
): Promise<CrosslineApp> {
  const other = await newDevice('laptop');
  await other.join(await invite(server, 'owner', 'Second'), 'Second');
  return other;
}

/** Where owners begin, in Review and at the device; one deals with it, the other finds it done. */
async function expectOwnersAreTold(office: CrosslineApp, other: CrosslineApp): Promise<void> {
  const { words } = office;
  const copied = (app: CrosslineApp) => app.page.locator('[data-list=copied] > ul > li');
  for (const owner of [office, other]) {
    await owner.open('/access');
    await owner.expectText(words.t('copied.line', { count: 1 }));
    await owner.page.getByRole('link', { name: words.t('copied.open') }).click();
    await expect(copied(owner)).toHaveCount(1);
    await expect(copied(owner)).toContainText('Phone');
    await expect(copied(owner)).toContainText(words.t('copied.what'));
    await owner.expectText(
      words.t('review.lead', {
        count: await owner.page.locator('main [data-list] > ul > li').count(),
      }),
    );
  }
  await expectNoProblems(office.page, 'Review with a copied device');
  await office.open('/people');
  await office.expectText(words.t('copied.ask'));
  await expectNoProblems(office.page, 'people with a copied device');
  await office.button('copied.settle').click();
  await expect(office.button('copied.settle')).toHaveCount(0);
  await office.button('people.auditShow').click();
  await office.expectText(words.t('audit.device_forked'));
  await office.expectText(words.t('audit.copy_settled'));
  await other.open('/more');
  await other.open('/review');
  await expect(copied(other)).toHaveCount(0);
  await other.open('/access');
  await expect(other.page.getByText(words.t('copied.line', { count: 1 }))).toHaveCount(0);
}

for (const store of ['sqlite', 'postgres'] as const) {
  test(`a phone that was restored from a backup, or cloned, uses numbers again: new numbers, same ids; owners are told; nothing is lost [${store}]`, async ({
    newDevice,
    newDatabase,
    words,
  }) => {
    test.skip(words.locale !== 'en', 'a copy is the same in every language');
    test.setTimeout(420_000); // five devices, one after the other
    test.skip(store === 'postgres' && !postgresIsInstalled, 'PostgreSQL is not installed here');
    const env: Record<string, string> = store === 'postgres' ? await newDatabase() : {};
    const server = await new TestServer({ env }).start();
    let copied: Device | undefined;
    try {
      const office = await newDevice('laptop');
      await office.join(server.inviteLink, 'Office');
      const phone = await newDevice('phone');
      await phone.join(await invite(server, 'coordinator', 'Phone'), 'Phone');
      await phone.waitUntilOffline();
      await server.stop();
      await phone.logNewPlace('Inbackup', '101');
      await phone.device.close();

      copied = phone.device.copy();
      await phone.device.start();
      await open(phone, server.url);
      await phone.logNewPlace('Original', '102');
      await server.start();
      await sent(phone);
      await phone.device.close();

      await copied.start();
      const clone = new CrosslineApp(copied, words);
      clone.passphrase = phone.passphrase;
      await server.stop();
      await open(clone, server.url);
      await clone.logNewPlace('Inthecopy', '103');
      await server.start();
      await sent(clone);
      expect(await verifiedGroups(server)).toBe(6); // of each convoy its place and itself

      await phone.device.start();
      await open(phone, server.url);
      await sent(phone);
      for (const app of [phone, clone, office]) {
        if (app === office) await open(office, server.url);
        await app.open('/convoys');
        for (const place of ['Inbackup', 'Original', 'Inthecopy']) {
          const link = app.page.getByRole('link', { name: place });
          await expect(link).toHaveCount(1, { timeout: 30_000 });
        }
      }
      await expectOwnersAreTold(office, await second(server, newDevice));
    } finally {
      await copied?.dispose();
      await server.remove();
    }
  });
}

const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((file) => statSync(file).isFile());

/** Chromium writes what a page left in localStorage some seconds later, and not when it is closed. */
const isNotedOnDisk = (profile: string): boolean =>
  filesIn(join(profile, 'Default/Local Storage')).some((file) =>
    readFileSync(file).includes('crossline.enrolled'),
  );

/** Every file of the databases of a browser, as a failing disk leaves them. */
function destroyDatabases(profile: string): number {
  const files = filesIn(join(profile, 'Default/IndexedDB'));
  for (const file of files) writeFileSync(file, 'no database');
  return files.length;
}

test('a database that is corrupt on the disk: the phone says so, and joins again to all that was sent', async ({
  server,
  words,
  newDevice,
}) => {
  test.skip(words.locale !== 'en', 'a disk is the same in every language');
  const phone = await newDevice('phone');
  await phone.join(server.inviteLink, 'Phone');
  await phone.waitUntilOffline();
  await phone.logNewPlace('Sentbefore', '101');
  await sent(phone);
  await expect.poll(() => isNotedOnDisk(phone.device.profile), { timeout: 90_000 }).toBe(true);
  await phone.device.close();
  expect(destroyDatabases(phone.device.profile)).toBeGreaterThan(0);

  await phone.device.start();
  await phone.page.goto(`${server.url}/log`);
  await phone.expectText(words.t('welcome.cleared'));
  await phone.join(await invite(server, 'coordinator', 'Phone'), 'Phone');
  await phone.open('/convoys');
  await expect(phone.page.getByRole('link', { name: 'Sentbefore' })).toHaveCount(1, {
    timeout: 30_000,
  });
});
