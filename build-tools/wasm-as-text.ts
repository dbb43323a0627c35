import type { Plugin } from 'vite';

const HASH_WASM = /\/hash-wasm\/dist\/index\.esm\.js$/;
const MODULES = /"(AGFzb[A-Za-z0-9+/]+=*)"/g;
const READ = 'decodeBase64(binary.data)';
/** Added to every byte, so that none is a control character, which would be written as four. */
const SHIFT = 32;

/**
 * hash-wasm carries its modules as base64, of which gzip sees no repetition: a sixth of what the
 * passphrase's worker weighs. Here a byte is a character. A version of it that does this in another
 * way fails the build.
 */
export function wasmAsText(): Plugin {
  return {
    name: 'crossline:wasm-as-text',
    transform(code, id) {
      return HASH_WASM.test(id) ? { code: withWasmAsText(code), map: null } : null;
    },
  };
}

export function withWasmAsText(code: string): string {
  if (!MODULES.test(code) || !code.includes(READ)) {
    throw new Error('hash-wasm reads its modules in another way now');
  }
  return code
    .replaceAll(MODULES, (_, base64: string) => JSON.stringify(shifted(base64)))
    .replace(READ, `Uint8Array.from(binary.data, (sign) => sign.charCodeAt(0) - ${SHIFT})`);
}

const shifted = (base64: string): string =>
  [...Buffer.from(base64, 'base64')].map((byte) => String.fromCharCode(byte + SHIFT)).join('');
