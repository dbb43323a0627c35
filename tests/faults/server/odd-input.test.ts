import { afterAll, beforeAll, expect, test } from 'vitest';
import { SCHEMA } from '#lib/changes/change.ts';
import { concatBytes, fromBase64Url, toBase64Url } from '#lib/crypto/encoding.ts';
import { randomId } from '#lib/crypto/random.ts';
import { PATHS } from '#lib/protocol/paths.ts';
import type { PeopleResponse } from '#lib/protocol/wire-people.ts';
import { onBothStores } from './both-stores.ts';
import { envelopeOf, groupOf, pushEnvelopes, pushGroups, type TestDevice } from './device.ts';
import { startTestServer, type TestServer } from './in-process.ts';

/** What one engine takes and the other does not must get the same answer from both. */
onBothStores('odd input', (store) => {
  let at: TestServer;
  let logger: TestDevice;
  beforeAll(async () => {
    at = await startTestServer(await store.fresh());
    logger = await at.join('logger');
  }, 60_000);
  afterAll(() => at.stop());

  test('numbers beyond any store get a code, never a failure', async () => {
    const pullFrom = (stream: string, id: string, seq: number) => ({
      epoch: 'e',
      schema: SCHEMA,
      cursors: { [stream]: { seq, id } },
    });
    const asked: readonly [TestDevice, string, unknown][] = [
      [at.owner, PATHS.pull, pullFrom('log', 'x', 1e300)],
      [at.owner, PATHS.pull, pullFrom('log', 'x', Number.MAX_SAFE_INTEGER)],
      [logger, PATHS.pull, pullFrom('movements', 'own-x', 1e300)],
      [logger, PATHS.pull, pullFrom('movements', 'own-x', Number.MAX_SAFE_INTEGER)],
      [at.owner, PATHS.audit, { after: 1e300 }],
      [at.owner, PATHS.audit, { after: Number.MAX_SAFE_INTEGER }],
      [at.owner, PATHS.snapshotPart, { snapshot: 'x', part: 1e10 }],
      [at.owner, PATHS.history, { record: 'x', after: 1e300 }],
      [at.owner, PATHS.quarantine, { after: '1e300.pabc' }],
      [at.owner, PATHS.quarantine, { after: '999999999999999.pabc' }],
      [at.owner, PATHS.quarantine, { after: '5.p\0' }],
    ];
    for (const [device, path, body] of asked) {
      const { status } = await at.transport(path, body, device.enrolled.tokens.full);
      expect([path, body, status < 500]).toEqual([path, body, true]);
    }
  });

  test('a zero character in a name or a reason is refused, and in a record in nobody’s way', async () => {
    const token = at.owner.enrolled.tokens.full;
    const invite = { role: 'logger', name: 'a\0b', days: 3 };
    expect((await at.transport(PATHS.invites, invite, token)).status).toBe(400);
    const settling = { id: randomId(), reason: 'a\0b' };
    expect((await at.transport(PATHS.settle, settling, token)).status).toBe(400);
    const values = { name: 'Gho\0uta' };
    const operation = groupOf(at.owner, [{ kind: 'operation', record: randomId(), values }]);
    const place = groupOf(at.owner, [{ kind: 'locality', record: randomId(), values }]);
    const answer = await pushGroups(at.transport, at.owner, [operation, place]);
    expect(answer).toMatchObject({ acked: 2, quarantined: [] });
    const row = await at.server.store.db
      .selectFrom('operations')
      .select('name')
      .executeTakeFirstOrThrow();
    expect(row.name).toBe('Ghouta');
  });

  test('what a newer application says where a record is named is kept, and names none', async () => {
    const said = groupOf(at.owner, [
      { kind: 'convoy', record: randomId(), values: { _created: true, stop: 'a\0b', convoy: '' } },
    ]);
    const changes = said.changes.map((change) => ({ ...change, schema: SCHEMA + 1 }));
    const answer = await pushGroups(at.transport, at.owner, [{ ...said, changes }]);
    expect(answer.quarantined).toEqual([]);
  });

  test('S7: a certificate whose keys are cut elsewhere than they were signed makes no device known', async () => {
    const late = await at.join('logger');
    const people = await at.transport(PATHS.people, null, at.owner.enrolled.tokens.full);
    const { certificates } = people.body as PeopleResponse;
    const sound = certificates.find((one) => one.device === late.enrolled.device)!;
    const { db } = at.server.store;
    await db.deleteFrom('devices').where('id', '=', late.enrolled.device).execute();
    const keys = concatBytes(fromBase64Url(sound.signKey)!, fromBase64Url(sound.sealKey)!);
    const cut = {
      ...sound,
      signKey: toBase64Url(keys.subarray(0, 64)),
      sealKey: toBase64Url(keys.subarray(64)),
    };
    const group = groupOf(late, [
      { kind: 'locality', record: randomId(), values: { name: 'Arbin' } },
    ]);
    const resend = async (certificate: typeof sound) => {
      await at.transport(
        PATHS.push,
        {
          epoch: 'e',
          replica: 'r',
          from: 1,
          envelopes: [],
          certificates: [certificate],
          schema: 1,
        },
        logger.enrolled.tokens.push,
      );
      return (await pushEnvelopes(at.transport, logger, [await envelopeOf(late, group)]))
        .quarantined;
    };
    expect(await resend(cut)).toMatchObject([{ code: 'device_unknown' }]);
    expect(await resend(sound)).toEqual([]);
  });
});
