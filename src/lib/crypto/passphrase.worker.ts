import { argon2id } from 'hash-wasm';
import type { Argon2Parameters } from './argon2-parameters.ts';

/** Derives in a worker, so that the screen goes on answering while it takes its second. */
export interface DeriveRequest {
  readonly passphrase: string;
  readonly salt: Uint8Array;
  readonly parameters: Argon2Parameters;
}

/** 32 bytes, or what went wrong. */
export type DeriveAnswer = { readonly bytes: Uint8Array } | { readonly failed: string };

addEventListener('message', (event: MessageEvent<DeriveRequest>) => {
  const { passphrase, salt, parameters } = event.data;
  argon2id({
    password: passphrase,
    salt,
    parallelism: parameters.lanes,
    iterations: parameters.passes,
    memorySize: parameters.memory,
    hashLength: 32,
    outputType: 'binary',
  }).then(
    (bytes) => postMessage({ bytes } satisfies DeriveAnswer),
    (cause: unknown) => postMessage({ failed: String(cause) } satisfies DeriveAnswer),
  );
});
