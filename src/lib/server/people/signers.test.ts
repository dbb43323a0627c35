import { generateKeyPairSync, sign, verify } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { signatureToDer } from './signers.ts';

const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const plain = { key: publicKey, dsaEncoding: 'ieee-p1363' as const };

/** Numbers with zeros before them, or a first bit that reads as a sign, come up often. */
const number = fc
  .tuple(fc.nat(32), fc.uint8Array({ minLength: 32, maxLength: 32 }))
  .map(([zeros, bytes]) => bytes.fill(0, 0, zeros));

test('a signature as ASN.1 holds where the plain one does, and says the same numbers', () => {
  fc.assert(
    fc.property(fc.uint8Array(), fc.option(fc.nat(511)), (bytes, flipped) => {
      const key = { key: privateKey, dsaEncoding: 'ieee-p1363' as const };
      const signature = new Uint8Array(sign('sha256', bytes, key));
      if (flipped !== null) signature[flipped >> 3]! ^= 1 << (flipped & 7);
      const der = signatureToDer(signature) ?? new Uint8Array(0);
      expect(verify('sha256', bytes, publicKey, der)).toBe(flipped === null);
      expect(verify('sha256', bytes, plain, signature)).toBe(flipped === null);
    }),
  );
});

test('the numbers are written as short as ASN.1 asks for, whatever they are', () => {
  fc.assert(
    fc.property(number, number, (r, s) => {
      const der = signatureToDer(Buffer.concat([r, s])) ?? new Uint8Array(0);
      const read: string[] = [];
      for (let at = 2; at < der.length; at += 2 + (der[at + 1] ?? 0)) {
        const digits = der.subarray(at + 2, at + 2 + (der[at + 1] ?? 0));
        expect(der[at]).toBe(0x02);
        expect((digits[0] ?? 0) < 0x80).toBe(true);
        if (digits[0] === 0 && digits.length > 1) expect(digits[1]).toBeGreaterThanOrEqual(0x80);
        read.push(BigInt(`0x${Buffer.from(digits).toString('hex')}`).toString());
      }
      expect([...der.subarray(0, 2)]).toEqual([0x30, der.length - 2]);
      expect(read).toEqual(
        [r, s].map((one) => BigInt(`0x${Buffer.from(one).toString('hex')}`).toString()),
      );
    }),
  );
});

test('what is no signature by its length is none', () => {
  for (const length of [0, 63, 65, 128]) {
    expect(signatureToDer(new Uint8Array(length))).toBeNull();
  }
});
