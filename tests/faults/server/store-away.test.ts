import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { SCHEMA, type Group } from '#lib/changes/change.ts';
import { toBase64Url } from '#lib/crypto/encoding.ts';
import { randomId } from '#lib/crypto/random.ts';
import { PATHS } from '#lib/protocol/paths.ts';
import type { PushResponse } from '#lib/protocol/wire.ts';
import { verifyStore } from '#lib/server/store-care/verify.ts';
import { envelopeOf, groupOf, pullAll } from './device.ts';
import { startTestServer, type TestServer } from './in-process.ts';
import {
  freshDatabase,
  postgresIsInstalled,
  startPostgres,
  type TestPostgres,
} from './postgres.ts';

let at: TestServer;

/** Four places at once, so that a small disk is soon full. */
const place = (n: number): Group =>
  groupOf(
    at.owner,
    Array.from({ length: 4 }, (_, index) => {
      return { kind: 'locality', record: randomId(), values: { name: `Place ${n}.${index}` } };
    }),
  );

/** One push of one group under a number, as a device sends it again and again: status and answer. */
async function pushAs(n: number, group: Group): Promise<{ status: number; body: unknown }> {
  const { epoch, tokens } = at.owner.enrolled;
  const envelopes = [toBase64Url(await envelopeOf(at.owner, group))];
  const body = { epoch, replica: at.owner.replica, from: n, envelopes, schema: SCHEMA };
  return at.transport(PATHS.push, body, tokens.full);
}

async function storedIds(): Promise<string[]> {
  const { log } = await pullAll(at.transport, { ...at.owner, cursors: {} });
  return log.map((group) => group.id);
}

describe('SQLite on a disk that is full', () => {
  beforeEach(async () => {
    at = await startTestServer();
  });
  afterEach(() => at.stop());

  test('a push is answered 503 and nothing of it is kept; what was acknowledged stays, and when there is room it goes on', async () => {
    const { db } = at.server.store;
    const { rows } = await sql<{ page_count: number }>`pragma page_count`.execute(db);
    const limit = async (pages: number) => sql.raw(`pragma max_page_count = ${pages}`).execute(db);
    await limit((rows[0]?.page_count ?? 0) + 6);
    const groups = Array.from({ length: 40 }, (_, n) => place(n));
    const acknowledged: string[] = [];
    let full: { status: number; body: unknown } | undefined;
    for (const [index, group] of groups.entries()) {
      const answer = await pushAs(index + 1, group);
      if (answer.status !== 200) {
        full = answer;
        break;
      }
      acknowledged.push(group.id);
    }
    expect(full).toMatchObject({ status: 503, body: { code: 'unavailable' } });
    expect(acknowledged.length).toBeGreaterThan(0);
    const rest = groups.slice(acknowledged.length);
    const numbered = rest.map((group, index) => ({ group, n: acknowledged.length + 1 + index }));
    expect((await pushAs(acknowledged.length + 1, rest[0]!)).status).toBe(503);
    expect(await storedIds()).toEqual(acknowledged);
    await limit(100_000);
    for (const { n, group } of numbered) {
      expect(await pushAs(n, group)).toMatchObject({ status: 200, body: { acked: n } });
    }
    expect(await storedIds()).toEqual(groups.map((group) => group.id));
    expect((await verifyStore(at.server.store)).flaws).toEqual([]);
  });
});

// One of their own: it is stopped.
describe.skipIf(!postgresIsInstalled)('PostgreSQL that goes away', () => {
  let postgres: TestPostgres;
  beforeEach(async () => {
    postgres = await startPostgres();
    at = await startTestServer(await freshDatabase(postgres.url));
  }, 60_000);
  afterEach(async () => {
    await at.stop().catch(() => undefined);
    await postgres.stop();
  });

  test('connections cut under pushes: each push is acknowledged or answered 503, and sent again it is there once', async () => {
    const groups = Array.from({ length: 40 }, (_, n) => place(n));
    const cut = sql`select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`;
    let refused = 0;
    for (const [index, group] of groups.entries()) {
      for (;;) {
        const pushing = pushAs(index + 1, group);
        if (index % 4 === 0 && refused < 10) {
          await new Promise((resolve) => setTimeout(resolve, index % 8));
          await cut.execute(at.server.store.db).catch(() => undefined);
        }
        const { status, body } = await pushing;
        if (status === 200) {
          expect((body as PushResponse).acked).toBe(index + 1);
          break;
        }
        expect({ status, body }).toMatchObject({ status: 503, body: { code: 'unavailable' } });
        refused += 1;
      }
    }
    expect(refused).toBeGreaterThan(0);
    expect(await storedIds()).toEqual(groups.map((group) => group.id));
    expect((await verifyStore(at.server.store)).flaws).toEqual([]);
  });

  test('a disk that is full: 503 and nothing of it is kept; when there is room it goes on', async () => {
    const { db } = at.server.store;
    const [first, second] = [place(1), place(2)];
    expect((await pushAs(1, first)).status).toBe(200);
    // PostgreSQL's own word for a full disk (53100), from where rows are written.
    await sql`create function no_room() returns trigger language plpgsql as $$ begin raise exception 'no space left on device' using errcode = '53100'; end $$`.execute(
      db,
    );
    await sql`create trigger full_disk before insert on "publication" execute function no_room()`.execute(
      db,
    );
    expect(await pushAs(2, second)).toMatchObject({ status: 503, body: { code: 'unavailable' } });
    expect(await storedIds()).toEqual([first.id]);
    await sql`drop trigger full_disk on "publication"`.execute(db);
    expect(await pushAs(2, second)).toMatchObject({ status: 200, body: { acked: 2 } });
    expect(await storedIds()).toEqual([first.id, second.id]);
  });

  test('stopped altogether: 503, for devices to try again', async () => {
    await postgres.stop();
    expect(await pushAs(1, place(1))).toMatchObject({
      status: 503,
      body: { code: 'unavailable' },
    });
  });
});
