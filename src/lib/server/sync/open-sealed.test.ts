import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { sealEnvelope, sealingKeyId } from '#lib/crypto/envelope.ts';
import { createOpener, keyIdOf, type Opener } from './open-sealed.ts';

describe('opening envelopes with Node’s own functions', () => {
  let open: Opener;
  let recipient: { id: string; publicKey: Uint8Array };
  beforeAll(async () => {
    const algorithm = { name: 'ECDH', namedCurve: 'P-256' };
    const pair = (await crypto.subtle.generateKey(algorithm, true, [
      'deriveBits',
    ])) as CryptoKeyPair;
    const publicKey = new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey));
    recipient = { id: await sealingKeyId(publicKey), publicKey };
    open = createOpener(new Uint8Array(await crypto.subtle.exportKey('pkcs8', pair.privateKey)));
  });

  test('whatever a device seals comes out as it went in', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 3_000 }), async (bytes) => {
        const envelope = await sealEnvelope(recipient, bytes);
        expect(keyIdOf(envelope)).toBe(recipient.id);
        expect(new Uint8Array(open(envelope) ?? [1, 2, 3])).toEqual(bytes);
      }),
    );
  });

  test('one wrong bit anywhere and it does not open', async () => {
    const envelope = await sealEnvelope(recipient, new Uint8Array(40).fill(7));
    await fc.assert(
      fc.asyncProperty(fc.nat(envelope.length - 1), fc.nat(7), async (at, bit) => {
        const damaged = Uint8Array.from(envelope);
        damaged[at] = (damaged[at] ?? 0) ^ (1 << bit);
        expect(open(damaged)).toBeNull();
        await Promise.resolve();
      }),
    );
  });

  test('any bytes are refused, never a throw', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(open(bytes)).toBeNull();
      }),
    );
  });
});
