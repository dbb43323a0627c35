import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { generatePassphrase, judgePassphrase, loadWords } from './passphrase.ts';
import { normalisePassphrase } from './passphrase-spelling.ts';
import { randomBytes } from './random.ts';

describe.each(['en', 'ar', 'fr'] as const)('words in %s', (language) => {
  test('four of them hold 40 bits, and none is another in a looser spelling', async () => {
    const words = await loadWords(language);
    expect(words.length).toBeGreaterThanOrEqual(1024);
    expect(new Set(words.map(normalisePassphrase)).size).toBe(words.length);
    for (const word of words) expect(word).toMatch(/^[\p{L}\p{M}]{3,10}$/u);
  });

  test('what is offered is accepted', async () => {
    const words = await loadWords(language);
    for (let i = 0; i < 200; i++) {
      const offered = generatePassphrase(words, randomBytes);
      expect(offered.split(' ')).toHaveLength(4);
      expect([offered, judgePassphrase(offered)]).toEqual([offered, { ok: true }]);
    }
  });
});

test('words are drawn without a bias: numbers past the last whole round are drawn again', () => {
  const bytes = [255, 255, 0, 1, 0, 1, 0, 2];
  const random = (): Uint8Array => Uint8Array.of(...bytes.splice(0, 2));
  expect(generatePassphrase(['a', 'b', 'c'], random, 2)).toBe('b c');
});

test('a keyboard with other accents, hamzas or spaces opens the same lock', () => {
  expect(normalisePassphrase('  Étoile  LUNE ')).toBe('etoile lune');
  expect(normalisePassphrase('أسد')).toBe(normalisePassphrase('اسد'));
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      const once = normalisePassphrase(text);
      expect(normalisePassphrase(once.normalize('NFC'))).toBe(once);
    }),
    { numRuns: 2_000 },
  );
});

describe('judgement', () => {
  test.each([
    ['', 'too_short'],
    ['1234', 'pin'],
    ['٢٠١٦٠٦٢٩', 'pin'],
    ['+963 11 222 333 444 555', 'pin'],
    ['zamalka', 'too_short'],
    ['password', 'too_short'],
    ['Crossline password a1b2', 'too_short'],
    ['aaaaaaaaaaaaaaaaaaaa', 'too_simple'],
    ['abcdefghijklmnopqrst', 'too_simple'],
    ['qwertyuiopasdfghjkl', 'too_simple'],
    ['zamalkazamalkazamalka', 'too_simple'],
    ['so so so so so so', 'too_short'],
  ])('%s is refused: %s', (text, type) => {
    expect(judgePassphrase(text)).toEqual({ ok: false, error: { type } });
  });

  test.each(['the wind carries red kites', 'gK7#pwQz!vR2mt', 'القمر فوق بيت جدتي'])(
    '%s is accepted',
    (text) => expect(judgePassphrase(text)).toEqual({ ok: true }),
  );
});
