import { normalisePassphrase } from './passphrase-spelling.ts';

/** Passphrases: offered ones of common words, and a judgement of those that people make up. */

/** Languages that have a list of words. */
export type WordLanguage = 'en' | 'ar' | 'fr';

/** Words of a passphrase that is offered: with lists of over 1,024 words, 40 bits and more. */
export const WORDS_OFFERED = 4;

/** The list of words of a language, fetched when it is asked for. */
export async function loadWords(language: WordLanguage): Promise<readonly string[]> {
  switch (language) {
    case 'en':
      return (await import('./words/en.ts')).WORDS;
    case 'ar':
      return (await import('./words/ar.ts')).WORDS;
    case 'fr':
      return (await import('./words/fr.ts')).WORDS;
  }
}

/** Draws are made anew where the words, put together, read like a pattern: one in thousands does. */
const DRAWS = 20;

/** Different words, each drawn with the same chance; `random` gives that many random bytes. */
export function generatePassphrase(
  words: readonly string[],
  random: (bytes: number) => Uint8Array,
  count = WORDS_OFFERED,
): string {
  let offered = drawWords(words, random, count);
  const isJudged = count >= WORDS_OFFERED;
  for (let draws = 1; isJudged && draws < DRAWS && !judgePassphrase(offered).ok; draws++) {
    offered = drawWords(words, random, count);
  }
  return offered;
}

function drawWords(
  words: readonly string[],
  random: (bytes: number) => Uint8Array,
  count: number,
): string {
  if (words.length > 65_536 || count > words.length) throw new Error('no such list of words');
  const drawn = new Set<string>();
  const fair = 65_536 - (65_536 % words.length);
  while (drawn.size < count) {
    const [high, low] = random(2) as unknown as [number, number];
    const number = high * 256 + low;
    if (number < fair) drawn.add(words[number % words.length] as string);
  }
  return [...drawn].join(' ');
}

export type PassphraseJudgement =
  | { readonly ok: true }
  | { readonly ok: false; readonly error: { readonly type: 'pin' | 'too_short' | 'too_simple' } };

const LEAST_LETTERS = 12;
const LEAST_LETTERS_WITHOUT_WORDS = 14;

/** What everybody thinks of first counts for nothing. */
const OBVIOUS = ['crossline', 'password', 'passphrase', 'motdepasse', 'كلمة السر', 'كلمة المرور'];

const ROWS = [
  ...['qwertyuiop', 'asdfghjkl', 'zxcvbnm', 'azertyuiop', 'qsdfghjklm', 'wxcvbn'],
  ...['ضصثقفغعهخحجد', 'شسيبلاتنمكط'],
].map(normalisePassphrase);

/**
 * Whether a passphrase may lock a device: four different words, or fourteen characters that are not
 * a pattern. Numbers alone are refused at any length: people take a date or a telephone number.
 */
export function judgePassphrase(passphrase: string): PassphraseJudgement {
  const text = normalisePassphrase(passphrase);
  if (text !== '' && !/\p{L}/u.test(text)) return refused('pin');
  const rest = OBVIOUS.map(normalisePassphrase).reduce(
    (left, word) => left.replaceAll(word, ''),
    text,
  );
  const words = new Set(rest.match(/[\p{L}\p{N}]{2,}/gu) ?? []);
  const letters = [...rest.replace(/\s/gu, '')];
  const least = words.size >= WORDS_OFFERED ? LEAST_LETTERS : LEAST_LETTERS_WITHOUT_WORDS;
  if (letters.length < least) return refused('too_short');
  return isPattern(letters) ? refused('too_simple') : { ok: true };
}

function isPattern(letters: readonly string[]): boolean {
  if (new Set(letters).size < 6) return true;
  const whole = letters.join('');
  if ((whole + whole).indexOf(whole, 1) < whole.length) return true; // `abcdabcdabcd`
  const steps = letters.slice(1).filter((letter, i) => isStep(letters[i] as string, letter));
  return steps.length * 2 > letters.length;
}

/** Neighbours in an alphabet or on a keyboard, or the same letter again. */
function isStep(a: string, b: string): boolean {
  if (Math.abs((a.codePointAt(0) ?? 0) - (b.codePointAt(0) ?? 0)) <= 1) return true;
  return ROWS.some((row) => row.includes(a + b) || row.includes(b + a));
}

function refused(type: 'pin' | 'too_short' | 'too_simple'): PassphraseJudgement {
  return { ok: false, error: { type } };
}
