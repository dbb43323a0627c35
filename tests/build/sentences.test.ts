import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { loadMessages } from '#lib/i18n/messages.ts';
import { keysOf, SECTIONS } from '../../scripts/sentence-examples.ts';
import { sentencesPage } from '../../scripts/sentences-page.ts';

const OF_SENTENCES =
  /^(caveat|claim|convoyLine|coverage|cumulative|date\.(since|on)|disagree|duplicate|duration|figure|first|funnel|incidents|leftOut|length|lens|period|placesOf|reach|reachCaveat|records|removed|removedCaveat|requestCaveat|sitrep|supply|supplyCaveat|wait|where)\b/;

test('docs/sentences.md is what scripts/sentences-page.ts writes', async () => {
  const page = readFileSync(new URL('../../docs/sentences.md', import.meta.url), 'utf8');
  expect(page).toBe(await sentencesPage());
});

test('docs/sentences.md has an example of every message that a sentence can be made of', async () => {
  const keys = Object.keys(await loadMessages('en')).filter((key) => OF_SENTENCES.test(key));
  const shown = new Set(SECTIONS.flatMap(({ examples }) => examples).flatMap(keysOf));
  expect(keys.filter((key) => !shown.has(key))).toEqual([]);
});
