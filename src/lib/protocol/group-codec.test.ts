import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Group } from '#lib/changes/change.ts';
import { histories } from '#lib/changes/changes.arbitrary.ts';
import { packGroup, unpackGroup } from '#lib/crypto/parcel.ts';
import { toBase64Url } from '#lib/crypto/encoding.ts';
import { sealEnvelope, sealingKeyId } from '#lib/crypto/envelope.ts';
import { randomId, randomShortId } from '#lib/crypto/random.ts';
import { DICTIONARY } from './dictionary.ts';
import { decodeGroup, encodeGroup } from './group-codec.ts';

const author = randomId();
const operation = randomId();

function groupOf(records: [kind: string, values: Record<string, unknown>, base?: string][]): Group {
  return {
    id: randomId(),
    operation,
    stream: 'log',
    device: randomId(),
    changes: records.map(([kind, values, base]) => ({
      id: randomId(),
      operation,
      kind,
      record: (values['id'] as string | undefined) ?? randomId(),
      fields: Object.fromEntries(
        Object.entries(values)
          .filter(([field]) => field !== 'id')
          .map(([field, value]) => [field, { value: value as never, base: base ? [base] : [] }]),
      ),
      deviceTime: '2016-06-29T14:02:33.123Z',
      author,
      schema: 1,
    })),
  };
}

async function pushBytes(group: Group): Promise<number> {
  const pair = (await crypto.subtle.generateKey({ name: 'ECDH', namedCurve: 'P-256' }, true, [
    'deriveBits',
  ])) as CryptoKeyPair;
  const publicKey = new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey));
  const signature = crypto.getRandomValues(new Uint8Array(64));
  const inner = packGroup({ bytes: encodeGroup(group), signature }, DICTIONARY);
  const recipient = { id: await sealingKeyId(publicKey), publicKey };
  const envelope = toBase64Url(await sealEnvelope(recipient, inner));
  const cursors = {
    log: { seq: 123456, id: randomId() },
    movements: { seq: 1234, id: randomId() },
  };
  return JSON.stringify({
    epoch: randomShortId(),
    replica: randomShortId(),
    from: 1234,
    envelopes: [envelope],
    cursors,
    schema: 1,
  }).length;
}

describe('the encoding of a group', () => {
  test('every group comes back as it was', () => {
    fc.assert(
      fc.property(histories, (groups) => {
        for (const group of groups) {
          expect(decodeGroup(encodeGroup(group))).toEqual({ ok: true, value: group });
        }
      }),
    );
  });

  test('packed with its signature and unpacked, it is the same bytes', () => {
    const signature = new Uint8Array(64).fill(7);
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 5_000 }), (bytes) => {
        const parcel = packGroup({ bytes, signature }, DICTIONARY);
        expect(unpackGroup(parcel, DICTIONARY, 5_000)).toEqual({
          ok: true,
          value: { bytes, signature },
        });
      }),
    );
  });

  test('a small parcel does not become a large group, and damage is told', () => {
    const signature = new Uint8Array(64);
    const bomb = packGroup({ bytes: new Uint8Array(5_000_000), signature }, DICTIONARY);
    expect(bomb.length).toBeLessThan(10_000);
    const damaged = { ok: false, error: { type: 'damaged' } };
    expect(unpackGroup(bomb, DICTIONARY, 4_999_999)).toEqual(damaged);
    expect(unpackGroup(bomb.subarray(0, 70), DICTIONARY, 5_000_000)).toEqual(damaged);
    expect(unpackGroup(bomb.subarray(0, 10), DICTIONARY, 5_000_000)).toEqual(damaged);
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 500 }), (bytes) => {
        const unpacked = unpackGroup(bytes, DICTIONARY, 2_000);
        expect(unpacked.ok ? unpacked.value.bytes.length <= 2_000 : true).toBe(true);
      }),
    );
  });

  test('any bytes give a group or a reason, never a throw', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.uint8Array(),
          fc.json().map((t) => new TextEncoder().encode(t)),
        ),
        (b) => {
          const decoded = decodeGroup(b);
          expect(decoded.ok || decoded.error.type === 'group_unreadable').toBe(true);
        },
      ),
    );
  });

  test('a group that says a field or a change twice is no group', () => {
    const text = (change: string): Uint8Array =>
      new TextEncoder().encode(
        `[1,"g","o",0,"d",null,"2016-06-29T14:02:33.123Z","a",1,[${change}]]`,
      );
    expect(decodeGroup(text('["c","convoy","r",[["name","A",[]]]]')).ok).toBe(true);
    for (const bad of [
      '["c","convoy","r",[["name","A",[]],["name","B",[]]]]',
      '["c","convoy","r",[["name","A",[]]]],["c","convoy","r",[["notes","A",[]]]]',
      '["c","convoy","r",[["__proto__","A",[]]]]',
      '["c","convoy","r",[["constructor","A",[]]]]',
      `["c","convoy","r",[["name",${'['.repeat(17)}${']'.repeat(17)},[]]]]`,
      `["c","convoy","r",[["name",${'['.repeat(100_000)}${']'.repeat(100_000)},[]]]]`,
      '["c","convoy","r",[]]',
    ]) {
      expect(decodeGroup(text(bad)).ok).toBe(false);
    }
  });
});

describe('budget: sizes of a push, body up', () => {
  test('one edit: at most 700 bytes', async () => {
    const group = groupOf([['report', { trucks: { q: '=', n: 37 } }, randomId()]]);
    expect(await pushBytes(group)).toBeLessThanOrEqual(700);
  });

  test('a convoy with four stops and its report: at most 1.5 KB', async () => {
    const convoy = randomId();
    const source = randomId();
    const places = [randomId(), randomId(), randomId(), randomId()];
    const group = groupOf([
      ['convoy', { id: convoy, _created: true }],
      ['source', { id: source, kind: 'seen' }],
      [
        'report',
        {
          convoy,
          source,
          scope: 'convoy',
          date: '2016-06-29',
          localities: places,
          trucks: { q: '=', n: 38 },
          people: { q: '~', n: 20_000, unit: 'people' },
          peopleKind: 'intended',
          status: 'delivered',
        },
      ],
      ...places.map((place, order): [string, Record<string, unknown>] => [
        'stop',
        { convoy, order, localities: [place], outcome: 'delivered' },
      ]),
    ]);
    expect(await pushBytes(group)).toBeLessThanOrEqual(1536);
  });
});
