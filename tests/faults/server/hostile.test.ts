import { deflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { SCHEMA, type Group } from '#lib/changes/change.ts';
import { compress } from '#lib/crypto/compress.ts';
import { concatBytes, toUtf8 } from '#lib/crypto/encoding.ts';
import { randomBytes, randomId } from '#lib/crypto/random.ts';
import { sign } from '#lib/crypto/signatures.ts';
import { DICTIONARY } from '#lib/protocol/dictionary.ts';
import { encodeGroup } from '#lib/protocol/group-codec.ts';
import { LIMITS } from '#lib/protocol/limits.ts';
import { PATHS } from '#lib/protocol/paths.ts';
import type { QuarantineResponse } from '#lib/protocol/wire-records.ts';
import { makeSnapshot } from '#lib/server/snapshots/make-snapshot.ts';
import { onBothStores } from './both-stores.ts';
import {
  envelopeOf,
  groupOf,
  pullAll,
  pushEnvelopes,
  pushGroups,
  readSigned,
  sealToServer,
  type TestDevice,
} from './device.ts';
import { NOON, startTestServer, type TestServer } from './in-process.ts';

onBothStores('hostile input', (store) => {
  let at: TestServer;
  let logger: TestDevice;
  beforeAll(async () => {
    at = await startTestServer(await store.fresh());
    logger = await at.join('logger');
  }, 60_000);
  afterAll(() => at.stop());

  const place = (by: TestDevice, name = 'Zamalka'): Group =>
    groupOf(by, [{ kind: 'locality', record: randomId(), values: { name } }]);

  async function codeOf(
    envelope: Uint8Array,
    by: TestDevice = logger,
  ): Promise<string | undefined> {
    const answer = await pushEnvelopes(at.transport, by, [envelope]);
    expect(answer.acked).toBe(by.next - 1);
    return answer.quarantined[0]?.code;
  }

  async function sealed(by: TestDevice, bytes: Uint8Array): Promise<Uint8Array> {
    const signature = await sign(by.signKey, bytes);
    return sealToServer(by, concatBytes(signature, compress(bytes, DICTIONARY)));
  }

  test('a body that is too large, or no JSON, or of another shape, is refused', async () => {
    const token = logger.enrolled.tokens.full;
    const huge = 'x'.repeat(LIMITS.bodyBytes + 1);
    const answers = await Promise.all(
      [huge, '{', '[]', '{"epoch":1}', ''].map((body) => at.transport(PATHS.push, body, token)),
    );
    expect(answers.map((answer) => answer.status)).toEqual([413, 400, 400, 400, 400]);
  });

  test('without a token, or with another one, nothing is answered', async () => {
    for (const token of [undefined, '', 'x'.repeat(43), `${logger.enrolled.tokens.full}x`]) {
      expect((await at.transport(PATHS.pull, {}, token)).status).toBe(401);
    }
  });

  test('a bomb of zeros stops at the limit', async () => {
    const bomb = deflateRawSync(Buffer.alloc(200_000_000), { dictionary: DICTIONARY });
    const envelope = await sealToServer(logger, concatBytes(randomBytes(64), bomb));
    const before = process.memoryUsage.rss();
    expect(await codeOf(envelope)).toBe('envelope_unreadable');
    expect(process.memoryUsage.rss() - before).toBeLessThan(100_000_000);
  });

  test('many envelopes that swell together are refused as a whole', async () => {
    const large = deflateRawSync(Buffer.alloc(LIMITS.groupBytes), { dictionary: DICTIONARY });
    const envelope = await sealToServer(logger, concatBytes(randomBytes(64), large));
    const many = Array.from({ length: LIMITS.envelopesInPush }, () => envelope);
    await expect(pushEnvelopes(at.transport, logger, many)).rejects.toThrow('too_large');
  });

  test('rubbish of any kind is set aside with a code, acknowledged, and never in the way', async () => {
    expect(await codeOf(randomBytes(10))).toBe('envelope_unreadable');
    expect(await codeOf(randomBytes(500))).toBe('envelope_unreadable');
    // a kind of block that deflate does not have: bytes by lot are a short stream now and then
    const noDeflate = concatBytes(randomBytes(64), Uint8Array.of(0xff), randomBytes(200));
    expect(await codeOf(await sealToServer(logger, noDeflate))).toBe('envelope_unreadable');
    expect(await codeOf(await sealed(logger, toUtf8('{"no":"group"}')))).toBe('group_unreadable');
    expect(await codeOf(await envelopeOf(logger, place(logger)))).toBeUndefined();
  });

  test('a signature that does not fit, or of another device, proves nothing', async () => {
    const group = place(logger);
    const bytes = encodeGroup(group);
    const stolen = await sign(at.owner.signKey, bytes);
    const inner = concatBytes(stolen, compress(bytes, DICTIONARY));
    expect(await codeOf(await sealToServer(logger, inner))).toBe('signature_wrong');
    expect(await codeOf(await sealed(logger, encodeGroup(place(at.owner))))).toBe(
      'signature_wrong',
    );
  });

  test('a forged group does not occupy the id of the true one', async () => {
    const group = place(at.owner);
    expect(await codeOf(await sealed(logger, encodeGroup(group)))).toBe('signature_wrong');
    const answer = await pushGroups(at.transport, at.owner, [group]);
    expect(answer).toMatchObject({ quarantined: [], held: [] });
    expect((await pullAll(at.transport, logger)).log.map((one) => one.id)).toContain(group.id);
  });

  test('a replayed envelope, of this device or another, changes nothing', async () => {
    const group = place(at.owner);
    const envelope = await envelopeOf(at.owner, group);
    for (let i = 0; i < 3; i += 1) await codeOf(envelope, logger);
    await codeOf(envelope, at.owner);
    const seen = (await pullAll(at.transport, await at.join('observer'))).log;
    expect(seen.filter((one) => one.id === group.id)).toHaveLength(1);
  });

  test('a change under the id of another change is set aside', async () => {
    const first = place(logger);
    const again = { ...place(logger), changes: first.changes };
    await pushGroups(at.transport, logger, [first]);
    const answer = await pushGroups(at.transport, logger, [again]);
    expect(answer.quarantined).toMatchObject([{ id: again.id, code: 'id_clash' }]);
  });

  test('S2: a group under the id of another is set aside, and neither is acknowledged for the other', async () => {
    const first = place(logger, 'first');
    const second = { ...place(at.owner, 'second'), id: first.id };
    const third = { ...place(logger, 'third'), id: first.id };
    await pushGroups(at.transport, logger, [first]);
    const clash = [{ id: first.id, code: 'id_clash' }];
    for (let i = 0; i < 2; i += 1) {
      const from = at.owner.next - i;
      const again = await pushGroups(at.transport, at.owner, [second], { from });
      if (i === 0) at.owner.next += 1;
      expect(again).toMatchObject({ acked: at.owner.next - 1, quarantined: clash });
    }
    expect(await pushGroups(at.transport, logger, [third])).toMatchObject({ quarantined: clash });
    expect(await pushGroups(at.transport, logger, [first])).toMatchObject({ quarantined: [] });
    const seen = (await pullAll(at.transport, await at.join('observer'))).log;
    expect(seen.filter((one) => one.id === first.id)).toEqual([first]);
    const token = at.owner.enrolled.tokens.full;
    const { entries } = (await at.transport(PATHS.quarantine, {}, token))
      .body as QuarantineResponse;
    const kept = entries.flatMap((one) => (one.code === 'id_clash' ? [one.signed ?? ''] : []));
    const named = kept.map((one) => readSigned(one).changes[0]!.fields['name']!.value);
    expect(named).toEqual(expect.arrayContaining(['second', 'third']));
  });

  test('S2: two groups under one id in one push are told apart', async () => {
    const first = place(logger, 'first');
    const second = { ...place(logger, 'second'), id: first.id };
    const answer = await pushGroups(at.transport, logger, [first, second]);
    expect(answer.quarantined).toMatchObject([{ id: first.id, code: 'id_clash' }]);
  });

  test('another device’s numbers are out of reach', async () => {
    await pushGroups(at.transport, at.owner, [place(at.owner)]);
    const replica = at.owner.replica;
    const answer = await pushGroups(at.transport, logger, [place(logger)], { replica, from: 1 });
    expect(answer).toMatchObject({ acked: 1, quarantined: [] });
    const next = await pushGroups(at.transport, at.owner, [place(at.owner)]);
    expect(next.fork).toBeUndefined();
  });

  test('groups of another operation, stream, kind or shape are set aside', async () => {
    const send = async (group: Group): Promise<string | undefined> =>
      codeOf(await envelopeOf(logger, group));
    const [change] = place(logger).changes;
    const operation = randomId();
    const foreign = { ...change!, operation };
    expect(await send({ ...place(logger), operation, changes: [foreign] })).toBe('wrong_operation');
    expect(await send({ ...place(logger), stream: 'movements' })).toBe('wrong_stream');
    expect(await send({ ...place(logger), device: randomId() })).toBe('device_unknown');
    const unknown = { ...change!, id: randomId(), kind: 'planet' };
    expect(await send({ ...place(logger), changes: [unknown] })).toBe('kind_mismatch');
    const tooLong = place(logger, 'x'.repeat(5_000));
    expect(await send(tooLong)).toBe('field_invalid');
    const fields = { nonsense: { value: 1, base: [] } };
    expect(
      await send({ ...place(logger), changes: [{ ...change!, id: randomId(), fields }] }),
    ).toBe('field_invalid');
  });

  test('a change whose id begins like another of its record cannot hide behind it', async () => {
    const record = randomId();
    const first = groupOf(logger, [{ kind: 'locality', record, values: { name: 'Arbin' } }]);
    await pushGroups(at.transport, logger, [first]);
    const [change] = first.changes;
    const alike = { ...change!, id: `${change!.id.slice(0, 11)}${randomId().slice(11)}` };
    const hidden = { ...groupOf(logger, []), changes: [alike] };
    expect(await codeOf(await envelopeOf(logger, hidden))).toBe('id_clash');
  });

  test('S9: changes of a group that build on each other in a ring are set aside', async () => {
    const record = randomId();
    const names = ['one', 'two', 'three'];
    const group = groupOf(
      logger,
      names.map((name) => ({ kind: 'locality', record, values: { name } })),
    );
    const ring = group.changes.map((change, index, all) => {
      const before = all[(index + 2) % 3]!.id;
      return { ...change, fields: { name: { value: names[index]!, base: [before] } } };
    });
    expect(await codeOf(await envelopeOf(logger, { ...group, changes: ring }))).toBe(
      'field_invalid',
    );
    const open = ring.map((change, index) => (index === 1 ? group.changes[1]! : change));
    const sound = { ...group, id: randomId(), changes: open };
    expect(await codeOf(await envelopeOf(logger, sound))).toBeUndefined();
    const { store: opened, keys } = at.server;
    await makeSnapshot(opened, keys, logger.enrolled.operation, 'log', NOON);
  });

  test('any bytes inside a sealed and signed envelope get an answer', async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.uint8Array(), fc.json().map(toUtf8)), async (bytes) => {
        expect(await codeOf(await sealed(logger, bytes))).toBe('group_unreadable');
      }),
      { numRuns: 30 },
    );
  });

  test('any JSON as a request body gets a code, never a failure', async () => {
    const token = logger.enrolled.tokens.full;
    const paths = [PATHS.push, PATHS.pull, PATHS.enrol, PATHS.renew, PATHS.invites];
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...paths), fc.json(), async (path, body) => {
        const answer = await at.transport(path, body, token);
        expect(answer.status).toBeLessThan(500);
      }),
      { numRuns: 60 },
    );
  });

  test('one device cannot ask without end', async () => {
    const device = await at.join('observer');
    const body = { epoch: device.enrolled.epoch, cursors: {}, schema: SCHEMA };
    const token = device.enrolled.tokens.full;
    expect((await at.transport(PATHS.pull, body, token)).status).toBe(200);
    at.server.limits.device.take(device.enrolled.device, 1_999);
    expect((await at.transport(PATHS.pull, body, token)).status).toBe(429);
    expect((await at.transport(PATHS.pull, body, logger.enrolled.tokens.full)).status).toBe(200);
  });

  test('an address that shows bad tokens is used up; a good token behind it is not in the way', async () => {
    const { address } = at.server.limits;
    const body = { epoch: logger.enrolled.epoch, cursors: {}, schema: SCHEMA };
    while (address.take('127.0.0.1', 1));
    expect((await at.transport(PATHS.pull, body, 'x'.repeat(43))).status).toBe(429);
    expect((await at.transport(PATHS.pull, body, logger.enrolled.tokens.full)).status).toBe(200);
    at.setClock(NOON + 60_000);
    expect((await at.transport(PATHS.pull, body, 'x'.repeat(43))).status).toBe(401);
  });

  test('an envelope that could not be opened gives way when it comes again, sealed anew', async () => {
    const device = await at.join('logger');
    const from = 1;
    await pushEnvelopes(at.transport, device, [randomBytes(200)], { from });
    const group = place(device);
    const again = await pushGroups(at.transport, device, [group], { from });
    expect(again).toMatchObject({ acked: 1, quarantined: [] });
    expect((await pullAll(at.transport, device)).log.map((one) => one.id)).toContain(group.id);
  });
});
