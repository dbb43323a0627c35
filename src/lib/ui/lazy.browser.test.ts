import { mount, unmount } from 'svelte';
import { afterEach, describe, expect, test, vi } from 'vitest';
import '../../app.css';
import WithWords from '../../../tests/support/screens/WithWords.svelte';
import Lazy from './Lazy.svelte';
import Options from './Options.svelte';
import { Words } from './words.svelte.ts';

let close: (() => void) | undefined;
afterEach(() => close?.());

/** Shows a component of which so many fetches fail; answers with how often it was asked for. */
async function showFailing(locale: 'en' | 'ar' | 'fr', failures: number): Promise<() => number> {
  const words = new Words();
  await words.read({ locale, digits: 'latn' });
  let asked = 0;
  const load = () => {
    asked += 1;
    return asked <= failures
      ? Promise.reject(new TypeError('Failed to fetch dynamically imported module'))
      : Promise.resolve({ default: Options });
  };
  const props = {
    load,
    props: { label: 'It is here', options: [], value: null, onchange: () => undefined },
  };
  const target = document.body.appendChild(document.createElement('div'));
  const app = mount(WithWords, { target, props: { words, component: Lazy, props } as never });
  close = () => {
    void unmount(app);
    target.remove();
  };
  return () => asked;
}
const notLoaded = () => document.querySelector('[data-testid=not-loaded]');
const buttons = () => [...(notLoaded()?.querySelectorAll('button') ?? [])];

describe.each(['en', 'ar', 'fr'] as const)('what cannot be loaded, in %s', (locale) => {
  test('says so, and what is kept; asked for again it comes', async () => {
    const asked = await showFailing(locale, 1);
    await vi.waitFor(() => expect(notLoaded()?.getAttribute('role')).toBe('alert'));
    expect(notLoaded()?.textContent).toMatch(/Nothing is lost|لم يضِع شيء|Rien n’est perdu/);
    expect(asked()).toBe(1);
    buttons()[0]!.click();
    await vi.waitFor(() => expect(document.body.textContent).toContain('It is here'));
    expect(notLoaded()).toBeNull();
  });
});

test('a network that comes back is reason enough to ask again; once it is here, no more', async () => {
  const asked = await showFailing('en', 1);
  await vi.waitFor(() => expect(notLoaded()).not.toBeNull());
  dispatchEvent(new Event('online'));
  await vi.waitFor(() => expect(document.body.textContent).toContain('It is here'));
  dispatchEvent(new Event('online'));
  expect(asked()).toBe(2);
});

test('failing twice, a new start is offered too', async () => {
  await showFailing('en', 2);
  await vi.waitFor(() => expect(buttons()).toHaveLength(1));
  buttons()[0]!.click();
  await vi.waitFor(() => expect(buttons()).toHaveLength(2));
});
