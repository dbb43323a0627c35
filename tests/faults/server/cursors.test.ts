import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Group } from '#lib/changes/change.ts';
import { randomId } from '#lib/crypto/random.ts';
import { PATHS } from '#lib/protocol/paths.ts';
import { NO_PAST, pastWith } from '#lib/server/sync/past.ts';
import { onBothStores } from './both-stores.ts';
import { groupOf, pullAll, pushGroups, type TestDevice } from './device.ts';
import { startTestServer, type TestServer } from './in-process.ts';

onBothStores('cursors of those who read their own groups alone', (store) => {
  let at: TestServer;
  let logger: TestDevice;
  let coordinator: TestDevice;
  beforeEach(async () => {
    at = await startTestServer(await store.fresh());
    [logger, coordinator] = [await at.join('logger'), await at.join('coordinator')];
  }, 60_000);
  afterEach(() => at.stop());

  const planned = (by: TestDevice): Group =>
    groupOf(by, [{ kind: 'convoy', record: randomId(), values: { _created: true } }]);
  const push = (by: TestDevice, groups: readonly Group[]) =>
    pushGroups(at.transport, by, groups, { pull: false });
  const plan = async (by: TestDevice, count: number): Promise<Group[]> => {
    const groups = Array.from({ length: count }, () => planned(by));
    await push(by, groups);
    return groups;
  };
  const changeRole = (of: TestDevice, role: string) =>
    at.transport(PATHS.role, { member: of.enrolled.member, role }, at.owner.enrolled.tokens.full);

  test('a logger’s cursor does not tell how many groups others logged', async () => {
    const [first] = await plan(logger, 1);
    await plan(coordinator, 7);
    const [second] = await plan(logger, 1);
    const { movements } = await pullAll(at.transport, logger);
    expect(movements).toEqual([first, second]);
    expect(logger.cursors.movements?.seq).toBe(2);
    const before = logger.cursors;
    await plan(coordinator, 5);
    expect((await pullAll(at.transport, logger)).movements).toEqual([]);
    expect(logger.cursors).toEqual(before);
  });

  test('a logger’s cursor does not tell whether others logged something between two of his groups', async () => {
    const [one, other] = [await plan(logger, 1), await plan(logger, 1)].flat();
    await pullAll(at.transport, logger);
    const past = pastWith(pastWith(NO_PAST, one?.id ?? ''), other?.id ?? '');
    expect(logger.cursors.movements).toEqual({ seq: 2, id: `own-${at.server.keys.blind(past)}` });
    expect(JSON.stringify(logger.cursors)).not.toContain(past);
  });

  test('a cursor that was given out when it named its group goes on, and names the past from then on', async () => {
    const own = await plan(logger, 2);
    await pullAll(at.transport, logger);
    await pullAll(at.transport, coordinator);
    for (const [reader, id] of [
      [logger, `own-${own[1]?.id}`],
      [coordinator, own[1]?.id ?? ''],
    ] as const) {
      const early = { ...reader, cursors: { movements: { seq: 2, id } } };
      const told = await pullAll(at.transport, early);
      expect(told).toMatchObject({ movements: [], rewind: [] });
      expect(early.cursors.movements).toEqual(reader.cursors.movements);
    }
  });

  test('a logger who becomes coordinator gets what others logged before, too', async () => {
    const theirs = await plan(coordinator, 3);
    const own = await plan(logger, 2);
    await pullAll(at.transport, logger);
    await changeRole(logger, 'coordinator');
    const { movements, gone, rewind } = await pullAll(at.transport, logger);
    expect(movements).toEqual([...theirs, ...own]);
    expect([gone, rewind]).toEqual([[], []]);
  });

  test('permission withdrawn: who may read his own alone is told that the stream is gone, then gets his own', async () => {
    await plan(logger, 1);
    const own = await plan(coordinator, 2);
    await pullAll(at.transport, coordinator);
    await changeRole(coordinator, 'logger');
    const told = await pullAll(at.transport, coordinator);
    expect(told).toMatchObject({ movements: [], gone: ['movements'], rewind: [] });
    coordinator.cursors = { log: coordinator.cursors.log };
    expect(await pullAll(at.transport, coordinator)).toMatchObject({ movements: own, gone: [] });
  });

  test('a cursor of a group that is not there, or not his, or out of count must rewind', async () => {
    const [theirs] = await plan(coordinator, 1);
    const [own] = await plan(logger, 1);
    const cursors = [
      { seq: 1, id: `own-${randomId()}` },
      { seq: 1, id: `own-${theirs?.id}` },
      { seq: 2, id: `own-${own?.id}` },
    ];
    for (const movements of cursors) {
      const told = await pullAll(at.transport, { ...logger, cursors: { movements } });
      expect(told).toMatchObject({ movements: [], rewind: ['movements'] });
    }
  });

  test('S4: a logger reads his own groups page after page, whatever stands between them', async () => {
    const own: Group[] = [];
    for (let i = 0; i < 4; i += 1) {
      own.push(...(await plan(logger, 150)));
      await plan(coordinator, 100);
    }
    const { movements } = await pullAll(at.transport, logger);
    expect(movements.map((group) => group.id)).toEqual(own.map((group) => group.id));
  });
});
