import { LEAST, parametersFor, type Argon2Parameters } from './argon2-parameters.ts';
import { importPassphraseKey } from './keys.ts';
import { failed, opened, type Opened } from './outcome.ts';
import { normalisePassphrase } from './passphrase-spelling.ts';
import type { DeriveAnswer, DeriveRequest } from './passphrase.worker.ts';
import { randomBytes } from './random.ts';

/** What must be kept, in plain, to derive the same key again. */
export interface PassphraseSalt {
  readonly salt: Uint8Array;
  readonly parameters: Argon2Parameters;
}

/** The key that a passphrase makes, in any of its spellings (Argon2id in a worker). */
export async function derivePassphraseKey(
  passphrase: string,
  { salt, parameters }: PassphraseSalt,
): Promise<Opened<CryptoKey>> {
  const bytes = await argon2InWorker(normalisePassphrase(passphrase), salt, parameters);
  return bytes.ok ? opened(await importPassphraseKey(bytes.value)) : bytes;
}

/** A new salt, with parameters measured on this device once. */
export async function newPassphraseSalt(): Promise<Opened<PassphraseSalt>> {
  const salt = randomBytes(16);
  const warm = await argon2InWorker('warm', salt, { ...LEAST, memory: 1024, passes: 1 });
  if (!warm.ok) return warm;
  const start = performance.now();
  const measured = await argon2InWorker('measure', salt, LEAST);
  if (!measured.ok) return measured;
  const parameters = parametersFor(performance.now() - start);
  const tried = await argon2InWorker('try', salt, parameters);
  return opened({ salt, parameters: tried.ok ? parameters : LEAST });
}

function argon2InWorker(
  passphrase: string,
  salt: Uint8Array,
  parameters: Argon2Parameters,
): Promise<Opened<Uint8Array>> {
  return new Promise((resolve) => {
    const worker = new Worker(new URL('./passphrase.worker.ts', import.meta.url), {
      type: 'module',
    });
    const settle = (outcome: Opened<Uint8Array>): void => {
      worker.terminate();
      resolve(outcome);
    };
    worker.addEventListener('message', ({ data }: MessageEvent<DeriveAnswer>) => {
      settle('bytes' in data ? opened(data.bytes) : notDerived(data.failed));
    });
    worker.addEventListener('error', (event) => {
      settle(notDerived(event.message || 'the worker did not start'));
    });
    worker.postMessage({ passphrase, salt, parameters } satisfies DeriveRequest);
  });
}

function notDerived<T>(reason: string): Opened<T> {
  return failed({ type: 'not_derived', reason });
}
