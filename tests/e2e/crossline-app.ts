import { expect, type BrowserContext, type Locator, type Page } from '@playwright/test';
import type { Device } from '../support/device.ts';
import { plain, type Words } from './words.ts';

export interface ConvoyEntry {
  /** What is typed, and what is then chosen. */
  readonly places: readonly { readonly typed: string; readonly chosen: RegExp }[];
  readonly trucks?: string;
  readonly people?: string;
  /** ISO day; today when absent. */
  readonly day?: string;
  /** Of one of today: not all are back yet. */
  readonly isOnTheRoad?: boolean;
}

/** What a person has before them: a browser of its own (`Device`), or a profile of one that many share. */
export interface Screen {
  readonly page: Page;
  readonly context: BrowserContext;
}

/** Crossline on one device, as its person uses it: everything by what is written on the screen. */
export class CrosslineApp<D extends Screen = Device> {
  readonly device: D;
  readonly words: Words;
  passphrase = '';

  constructor(device: D, words: Words) {
    this.device = device;
    this.words = words;
  }

  get page(): Page {
    return this.device.page;
  }

  button(key: Parameters<Words['t']>[0]): Locator {
    return this.page.getByRole('button', { name: this.words.t(key), exact: true });
  }

  async join(link: string, name: string): Promise<void> {
    await this.page.goto(link);
    const offered = this.page.getByTestId('offered-passphrase');
    await expect(offered).not.toBeEmpty();
    this.passphrase = (await offered.textContent())!.trim();
    await this.page.getByLabel(this.words.t('join.name')).fill(name);
    await this.button('join.go').click();
    await expect(this.badge()).toBeVisible({ timeout: 30_000 });
  }

  /** Waits until the application is kept on the device and needs no server any more. */
  async waitUntilOffline(): Promise<void> {
    await this.page.waitForFunction(
      async () => {
        const ready = await navigator.serviceWorker.ready;
        return ready.active?.state === 'activated' && navigator.serviceWorker.controller !== null;
      },
      undefined,
      { timeout: 30_000 },
    );
  }

  async unlock(): Promise<void> {
    await this.page.getByLabel(this.words.t('lock.passphrase')).fill(this.passphrase);
    await this.button('lock.unlock').click();
    await expect(this.badge()).toBeVisible({ timeout: 30_000 });
  }

  /** Something else in front, and the browser freezes this page: it locks at once. */
  async freeze(): Promise<void> {
    const inFront = await this.device.context.newPage();
    const session = await this.device.context.newCDPSession(this.page);
    await session.send('Page.setWebLifecycleState', { state: 'frozen' });
    await session.send('Page.setWebLifecycleState', { state: 'active' });
    await session.detach();
    await this.page.bringToFront();
    await inFront.close();
    await expect(this.page.getByLabel(this.words.t('lock.passphrase'))).toBeVisible();
  }

  /** Opens a screen as a link does: a reload would lock the application. */
  async open(path: string): Promise<void> {
    await this.page.evaluate((href) => {
      const link = document.createElement('a');
      link.href = href;
      document.body.append(link);
      link.click();
      link.remove();
    }, path);
    await this.page.waitForURL(`**${path}`);
    await expect(this.page.getByRole('heading', { level: 1 }).first()).toBeVisible();
  }

  badge(): Locator {
    return this.page.getByTestId('sync-badge');
  }

  async badgeText(): Promise<string> {
    return plain((await this.badge().textContent()) ?? '').trim();
  }

  /** From the loggers' home to "saved on this phone". */
  async logConvoy(entry: ConvoyEntry): Promise<void> {
    await this.page
      .getByRole('link', { name: this.words.t('log.title') })
      .or(this.button('log.title'))
      .first()
      .click();
    const places = this.page.getByRole('combobox', { name: this.words.t('form.places') });
    for (const { typed, chosen } of entry.places) {
      await places.fill(typed);
      await this.page.getByRole('option', { name: chosen }).first().click();
    }
    if (entry.trucks) await this.page.locator('[data-field=trucks]').fill(entry.trucks);
    if (entry.people) await this.page.locator('[data-field=people]').fill(entry.people);
    if (entry.day) {
      await this.page
        .getByRole('radio', { name: this.words.t('form.otherDay'), exact: true })
        .check();
      await this.page.locator('[data-field=day]').fill(entry.day);
      await this.page.locator('[data-field=day]').blur();
    }
    await this.page
      .getByRole('radio', { name: this.words.t('form.delivered'), exact: true })
      .check();
    if (!entry.day)
      await this.page
        .getByRole('radio', {
          name: this.words.t(entry.isOnTheRoad ? 'form.roadYes' : 'form.roadNo'),
          exact: true,
        })
        .check();
    await this.button('form.save').click();
  }

  /** Types a delivery to a place that nobody knows yet; today, unless a day is given. */
  async fillNewPlace(place: string, trucks: string, day?: string): Promise<void> {
    const { page, words } = this;
    await this.open('/log');
    await page
      .getByRole('link', { name: words.t('log.title') })
      .or(this.button('log.title'))
      .first()
      .click();
    await page.getByRole('combobox', { name: words.t('form.places') }).fill(place);
    await page.getByText(words.t('form.newPlace', { name: place })).click();
    await page.locator('[data-field=trucks]').fill(trucks);
    await page.getByRole('radio', { name: words.t('form.delivered'), exact: true }).check();
    if (day === undefined) {
      await page.getByRole('radio', { name: words.t('form.roadNo'), exact: true }).check();
      return;
    }
    await page.getByRole('radio', { name: words.t('form.otherDay'), exact: true }).check();
    await page.locator('[data-field=day]').fill(day);
    await page.locator('[data-field=day]').blur();
  }

  async expectSaved(): Promise<void> {
    const { words } = this;
    const said = (device: string) =>
      this.page.getByRole('heading', { name: words.t('saved.title', { device }) });
    await expect(said('phone').or(said('other'))).toBeVisible({ timeout: 30_000 });
  }

  /** From the loggers' home to "saved on this phone". */
  async logNewPlace(place: string, trucks: string, day?: string): Promise<void> {
    await this.fillNewPlace(place, trucks, day);
    await this.button('form.save').click();
    await this.expectSaved();
  }

  /** From the list of convoys to the page of the latest one to this place. */
  async openConvoyTo(place: RegExp): Promise<void> {
    await this.open('/convoys');
    await this.page.getByRole('link', { name: place }).first().click();
  }

  /** Opens the first report of that convoy to correct it, with what was half typed before. */
  async beginCorrection(place: RegExp): Promise<void> {
    await this.openConvoyTo(place);
    await this.page
      .getByRole('link', { name: this.words.t('convoy.correctReport') })
      .first()
      .click();
  }

  /** Writes another number into the first report of that convoy; it is saved here, and only here. */
  async correctReport(place: RegExp, field: 'trucks' | 'people', text: string): Promise<void> {
    await this.beginCorrection(place);
    await this.page.locator(`[data-field=${field}]`).fill(text);
    await this.button('form.saveCorrection').click();
    await expect(this.badge()).toHaveAttribute('data-kind', 'only_here');
  }

  /** All that the main part of the screen says, digits and spaces made plain. */
  async text(): Promise<string> {
    return plain(await this.page.locator('body').innerText());
  }

  async expectText(text: string | RegExp, timeout = 15_000): Promise<void> {
    await expect
      .poll(() => this.text(), { timeout, message: `looking for ${text}` })
      [typeof text === 'string' ? 'toContain' : 'toMatch'](text as never);
  }
}
