import { mount, unmount } from 'svelte';
import { afterEach, expect, test } from 'vitest';
import '../../../app.css';
import { WARNING_CODES } from '#lib/domain/records/warnings/warning.ts';
import { LOCALES, type Locale } from '#lib/i18n/locales.ts';
import { Words } from '#lib/ui/words.svelte.ts';
import WithWords from '../../../../tests/support/screens/WithWords.svelte';
import WarningNotes from './WarningNotes.svelte';

let close: (() => void) | undefined;
afterEach(() => close?.());

async function show(locale: Locale, codes: readonly string[]): Promise<HTMLElement> {
  const words = new Words();
  await words.read({ locale, digits: 'latn' });
  document.documentElement.lang = locale;
  document.documentElement.dir = words.isRightToLeft ? 'rtl' : 'ltr';
  const target = document.body.appendChild(document.createElement('div'));
  const warnings = codes.map((code) => ({ code, records: ['a'], fields: [] }));
  const props = { words, component: WarningNotes, props: { warnings } } as never;
  const app = mount(WithWords, { target, props });
  close = () => {
    void unmount(app);
    target.remove();
  };
  return target;
}

test.each(LOCALES)('every warning is said in %s, each once', async (locale) => {
  const target = await show(locale, [...WARNING_CODES, ...WARNING_CODES]);
  const said = [...target.querySelectorAll('li')].map((one) => one.textContent);
  expect(said).toHaveLength(WARNING_CODES.length);
  expect(new Set(said).size).toBe(WARNING_CODES.length);
  expect(said.filter((one) => one === '' || one.includes('warning.'))).toEqual([]);
  expect(target.scrollWidth).toBeLessThanOrEqual(document.documentElement.clientWidth);
});

test('without a warning nothing is shown', async () => {
  const target = await show('en', []);
  expect(target.textContent.trim()).toBe('');
});
