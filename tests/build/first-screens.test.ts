import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { isOfFirstScreens } from '../../build-tools/first-screens.ts';
import { reachedFiles } from '../../build-tools/reached-files.ts';
import { loadMessages } from '#lib/i18n/messages.ts';

const STARTS = [
  'src/routes/+layout.svelte',
  'src/routes/+error.svelte',
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

/** The keys that these files say, whole or by their beginning. */
function saidIn(files: readonly string[], keys: readonly string[]): ReadonlySet<string> {
  const found = new Set<string>();
  for (const file of files) {
    for (const [, said = ''] of readFileSync(file, 'utf8').matchAll(/['`]([a-zA-Z]+\.[\w.]*)/g)) {
      const isOpen = said.endsWith('.');
      keys
        .filter((key) => (isOpen ? key.startsWith(said) : key === said))
        .forEach((key) => found.add(key));
    }
  }
  return found;
}

test('the words of the first screens are loaded with them', async () => {
  const keys = Object.keys(await loadMessages('en'));
  const files = [...reachedFiles(STARTS)].filter((file) => !OF_OTHERS.test(file));
  expect(files).toContain('src/lib/features/convoy/ConvoyForm.svelte');
  expect([...saidIn(files, keys)].filter((key) => !isOfFirstScreens(key))).toEqual([]);
});

test('and no word that none of them says', async () => {
  const keys = Object.keys(await loadMessages('en'));
  const said = saidIn([...reachedFiles(STARTS)], keys);
  expect(keys.filter((key) => isOfFirstScreens(key) && !said.has(key))).toEqual([]);
});
