import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { loadMessages } from '#lib/i18n/messages.ts';
import { keysOf, SECTIONS } from '../../scripts/sentence-examples.ts';
import { sentencesPage } from '../../scripts/sentences-page.ts';

const OF_SENTENCES =
  /^(caveat|convoyLine|date\.(since|on)|disagree|duration|figure|first|length|lens|wait)\b/;

test('docs/sentences.md is what scripts/sentences-page.ts writes', async () => {
  const page = readFileSync(new URL('../../docs/sentences.md', import.meta.url), 'utf8');
  expect(page).toBe(await sentencesPage());
});

test('docs/sentences.md has an example of every message that a sentence can be made of', async () => {
  const keys = Object.keys(await loadMessages('en')).filter((key) => OF_SENTENCES.test(key));
  const shown = new Set(SECTIONS.flatMap(({ examples }) => examples).flatMap(keysOf));
  expect(keys.filter((key) => !shown.has(key))).toEqual([]);
});
