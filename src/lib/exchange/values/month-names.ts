/**
 * Names of the months in the languages of the files that we meet: English, French, and Arabic in
 * its Levantine, Egyptian and Maghrebi names, without marks and in lower case.
 */
const NAMES: readonly (readonly string[])[] = [
  ['january', 'jan', 'janvier', 'janv', 'كانون الثاني', 'يناير', 'جانفي'],
  ['february', 'feb', 'fevrier', 'fevr', 'fev', 'شباط', 'فبراير', 'فيفري'],
  ['march', 'mar', 'mars', 'اذار', 'مارس'],
  ['april', 'apr', 'avril', 'avr', 'نيسان', 'ابريل', 'افريل'],
  ['may', 'mai', 'ايار', 'مايو', 'ماي'],
  ['june', 'jun', 'juin', 'حزيران', 'يونيو', 'يونيه', 'جوان'],
  ['july', 'jul', 'juillet', 'juil', 'تموز', 'يوليو', 'يوليه', 'جويلية'],
  ['august', 'aug', 'aout', 'اب', 'اغسطس', 'اوت'],
  ['september', 'sept', 'sep', 'septembre', 'ايلول', 'سبتمبر'],
  ['october', 'oct', 'octobre', 'تشرين الاول', 'اكتوبر'],
  ['november', 'nov', 'novembre', 'تشرين الثاني', 'نوفمبر'],
  ['december', 'dec', 'decembre', 'كانون الاول', 'ديسمبر'],
];

const MONTH_BY_NAME = new Map(
  NAMES.flatMap((names, at) => names.map((name) => [name, at + 1] as const)),
);

const plain = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{M}+|ـ/gu, '')
    .toLowerCase()
    .replace(/[.,]/g, '')
    .replace(/\s+/g, ' ')
    .trim();

/** The month, 1 to 12, that a name stands for in English, French or Arabic; undefined: none. */
export const monthByName = (name: string): number | undefined => MONTH_BY_NAME.get(plain(name));
