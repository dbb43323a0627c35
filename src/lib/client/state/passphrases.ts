import {
  generatePassphrase,
  judgePassphrase,
  loadWords,
  type WordLanguage,
} from '#lib/crypto/passphrase.ts';

/** Words of the reader's language, drawn by this device: remembered more easily than signs. */
export async function offerPassphrase(language: WordLanguage): Promise<string> {
  const words = await loadWords(language);
  return generatePassphrase(words, (bytes) => crypto.getRandomValues(new Uint8Array(bytes)));
}

/** Whether a passphrase that somebody made up may lock a device. */
export const isGoodPassphrase = (passphrase: string): boolean => judgePassphrase(passphrase).ok;
