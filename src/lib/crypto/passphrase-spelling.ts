/**
 * One spelling of a passphrase, so that it opens however a keyboard writes it: compatible forms
 * (NFKD), accents and hamzas, case, and how many spaces stand between the words make no difference.
 */
export function normalisePassphrase(passphrase: string): string {
  return passphrase
    .normalize('NFKD')
    .toLowerCase()
    .normalize('NFKD')
    .replace(/\p{Mn}/gu, '')
    .trim()
    .replace(/\s+/gu, ' ');
}
