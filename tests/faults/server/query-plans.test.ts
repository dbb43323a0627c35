import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { randomId } from '#lib/crypto/random.ts';
import { PATHS } from '#lib/protocol/paths.ts';
import { groupOf, pullAll, pushGroups } from './device.ts';
import { startTestServer, type TestServer } from './in-process.ts';

/** Tables that grow with every push: nothing that a push asks may read an operation's rows in them. */
const GROWING =
  /^(?:SCAN|SEARCH) (groups|changes|records|slots|publication|convoyRecords|convoyGroups|convoys|[cgmlv])\b/;
/** By the operation alone, or by the beginning of a key that all its rows share. */
const WHOLE_OPERATION = /^SCAN|\((?:operation=\?(?: AND stream=\?)?)\)$/;

let at: TestServer;
const asked = new Set<string>();

beforeEach(async () => {
  // Whatever is prepared is written down, and prepared as ever.
  const prepare = Reflect.get(DatabaseSync.prototype, 'prepare') as DatabaseSync['prepare'];
  vi.spyOn(DatabaseSync.prototype, 'prepare').mockImplementation(function (
    this: DatabaseSync,
    sql,
  ) {
    asked.add(sql);
    return prepare.call(this, sql);
  });
  at = await startTestServer();
});
afterEach(async () => {
  vi.restoreAllMocks();
  await at.stop();
});

test('SQLite finds what a push, a pull and a history ask for by whole keys: the cost does not grow with the store', async () => {
  asked.clear();
  const logger = await at.join('logger');
  const [convoy, report, place] = [randomId(), randomId(), randomId()];
  const first = groupOf(logger, [
    { kind: 'convoy', record: convoy, values: { _created: true } },
    { kind: 'report', record: report, values: { convoy, source: 's', status: 'delivered' } },
    { kind: 'locality', record: place, values: { name: 'Arbin' } },
  ]);
  const next = (record: string, kind: string, values: Record<string, string>, base?: string[]) =>
    groupOf(logger, [{ kind, record, values, ...(base ? { base } : {}) }]);
  await pushGroups(at.transport, logger, [
    first,
    next(place, 'locality', { name: 'Erbin' }, [first.changes[2]!.id]),
    next(place, 'locality', { name: 'Irbin' }, [randomId()]),
    next(report, 'report', { date: '2016-06-20' }),
    next(randomId(), 'incident', { convoy, date: '2016-06-20' }),
  ]);
  await pullAll(at.transport, { ...at.owner, cursors: {} });
  await pullAll(at.transport, logger);
  await at.transport(PATHS.history, { record: place }, logger.enrolled.tokens.full);

  const db = new DatabaseSync(join(at.place.folder, 'crossline.sqlite'), { readOnly: true });
  const reads = [...asked].filter((sql) => /^(?:select|update|delete)\b/i.test(sql));
  expect(reads.length).toBeGreaterThan(20);
  const costly = reads.flatMap((sql) => {
    const count = sql.match(/\?/g)?.length ?? 0;
    const steps = db.prepare(`explain query plan ${sql}`).all(...Array<number>(count).fill(1));
    return steps
      .map((step) => String(step['detail']))
      .filter((detail) => GROWING.test(detail) && WHOLE_OPERATION.test(detail))
      .map((detail) => `${detail}: ${sql}`);
  });
  db.close();
  expect(costly).toEqual([]);
});
