import { argon2Sync } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { withWasmAsText } from '../../build-tools/wasm-as-text.ts';

const SOURCE = readFileSync('node_modules/hash-wasm/dist/index.esm.js', 'utf8');

test('a key is the same Argon2id whether its modules come as base64 or as text', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'crossline-wasm-'));
  try {
    const path = join(folder, 'hash-wasm.mjs');
    writeFileSync(path, withWasmAsText(SOURCE));
    expect(readFileSync(path, 'utf8')).not.toContain('"AGFzb');
    const { argon2id } = (await import(
      /* @vite-ignore */ pathToFileURL(path).href
    )) as typeof import('hash-wasm');
    const salt = new Uint8Array(16).fill(3);
    const password = 'étoile lune neige sapin';
    const bytes = await argon2id({
      password,
      salt,
      parallelism: 1,
      iterations: 3,
      memorySize: 1_024,
      hashLength: 32,
      outputType: 'binary',
    });
    const expected = argon2Sync('argon2id', {
      message: password,
      nonce: salt,
      parallelism: 1,
      tagLength: 32,
      memory: 1_024,
      passes: 3,
    });
    expect(Buffer.from(bytes).toString('hex')).toBe(expected.toString('hex'));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test('a version that carries its modules in another way fails the build', () => {
  expect(() => withWasmAsText('export const argon2id = () => 1;')).toThrow('hash-wasm');
});
