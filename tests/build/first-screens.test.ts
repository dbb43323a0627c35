import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { isOfFirstScreens } from '../../build-tools/first-screens.ts';
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

/** Files that these import for good, through others too. */
function reached(starts: readonly string[]): ReadonlySet<string> {
  const seen = new Set<string>();
  const waiting = [...starts];
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (seen.has(file) || !/\.(ts|svelte)$/.test(file) || !existsSync(file)) continue;
    seen.add(file);
    for (const [, path = ''] of readFileSync(file, 'utf8').matchAll(/from '([#.][^']+)'/g)) {
      waiting.push(path.startsWith('#') ? join('src', path.slice(1)) : join(dirname(file), path));
    }
  }
  return seen;
}

test('the words of the first screens are loaded with them', async () => {
  const keys = Object.keys(await loadMessages('en'));
  const files = [...reached(STARTS)].filter((file) => !OF_OTHERS.test(file));
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
