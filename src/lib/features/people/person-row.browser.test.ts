import { flushSync, mount, unmount } from 'svelte';
import { afterEach, expect, test } from 'vitest';
import { Words } from '#lib/ui/words.svelte.ts';
import WithWords from '../../../../tests/support/screens/WithWords.svelte';
import PersonRow from './PersonRow.svelte';

let close: (() => void) | undefined;
afterEach(() => close?.());

test('a role is shown as it is until the server says otherwise', async () => {
  const words = new Words();
  await words.read({ locale: 'en', digits: 'latn' });
  const target = document.body.appendChild(document.createElement('div'));
  const asked: string[] = [];
  const device = { device: 'd', member: 'm', lastContact: null, revoked: null, copied: null };
  const row = {
    person: { member: 'm', name: 'Nour', role: 'logger' },
    isSelf: false,
    thisDevice: 'other',
    devices: [device],
    numberOf: () => 1,
    onrole: (role: string) => void asked.push(role), // and the server refuses, or cannot be reached
  };
  const app = mount(WithWords, {
    target,
    props: { words, component: PersonRow, props: row } as never,
  });
  close = () => {
    void unmount(app);
    target.remove();
  };
  flushSync();
  const select = target.querySelector('select')!;
  select.value = 'owner';
  select.dispatchEvent(new Event('change', { bubbles: true }));
  flushSync();
  expect(asked).toEqual(['owner']);
  expect(select.value).toBe('logger');
});
