import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parametersFor, LEAST, STRONG } from './argon2-parameters.ts';
import { fromBase64Url, toBase64Url } from './encoding.ts';
import { openEnvelope, sealEnvelope, sealingKeyId } from './envelope.ts';
import {
  generateDataKey,
  importPassphraseKey,
  rewrapDataKey,
  unwrapDataKey,
  wrapDataKey,
} from './keys.ts';
import { randomBytes, randomId } from './random.ts';
import { openRow, sealRow } from './seal.ts';
import {
  generateSealingPair,
  generateSigningPair,
  sign,
  unwrapSealingKey,
  unwrapSigningKey,
  verify,
} from './signatures.ts';
import { hashToken, randomToken } from './tokens.ts';

describe('encoding', () => {
  test('any bytes come back', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(fromBase64Url(toBase64Url(bytes))).toEqual(bytes);
      }),
    );
  });

  test('what is no base64url is told', () => {
    for (const bad of ['a', 'a=', 'a+b/', 'ä']) expect(fromBase64Url(bad)).toBeUndefined();
  });

  test('an id has 22 characters, a token 43', () => {
    expect(randomId()).toMatch(/^[\w-]{22}$/);
    expect(randomToken()).toMatch(/^[\w-]{43}$/);
  });
});

describe('rows', () => {
  test('a row opens under its key, id and schema only', async () => {
    const key = await generateDataKey();
    const bytes = new TextEncoder().encode('Zamalka');
    const sealed = await sealRow(key, 'row', 1, bytes);
    expect(await openRow(key, 'row', 1, sealed)).toEqual({ ok: true, value: bytes });
    const damaged = { ok: false, error: { type: 'damaged' } };
    expect(await openRow(key, 'other', 1, sealed)).toEqual(damaged);
    expect(await openRow(key, 'row', 2, sealed)).toEqual(damaged);
    expect(await openRow(await generateDataKey(), 'row', 1, sealed)).toEqual(damaged);
    expect(await openRow(key, 'row', 1, sealed.subarray(0, 20))).toEqual(damaged);
    sealed[20]! ^= 1;
    expect(await openRow(key, 'row', 1, sealed)).toEqual(damaged);
  });

  test('the same row sealed twice looks different', async () => {
    const key = await generateDataKey();
    const bytes = new Uint8Array(8);
    expect(await sealRow(key, 'r', 1, bytes)).not.toEqual(await sealRow(key, 'r', 1, bytes));
  });
});

describe('the data key', () => {
  test('unwraps under its passphrase key alone, and cannot be taken out again', async () => {
    const right = await importPassphraseKey(new Uint8Array(32).fill(7));
    const wrong = await importPassphraseKey(new Uint8Array(32).fill(8));
    const wrapped = await wrapDataKey(await generateDataKey(), right);
    const key = await unwrapDataKey(wrapped, right);
    if (!key.ok) throw new Error('did not unwrap');
    expect(key.value.extractable).toBe(false);
    expect(await unwrapDataKey(wrapped, wrong)).toEqual({
      ok: false,
      error: { type: 'wrong_key' },
    });
    const sealed = await sealRow(key.value, 'r', 1, Uint8Array.of(1));
    expect((await openRow(key.value, 'r', 1, sealed)).ok).toBe(true);
  });
});

test('a new passphrase opens what the old one sealed, and the old one no longer does', async () => {
  const old = await importPassphraseKey(new Uint8Array(32).fill(7));
  const fresh = await importPassphraseKey(new Uint8Array(32).fill(8));
  const dataKey = await generateDataKey();
  const sealed = await sealRow(dataKey, 'r', 1, Uint8Array.of(1));
  const wrapped = await wrapDataKey(dataKey, old);
  const again = await rewrapDataKey(wrapped, old, fresh);
  if (!again.ok) throw new Error('did not rewrap');
  const key = await unwrapDataKey(again.value, fresh);
  expect(key.ok && (await openRow(key.value, 'r', 1, sealed)).ok).toBe(true);
  expect((await unwrapDataKey(again.value, old)).ok).toBe(false);
  expect((await rewrapDataKey(wrapped, fresh, old)).ok).toBe(false);
});

test('what is sealed to a device opens with its unwrapped sealing key', async () => {
  const dataKey = await generateDataKey();
  const pair = await generateSealingPair(dataKey);
  const id = await sealingKeyId(pair.publicKey);
  const envelope = await sealEnvelope({ id, publicKey: pair.publicKey }, Uint8Array.of(5));
  const key = await unwrapSealingKey(pair.wrapped, dataKey);
  if (!key.ok) throw new Error('did not unwrap');
  expect(await openEnvelope(() => key.value, envelope)).toEqual({
    ok: true,
    value: Uint8Array.of(5),
  });
  expect((await unwrapSealingKey(pair.wrapped, await generateDataKey())).ok).toBe(false);
});

describe('signatures', () => {
  test('are believed from their key over their bytes only', async () => {
    const dataKey = await generateDataKey();
    const pair = await generateSigningPair(dataKey);
    const other = await generateSigningPair(dataKey);
    const key = await unwrapSigningKey(pair.wrapped, dataKey);
    if (!key.ok) throw new Error('did not unwrap');
    const bytes = randomBytes(100);
    const signature = await sign(key.value, bytes);
    expect(signature).toHaveLength(64);
    expect(await verify(pair.publicKey, signature, bytes)).toBe(true);
    expect(await verify(other.publicKey, signature, bytes)).toBe(false);
    expect(await verify(pair.publicKey, signature, randomBytes(100))).toBe(false);
    expect(await verify(randomBytes(65), signature, bytes)).toBe(false);
  });
});

describe('envelopes', () => {
  test('are read by the holder of the key alone; damage anywhere is told', async () => {
    const pair = (await crypto.subtle.generateKey({ name: 'ECDH', namedCurve: 'P-256' }, false, [
      'deriveBits',
    ])) as CryptoKeyPair;
    const publicKey = new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey));
    const id = await sealingKeyId(publicKey);
    const lookUp = (keyId: string): CryptoKey | undefined =>
      keyId === id ? pair.privateKey : undefined;
    const bytes = randomBytes(50);
    const envelope = await sealEnvelope({ id, publicKey }, bytes);
    expect(await openEnvelope(lookUp, envelope)).toEqual({ ok: true, value: bytes });
    expect(await openEnvelope(() => undefined, envelope)).toEqual({
      ok: false,
      error: { type: 'unknown_server_key', keyId: id },
    });
    for (const at of [0, 12, 40, 80, envelope.length - 1]) {
      const damaged = envelope.slice();
      damaged[at]! ^= 1;
      expect((await openEnvelope(lookUp, damaged)).ok).toBe(false);
    }
    expect((await openEnvelope(lookUp, envelope.subarray(0, 30))).ok).toBe(false);
  });
});

test('parameters of Argon2id follow the device, and never go below the least', () => {
  expect(parametersFor(20)).toEqual(STRONG);
  expect(parametersFor(1e9)).toEqual(LEAST);
  expect(parametersFor(400).memory).toBeLessThan(STRONG.memory);
});

test('a token is kept as its hash', async () => {
  expect(await hashToken('a')).not.toBe(await hashToken('b'));
  expect(await hashToken('a')).toBe(await hashToken('a'));
});
