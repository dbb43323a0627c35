import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { isOfFirstScreens } from '../../build-tools/first-screens.ts';
import { reachedFiles } from '../../build-tools/reached-files.ts';
import { loadMessages } from '#lib/i18n/messages.ts';

const STARTS = [
  'src/routes/+layout.svelte',
  'src/lib/features/start/JoinScreen.svelte',
  'src/lib/features/start/Rescue.svelte',
  'src/lib/features/start/TroubleScreen.svelte',
  'src/lib/features/start/WelcomeScreen.svelte',
  'src/lib/features/convoy/LogHome.svelte',
  'src/lib/features/convoy/LogScreen.svelte',
  'src/lib/features/convoy/KnownConvoys.svelte',
];
/** Of results that no first screen tells: they come along in a file of the convoy's title. */
const OF_OTHERS = /src\/lib\/statements\/(first-since|lens|wait)\.ts$/;

test('the words of the first screens are loaded with them', async () => {
  const keys = Object.keys(await loadMessages('en'));
  const files = [...reachedFiles(STARTS)].filter((file) => !OF_OTHERS.test(file));
  const left = new Set<string>();
  for (const file of files) {
    for (const [, said = ''] of readFileSync(file, 'utf8').matchAll(/['`]([a-zA-Z]+\.[\w.]*)/g)) {
      const isOpen = said.endsWith('.');
      keys
        .filter((key) => (isOpen ? key.startsWith(said) : key === said))
        .filter((key) => !isOfFirstScreens(key))
        .forEach((key) => left.add(key));
    }
  }
  expect(files).toContain('src/lib/features/convoy/ConvoyForm.svelte');
  expect([...left]).toEqual([]);
});
