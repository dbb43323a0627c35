import { sql } from 'kysely';
import { expect, test, vi } from 'vitest';
import { randomId } from '#lib/crypto/random.ts';
import { loadServerKeys } from '#lib/server/keys.ts';
import { prepareOperations } from '#lib/server/people/operations.ts';
import { takePresence } from '#lib/server/store/presence.ts';
import { openStore } from '#lib/server/store/store.ts';
import { verifyStore } from '#lib/server/store-care/verify.ts';
import { onBothStores } from './both-stores.ts';
import { groupOf, pushGroups } from './device.ts';
import { NOON, startTestServer } from './in-process.ts';

onBothStores('hosts beside one store', ({ name, fresh }) => {
  test.runIf(name === 'postgres')(
    'of three that start at once on an empty store one makes the operation',
    async () => {
      const databaseUrl = await fresh();
      const place = { databaseUrl, folder: '' };
      const hosts = await Promise.all([place, place, place].map(openStore));
      const [first] = hosts;
      const keys = await loadServerKeys(first!, NOON);
      // Held back until each of them has seen that there is none.
      const begun = await first!.write(async (tx) => {
        await sql`lock table "operations" in share mode`.execute(tx);
        const own = hosts.map((host) => prepareOperations(host, keys, NOON));
        const waits = sql`select 1 from pg_locks where not granted`;
        await vi.waitFor(async () => expect((await waits.execute(tx)).rows).toHaveLength(3));
        return { own };
      });
      const links = await Promise.all(begun.own);
      await Promise.all(hosts.map((host) => host.close()));
      expect(new Set(links.flat())).toEqual(new Set(links[0]));
      expect(links.map((own) => own.length)).toEqual([1, 1, 1]);
    },
  );

  test.runIf(name === 'postgres')(
    'a server whose connection broke holds the store again, and nothing is restored beside it',
    async () => {
      const databaseUrl = await fresh();
      const at = await startTestServer(databaseUrl);
      const { db } = at.server.store;
      const holders = async (): Promise<number> => {
        const query = sql`select 1 from pg_locks where locktype = 'advisory' and granted and
          database = (select oid from pg_database where datname = current_database())`;
        return (await query.execute(db)).rows.length;
      };
      expect(await holders()).toBe(1);
      await sql`select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory'`.execute(
        db,
      );
      await vi.waitFor(async () => expect(await holders()).toBe(1), { timeout: 20_000 });
      expect(await takePresence(at.place, 'alone')).toBeNull();
      await at.stop();
      const alone = await takePresence(at.place, 'alone');
      expect(alone).not.toBeNull();
      await alone?.end();
    },
    60_000,
  );

  test('a store that is written to meanwhile is verified as it is at one moment', async () => {
    const at = await startTestServer(await fresh());
    const place = () =>
      groupOf(at.owner, [{ kind: 'locality', record: randomId(), values: { name: 'Arbin' } }]);
    let isDone = false;
    const writing = (async () => {
      while (!isDone) await pushGroups(at.transport, at.owner, [place(), place()]);
    })();
    const found = [];
    for (let i = 0; i < 15; i += 1) found.push(...(await verifyStore(at.server.store)).flaws);
    isDone = true;
    await writing;
    await at.stop();
    expect(found).toEqual([]);
  }, 60_000);
});
