import { afterEach, beforeEach, expect, test } from 'vitest';
import { toBase64Url } from '#lib/crypto/encoding.ts';
import { randomId } from '#lib/crypto/random.ts';
import { importRecords } from '#lib/server/import.ts';
import { relay } from '#lib/server/relay.ts';
import { verifyStore } from '#lib/server/store-care/verify.ts';
import type { Store } from '#lib/server/store/store.ts';
import { sweepConvoys } from '#lib/server/sync/release.ts';
import { onBothStores } from './both-stores.ts';
import { envelopeOf, groupOf, pullAll, pushGroups } from './device.ts';
import { NOON, startTestServer, type TestServer } from './in-process.ts';

const HOUR = 3_600_000;

/** What PostgreSQL says when another process stored the same at the same time. */
onBothStores('races', (store) => {
  let at: TestServer;
  beforeEach(async () => {
    at = await startTestServer(await store.fresh());
  }, 60_000);
  afterEach(() => at.stop());

  /** The store, whose transactions are taken back so often as PostgreSQL takes back one of two. */
  function losing(code: string, times: number): { store: Store; left: () => number } {
    let left = times;
    const { store } = at.server;
    const write: Store['write'] = (work) =>
      store.write(async (tx) => {
        const done = await work(tx);
        if (left > 0) {
          left -= 1;
          throw Object.assign(new Error('taken back'), { code });
        }
        return done;
      });
    return { store: { ...store, write }, left: () => left };
  }
  const rules = (now = NOON) => ({ now, releaseAfter: HOUR });
  const log = async () => (await pullAll(at.transport, { ...at.owner, cursors: {} })).log;

  test('a file that is carried in is stored once after a race', async () => {
    const group = groupOf(at.owner, [
      { kind: 'locality', record: randomId(), values: { name: 'A' } },
    ]);
    const envelope = toBase64Url(await envelopeOf(at.owner, group));
    const file = {
      format: 'crossline relay 1' as const,
      envelopes: [{ replica: at.owner.replica, n: 1, envelope }],
    };
    const lost = losing('23505', 2);
    const put = await relay(lost.store, at.server.keys, file, rules());
    expect(put).toMatchObject({ ok: true, value: { stored: 1, quarantined: [] } });
    expect(lost.left()).toBe(0);
    expect(await log()).toEqual([group]);
    expect((await verifyStore(at.server.store)).flaws).toEqual([]);
  });

  test('an import goes in once after a race', async () => {
    const { operation } = at.owner.enrolled;
    const records = [{ kind: 'locality' as const, id: 'arbin', values: { name: 'Arbin' } }];
    const options = { ...rules(), operation, as: 'Data team' };
    // The first transaction makes the importer known, and is none that races.
    await importRecords(at.server.store, at.server.keys, records, options);
    const more = [{ kind: 'locality' as const, id: 'zamalka', values: { name: 'Zamalka' } }];
    let isFirst = true;
    const lost = losing('40001', 1);
    const passing: Store = {
      ...lost.store,
      write: (work) => {
        const { write } = isFirst ? at.server.store : lost.store;
        isFirst = false;
        return write(work);
      },
    };
    const brought = await importRecords(passing, at.server.keys, more, options);
    expect(brought).toMatchObject({ created: 1 });
    expect(lost.left()).toBe(0);
    expect(await log()).toHaveLength(2);
  });

  test('a convoy is let go in the same sweep after a race', async () => {
    const convoy = randomId();
    const logger = await at.join('logger');
    const values = { convoy, source: 's', status: 'delivered', date: '2016-06-29' };
    const group = groupOf(logger, [
      { kind: 'convoy', record: convoy, values: { _created: true } },
      { kind: 'report', record: randomId(), values },
    ]);
    expect((await pushGroups(at.transport, logger, [group])).quarantined).toEqual([]);
    expect(await log()).toEqual([]);
    const lost = losing('40P01', 3);
    await sweepConvoys(lost.store, rules(NOON + 100 * HOUR));
    expect(lost.left()).toBe(0);
    expect(await log()).toEqual([group]);
  });

  test('what is no race is not tried again', async () => {
    const lost = losing('22P02', 2);
    const envelope = toBase64Url(
      await envelopeOf(
        at.owner,
        groupOf(at.owner, [{ kind: 'locality', record: randomId(), values: { name: 'A' } }]),
      ),
    );
    const file = {
      format: 'crossline relay 1' as const,
      envelopes: [{ replica: at.owner.replica, n: 1, envelope }],
    };
    await expect(relay(lost.store, at.server.keys, file, rules())).rejects.toThrow('taken back');
    expect(lost.left()).toBe(1);
    expect(await log()).toEqual([]);
  });
});
