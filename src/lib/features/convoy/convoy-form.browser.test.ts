import { mount, tick, unmount } from 'svelte';
import { afterEach, describe, expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import '../../../app.css';
import { buildNameIndex, searchNames } from '#lib/domain/names/name-index.ts';
import { dayFromIso } from '#lib/domain/dates/day.ts';
import type { Locale } from '#lib/i18n/locales.ts';
import { Words } from '#lib/ui/words.svelte.ts';
import FormHarness from '../../../../tests/support/screens/FormHarness.svelte';
import WithWords from '../../../../tests/support/screens/WithWords.svelte';
import type { ConvoyDraft } from './convoy-draft.ts';

const PLACES = [
  { id: 'zamalka', names: ['Zamalka', 'زملكا'] },
  { id: 'arbin', names: ['Arbin', 'عربين', 'Erbin', 'Irbin', 'Arbeen'] },
  { id: 'duma', names: ['Duma', 'دوما', 'Douma'] },
];
const index = buildNameIndex(PLACES);
const today = dayFromIso('2016-06-29');
if (!today.ok) throw new Error('a day');

let close: (() => void) | undefined;
afterEach(() => close?.());

async function openForm(locale: Locale): Promise<() => ConvoyDraft> {
  const words = new Words();
  await words.read({ locale, digits: locale === 'ar' ? 'arab' : 'latn' });
  document.documentElement.lang = locale;
  document.documentElement.dir = words.isRightToLeft ? 'rtl' : 'ltr';
  let held: ConvoyDraft | undefined;
  let next = 0;
  const props = {
    today: today.ok ? today.value : 0,
    newId: () => `id${(next += 1)}`,
    search: (text: string) =>
      searchNames(index, text, 5).map(({ entry, score }) => ({
        id: entry.id,
        name: entry.names[0] ?? '',
        isCertain: score >= 1,
      })),
    onchange: (draft: ConvoyDraft) => (held = draft),
  };
  const target = document.body.appendChild(document.createElement('main'));
  const app = mount(WithWords, {
    target,
    props: { words, component: FormHarness, props } as never,
  });
  close = () => {
    void unmount(app);
    target.remove();
  };
  await tick();
  return () => {
    if (!held) throw new Error('the form holds nothing');
    return held;
  };
}

const one = <E extends Element>(selector: string): E => {
  const found = document.querySelector<E>(selector);
  if (!found) throw new Error(`nothing is ${selector}`);
  return found;
};
const option = (value: string): HTMLInputElement => one(`input[type=radio][value="${value}"]`);

describe.each(['en', 'ar'] as const)('the convoy form in %s', (locale) => {
  test('a place is found under any spelling, by keyboard alone', async () => {
    const draft = await openForm(locale);
    await userEvent.click(one('[role=combobox]'));
    await userEvent.keyboard('Erbin{Enter}زملكا{Enter}');
    expect(draft().places.map((place) => place.id)).toEqual(['arbin', 'zamalka']);
    expect(draft().places.every((place) => !place.isNew)).toBe(true);
    await userEvent.keyboard('{Backspace}');
    expect(draft().places.map((place) => place.id)).toEqual(['arbin']);
  });

  test('a place that nobody knows can be added, and is new', async () => {
    const draft = await openForm(locale);
    await userEvent.fill(one<HTMLInputElement>('[role=combobox]'), 'Qqqqtown');
    await userEvent.click(one('.new'));
    expect(draft().places).toMatchObject([{ name: 'Qqqqtown', isNew: true }]);
  });

  test('numbers come in any digits and are grouped when left', async () => {
    const draft = await openForm(locale);
    const people = one<HTMLInputElement>('[data-field=people]');
    await userEvent.fill(people, '٢٠٠٠٠');
    await userEvent.click(one('[data-field=trucks]'));
    expect(people.value).toBe(locale === 'ar' ? '٢٠٬٠٠٠' : '20,000');
    await userEvent.click(one('[data-switch=unit]'));
    await userEvent.click(one('[data-switch=about]'));
    expect(draft()).toMatchObject({ peopleUnit: 'families', isAbout: false });
  });

  test('a date can be only a month, never its first day, or only a year', async () => {
    const draft = await openForm(locale);
    expect(draft().date).toBe('2016-06-29');
    await userEvent.click(option('month'));
    await userEvent.selectOptions(one('[data-field=year]'), '2012');
    await userEvent.selectOptions(one('[data-field=month]'), '11');
    expect(draft().date).toBe('2012-11');
    await userEvent.click(one('input[type=checkbox]'));
    expect(draft().date).toBe('2012');
  });

  test('a day that nobody picked is never filled in', async () => {
    const draft = await openForm(locale);
    await userEvent.click(option('month'));
    expect(draft().date).toBe('2016-06');
    await userEvent.click(option('day'));
    expect(draft().date).toBe('2016-06');
    expect(one<HTMLInputElement>('[data-field=day]').value).toBe('');
    await userEvent.fill(one('[data-field=day]'), '2016-06-03');
    expect(draft().date).toBe('2016-06-03');
  });

  test('“still on the road?” is asked of today and yesterday alone', async () => {
    const draft = await openForm(locale);
    await userEvent.click(option('yes'));
    expect(draft().onTheRoad).toBe(true);
    await userEvent.click(option('month'));
    expect(document.querySelector('input[value="yes"]')).toBeNull();
    expect(draft().onTheRoad).toBeNull();
  });

  test('what can be touched is 48 px high at least, and nothing needs a sideways scroll', async () => {
    await openForm(locale);
    for (const target of document.querySelectorAll('button, label.option, select')) {
      expect(target.getBoundingClientRect().height, target.outerHTML).toBeGreaterThanOrEqual(48);
    }
    expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(innerWidth);
  });
});
