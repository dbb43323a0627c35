/**
 * Whether a passphrase may seal a device: four words, or 14 letters and signs of at least six
 * kinds. Digits alone never may: a PIN falls in minutes (docs/security.md).
 */
export function isStrongEnough(passphrase: string): boolean {
  const text = passphrase.normalize('NFKC').trim();
  if (/^[\p{Nd}\s]*$/u.test(text)) return false;
  const words = text.split(/[\s\-.,]+/u).filter((word) => [...word].length >= 2);
  if (new Set(words).size >= 4 && [...text].length >= 14) return true;
  return [...text].length >= 14 && new Set(text).size >= 6;
}
