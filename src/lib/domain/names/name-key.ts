/**
 * What is left of a name when only certain differences are taken away: Unicode NFKD, no combining
 * marks (so أ is ا), case folded, letters and digits only. Two names with one key are the same.
 */
export function nameKey(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .normalize('NFKD')
    .replace(/[^\p{L}\p{Nd}]+/gu, '')
    .replace(/ß/g, 'ss')
    .replace(/ς/g, 'σ');
}

const TWO_NAMES = /^([^()（）]+)[(（]([^()（）]+)[)）]\s*$/u;

/**
 * Every key that a text names something by: `X (Y)` by the whole, by X and by Y. A text without any
 * letter or digit names nothing.
 */
export function nameKeys(text: string): readonly string[] {
  const keys = new Set([nameKey(text)]);
  const parts = TWO_NAMES.exec(text.trim());
  if (parts) for (const part of parts.slice(1)) keys.add(nameKey(part));
  keys.delete('');
  return [...keys];
}

/**
 * Whether two names are certainly the same: one key in common, or one is an alias of the other
 * (`aliases`: all names of one thing, in any order).
 */
export function certainlySame(a: string, b: string, aliases: readonly string[] = []): boolean {
  const keysOfA = new Set(nameKeys(a));
  const keysOfB = nameKeys(b);
  if (keysOfB.some((key) => keysOfA.has(key))) return true;
  const known = new Set(aliases.flatMap(nameKeys));
  return [...keysOfA].some((key) => known.has(key)) && keysOfB.some((key) => known.has(key));
}
