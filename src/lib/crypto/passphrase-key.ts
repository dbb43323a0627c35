import { LEAST, parametersFor, type Argon2Parameters } from './argon2-parameters.ts';
import { importPassphraseKey } from './keys.ts';
import { randomBytes } from './random.ts';

/** What must be kept, in plain, to derive the same key again. */
export interface PassphraseSalt {
  readonly salt: Uint8Array;
  readonly parameters: Argon2Parameters;
}

/**
 * The key that a passphrase makes (Argon2id in a worker). Spelling variants of the same letters
 * count as the same passphrase (NFKC), and so do its spaces, however many.
 */
export async function derivePassphraseKey(
  passphrase: string,
  { salt, parameters }: PassphraseSalt,
): Promise<CryptoKey> {
  return importPassphraseKey(
    await argon2InWorker(normalisePassphrase(passphrase), salt, parameters),
  );
}

/** A new salt, with parameters measured on this device once. */
export async function newPassphraseSalt(): Promise<PassphraseSalt> {
  const salt = randomBytes(16);
  await argon2InWorker('warm', salt, { ...LEAST, memory: 1024, passes: 1 });
  const start = performance.now();
  await argon2InWorker('measure', salt, LEAST);
  return { salt, parameters: parametersFor(performance.now() - start) };
}

export function normalisePassphrase(passphrase: string): string {
  return passphrase.normalize('NFKC').trim().replace(/\s+/gu, ' ').toLowerCase();
}

function argon2InWorker(
  passphrase: string,
  salt: Uint8Array,
  parameters: Argon2Parameters,
): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./passphrase.worker.ts', import.meta.url), {
      type: 'module',
    });
    const settle = (then: () => void): void => {
      worker.terminate();
      then();
    };
    worker.addEventListener(
      'message',
      (event: MessageEvent<{ bytes?: Uint8Array; failed?: string }>) => {
        const { bytes, failed } = event.data;
        settle(() => (bytes ? resolve(bytes) : reject(new Error(failed))));
      },
    );
    worker.addEventListener('error', (event) => {
      settle(() => reject(new Error(event.message || 'the worker did not start')));
    });
    worker.postMessage({ passphrase, salt, parameters });
  });
}
