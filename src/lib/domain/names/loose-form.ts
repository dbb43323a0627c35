import { nameKey } from './name-key.ts';

/**
 * Looser forms of a name, in which articles, vowels and the script no longer count. They rank what
 * is offered to a person; nothing is ever decided by them.
 */
export interface LooseForm {
  /** The name's key without a leading article: `arrastan` as `rastan`. */
  readonly bare: string;
  /** Consonants only, of either script in one alphabet: Erbin, Arbeen and عربين are `rbn`. */
  readonly skeleton: string;
}

const ARABIC_CONSONANTS: Readonly<Record<string, string>> = {
  ب: 'b',
  پ: 'b',
  ت: 't',
  ث: 't',
  ج: 'j',
  چ: 'j',
  ح: 'h',
  خ: 'x',
  د: 'd',
  ذ: 'd',
  ر: 'r',
  ز: 'z',
  ژ: 'j',
  س: 's',
  ش: 'c',
  ص: 's',
  ض: 'd',
  ط: 't',
  ظ: 'd',
  غ: 'g',
  ف: 'f',
  ڤ: 'f',
  ق: 'k',
  ک: 'k',
  ك: 'k',
  گ: 'k',
  ل: 'l',
  م: 'm',
  ن: 'n',
  ه: 'h',
};

/** Two Latin letters that write one sound, before single ones that write the same. */
const LATIN_SOUNDS: readonly (readonly [RegExp, string])[] = [
  [/tch|sh|ch/g, 'C'],
  [/kh/g, 'x'],
  [/gh/g, 'g'],
  [/th/g, 't'],
  [/dh/g, 'd'],
  [/ph|v/g, 'f'],
  [/dj/g, 'j'],
  [/[qc]/g, 'k'],
  [/p/g, 'b'],
  [/C/g, 'c'],
];

const ARTICLE_LATIN =
  /^(?:al|el|ul|ar|er|as|es|az|ez|ad|ed|an|en|at|et|ash|esh|adh|ath|a)(?:[-\s'’]+)(?=\p{L}{2})/iu;
const ARTICLE_ARABIC = /^ال(?=\p{L}{2})/u;

function skeletonOfWord(word: string): string {
  const isArabic = /\p{Script=Arabic}/u.test(word);
  let sounds = word;
  if (isArabic) {
    // A final ه or ة is mostly mute, and Latin spellings write it or leave it.
    sounds = [...word.replace(/[هة]$/u, '')].map((sign) => ARABIC_CONSONANTS[sign] ?? '').join('');
  } else {
    for (const [pattern, sound] of LATIN_SOUNDS) sounds = sounds.replace(pattern, sound);
    sounds = sounds.replace(/(?<=.)h$/u, '').replace(/[aeiouyw]/g, '');
  }
  return sounds.replace(/(.)\1+/gu, '$1');
}

const withoutArticle = (word: string): string =>
  word.replace(ARTICLE_LATIN, '').replace(ARTICLE_ARABIC, '');

/** The looser forms of a name in Latin or Arabic script; of other scripts, its key. */
export function looseForm(text: string): LooseForm {
  const plain = text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .trim();
  const words = withoutArticle(plain)
    .split(/[\s/_-]+/u)
    .map((word) => nameKey(withoutArticle(word)))
    .filter((word) => word !== '');
  return { bare: words.join(''), skeleton: words.map(skeletonOfWord).join('') };
}
