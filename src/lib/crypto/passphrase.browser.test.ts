import { argon2id } from 'hash-wasm';
import { expect, test } from 'vitest';
import { LEAST, STRONG } from './argon2-parameters.ts';
import { generateDataKey, unwrapDataKey, wrapDataKey } from './keys.ts';
import { derivePassphraseKey, newPassphraseSalt, type PassphraseSalt } from './passphrase-key.ts';
import { openRow, sealRow } from './seal.ts';
import { generateSigningPair, sign, unwrapSigningKey, verify } from './signatures.ts';

const salt = { salt: new Uint8Array(16).fill(3), parameters: LEAST };

async function keyOf(passphrase: string, parameters = LEAST): Promise<CryptoKey> {
  const key = await derivePassphraseKey(passphrase, { salt: salt.salt, parameters });
  if (!key.ok) throw new Error(key.error.type);
  return key.value;
}

test('a lock set with a passphrase opens with it alone, in any of its spellings', async () => {
  const wrapped = await wrapDataKey(
    await generateDataKey(),
    await keyOf('Étoile lune neige sapin'),
  );
  const right = await keyOf('  etoile LUNE neige  sapin');
  const wrong = await keyOf('etoile lune neige savon');
  expect(await unwrapDataKey(wrapped, wrong)).toEqual({ ok: false, error: { type: 'wrong_key' } });
  const key = await unwrapDataKey(wrapped, right);
  if (!key.ok) throw new Error('did not unwrap');
  expect(key.value.extractable).toBe(false);
  const sealed = await sealRow(key.value, 'row', 1, Uint8Array.of(1, 2));
  expect(await openRow(key.value, 'row', 1, sealed)).toEqual({
    ok: true,
    value: Uint8Array.of(1, 2),
  });
});

test('the key is Argon2id of the passphrase, nothing weaker', async () => {
  const bytes = await argon2id({
    password: 'etoile lune',
    salt: salt.salt,
    parallelism: LEAST.lanes,
    iterations: LEAST.passes,
    memorySize: LEAST.memory,
    hashLength: 32,
    outputType: 'binary',
  });
  const same = await crypto.subtle.importKey('raw', bytes as BufferSource, 'AES-GCM', false, [
    'unwrapKey',
  ]);
  const key = await keyOf('Étoile Lune');
  const wrapped = await wrapDataKey(await generateDataKey(), key);
  expect((await unwrapDataKey(wrapped, same)).ok).toBe(true);
});

test('more memory than there is gives a reason, not a broken page', async () => {
  const greedy = { memory: 16 * 1024 * 1024, passes: 1, lanes: 1 };
  const key = await derivePassphraseKey('etoile lune', { salt: salt.salt, parameters: greedy });
  expect(key.ok ? 'derived' : key.error.type).toBe('not_derived');
});

test('a new salt is random, with parameters between the least and the strong', async () => {
  const made = [await newPassphraseSalt(), await newPassphraseSalt()];
  const [one, other] = made.map((outcome) => outcome.ok && outcome.value) as [
    PassphraseSalt,
    PassphraseSalt,
  ];
  expect(one.salt).toHaveLength(16);
  expect(one.salt).not.toEqual(other.salt);
  expect(one.parameters.memory).toBeGreaterThanOrEqual(LEAST.memory);
  expect(one.parameters.memory).toBeLessThanOrEqual(STRONG.memory);
});

test('signing keys unwrapped in a browser sign, and cannot be taken out', async () => {
  const wrapping = await keyOf('etoile lune neige sapin');
  const wrapped = await wrapDataKey(await generateDataKey(), wrapping);
  const dataKey = await unwrapDataKey(wrapped, wrapping);
  if (!dataKey.ok) throw new Error('did not unwrap');
  const pair = await generateSigningPair(dataKey.value);
  const key = await unwrapSigningKey(pair.wrapped, dataKey.value);
  if (!key.ok) throw new Error('did not unwrap');
  await expect(crypto.subtle.exportKey('pkcs8', key.value)).rejects.toThrow();
  const bytes = Uint8Array.of(1, 2, 3);
  expect(await verify(pair.publicKey, await sign(key.value, bytes), bytes)).toBe(true);
});
