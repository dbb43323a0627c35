import { afterEach, beforeEach, expect, test } from 'vitest';
import { randomId } from '#lib/crypto/random.ts';
import { PATHS } from '#lib/protocol/paths.ts';
import { onBothStores } from './both-stores.ts';
import { envelopeOf, groupOf, pullAll, pushEnvelopes, pushGroups, type Draft } from './device.ts';
import { startTestServer, type TestServer } from './in-process.ts';

const place = (name: string, record = randomId()): Draft => ({
  kind: 'locality',
  record,
  values: { name },
});

onBothStores('push and pull', (store) => {
  let at: TestServer;
  beforeEach(async () => {
    at = await startTestServer(await store.fresh());
  }, 60_000);
  afterEach(() => at.stop());

  test('what one device pushes another pulls, byte for byte the same group', async () => {
    const other = await at.join('observer');
    const group = groupOf(at.owner, [place('Zamalka'), place('Arbin')]);
    const answer = await pushGroups(at.transport, at.owner, [group]);
    expect(answer).toMatchObject({ acked: 1, quarantined: [], held: [] });
    expect(answer.pulled?.streams.log?.groups).toHaveLength(1);
    expect((await pullAll(at.transport, other)).log).toEqual([group]);
    expect((await pullAll(at.transport, other)).log).toEqual([]);
  });

  test('the same batch three times, from two carriers, is stored once', async () => {
    const carrier = await at.join('logger');
    const group = groupOf(at.owner, [place('Zamalka')]);
    await pushGroups(at.transport, at.owner, [group]);
    const again = await pushGroups(at.transport, at.owner, [group], { from: 1 });
    expect(again.acked).toBe(1);
    const envelope = await envelopeOf(at.owner, group);
    expect((await pushEnvelopes(at.transport, carrier, [envelope])).acked).toBe(1);
    const reader = await at.join('observer');
    expect((await pullAll(at.transport, reader)).log).toEqual([group]);
  });

  test('S3: what was stored before a right was withdrawn is not refused when it is sent again', async () => {
    const logger = await at.join('logger');
    const group = groupOf(logger, [place('Zamalka')]);
    await pushGroups(at.transport, logger, [group]);
    const body = { member: logger.enrolled.member, role: 'observer' };
    await at.transport(PATHS.role, body, at.owner.enrolled.tokens.full);
    const again = await pushGroups(at.transport, logger, [group], { from: 1 });
    expect(again).toMatchObject({ acked: 1, quarantined: [], held: [] });
    const late = groupOf(logger, [place('Arbin')]);
    const refused = await pushGroups(at.transport, logger, [late]);
    expect(refused.quarantined).toMatchObject([{ id: late.id, code: 'not_allowed' }]);
  });

  test('a gap names the last number the server has, and stores nothing', async () => {
    const group = groupOf(at.owner, [place('Zamalka')]);
    expect(await pushGroups(at.transport, at.owner, [group], { from: 3 })).toMatchObject({
      gap: 0,
    });
    expect((await pullAll(at.transport, at.owner)).log).toEqual([]);
  });

  test('a clone that uses a number again is told of the fork; renumbered, nothing is lost', async () => {
    const first = groupOf(at.owner, [place('Zamalka')]);
    const cloned = groupOf(at.owner, [place('Arbin')]);
    await pushGroups(at.transport, at.owner, [first]);
    const fork = await pushGroups(at.transport, at.owner, [cloned], { from: 1 });
    expect(fork.fork).toBe(1);
    const moved = await pushGroups(at.transport, at.owner, [cloned], {
      from: 1,
      replica: 'second',
    });
    expect(moved.acked).toBe(1);
    expect((await pullAll(at.transport, at.owner)).log).toEqual([first, cloned]);
  });

  test('S9: a group whose base is missing is held, and follows when the base comes', async () => {
    const record = randomId();
    const first = groupOf(at.owner, [place('Erbin', record)]);
    const second = groupOf(at.owner, [
      { ...place('Arbin', record), base: [first.changes[0]?.id ?? ''] },
    ]);
    const third = groupOf(at.owner, [
      { ...place('Arbeen', record), base: [second.changes[0]?.id ?? ''] },
    ]);
    const held = await pushGroups(at.transport, at.owner, [third, second]);
    expect(held.held.toSorted()).toEqual([second.id, third.id].toSorted());
    const reader = await at.join('observer');
    expect((await pullAll(at.transport, reader)).log).toEqual([]);
    await pushGroups(at.transport, at.owner, [first]);
    expect((await pullAll(at.transport, reader)).log).toEqual([first, second, third]);
  });

  test('a base that belongs to another record is refused, not held for ever', async () => {
    const first = groupOf(at.owner, [place('Zamalka')]);
    const wrong = groupOf(at.owner, [{ ...place('Arbin'), base: [first.changes[0]?.id ?? ''] }]);
    const answer = await pushGroups(at.transport, at.owner, [first, wrong]);
    expect(answer.quarantined).toEqual([{ id: wrong.id, n: 2, code: 'field_invalid' }]);
    expect(answer.acked).toBe(2);
  });

  test('a record keeps its kind, whoever writes to it', async () => {
    const record = randomId();
    const convoy = groupOf(at.owner, [{ kind: 'convoy', record, values: { _created: true } }]);
    const disguised = groupOf(at.owner, [place('A convoy as a place', record)]);
    const answer = await pushGroups(at.transport, at.owner, [convoy, disguised]);
    expect(answer.quarantined).toMatchObject([{ id: disguised.id, code: 'kind_mismatch' }]);
  });

  test('two devices pushing together both get everything, in one order for all', async () => {
    const devices = await Promise.all([at.join('logger'), at.join('coordinator')]);
    const sent = await Promise.all(
      devices.map(async (device) => {
        const groups = Array.from({ length: 20 }, (_, i) => groupOf(device, [place(`Place ${i}`)]));
        for (const group of groups) await pushGroups(at.transport, device, [group]);
        return groups;
      }),
    );
    const seen = await Promise.all(devices.map((device) => pullAll(at.transport, device)));
    expect(seen[0]?.log.map((g) => g.id)).toEqual(seen[1]?.log.map((g) => g.id));
    expect(new Set(seen[0]?.log.map((g) => g.id))).toEqual(
      new Set(sent.flat().map((group) => group.id)),
    );
  });

  test('a cursor that names another group than the server has must rewind', async () => {
    await pushGroups(at.transport, at.owner, [groupOf(at.owner, [place('Zamalka')])]);
    at.owner.cursors = { log: { seq: 1, id: randomId() } };
    expect((await pullAll(at.transport, at.owner)).rewind).toEqual(['log']);
    at.owner.cursors = { log: { seq: 7, id: randomId() } };
    expect((await pullAll(at.transport, at.owner)).rewind).toEqual(['log']);
  });

  test('a push-only token sends, and reads nothing', async () => {
    const token = at.owner.enrolled.tokens.push;
    const group = groupOf(at.owner, [place('Zamalka')]);
    const answer = await pushGroups(at.transport, at.owner, [group], { token });
    expect(answer.acked).toBe(1);
    expect(answer.pulled).toBeUndefined();
    const pulled = await at.transport('/api/v1/pull', {}, token);
    expect(pulled.status).toBe(403);
  });
});
