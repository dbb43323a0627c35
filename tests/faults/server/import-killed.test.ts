import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { listBatches } from '#lib/server/batches.ts';
import { readDataset } from '#lib/server/dataset.ts';
import { listOperations } from '#lib/server/people/operations.ts';
import { verifyStore } from '#lib/server/store-care/verify.ts';
import { openStore, type Store } from '#lib/server/store/store.ts';
import { onBothStores } from './both-stores.ts';

const MAIN = fileURLToPath(new URL('../../../src/cli/main.ts', import.meta.url));

/** `CROSSLINE_LONG`: the import that a whole country would be. */
const ROWS = process.env['CROSSLINE_LONG'] === 'yes' ? 50_000 : 3_000;

function manyReports(): string {
  const rows = ['event_key,date,status,localities,trucks,source_title'];
  for (let i = 0; i < ROWS; i++) {
    const day = String(1 + (i % 28)).padStart(2, '0');
    rows.push(
      `event${i >> 1},2016-03-${day},delivered,Place ${i % 900},${i % 60},source ${i % 40}`,
    );
  }
  return rows.join('\n');
}

onBothStores('an import that is killed', (store) => {
  let folder: string;
  let env: NodeJS.ProcessEnv;
  let place: { databaseUrl: string | undefined; folder: string };
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'crossline-killed-'));
    place = { databaseUrl: await store.fresh(), folder: join(folder, 'data') };
    env = { ...process.env, NODE_NO_WARNINGS: '1', CROSSLINE_DATA: place.folder };
    if (place.databaseUrl === undefined) delete env['DATABASE_URL'];
    else env['DATABASE_URL'] = place.databaseUrl;
    writeFileSync(join(folder, 'many.csv'), manyReports());
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  /** Runs the import in a process of its own, and kills it as soon as so many groups are stored. */
  async function importUntil(groups: number): Promise<{ code: number | null; out: string }> {
    const args = ['import', join(folder, 'many.csv'), '--operation', 'Syria', '--create'];
    const child = spawn(process.execPath, [MAIN, ...args], { env });
    let out = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
    child.stderr.resume();
    const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
    let isOver = false;
    void ended.then(() => (isOver = true));
    let opened: Store | undefined;
    while (!isOver && groups < Infinity) {
      opened ??= await openStore(place).catch(() => undefined); // both make it at the same time
      if (opened && (await storedIn(opened).catch(() => 0)) >= groups) child.kill('SIGKILL');
      await wait(20);
    }
    await opened?.close();
    return { code: await ended, out };
  }

  async function storedIn({ db }: Store): Promise<number> {
    const rows = await db
      .selectFrom('groups')
      .select((row) => row.fn.countAll<number>().as('count'))
      .execute();
    return Number(rows[0]?.count ?? 0);
  }

  async function stored(): Promise<number> {
    const opened = await openStore(place);
    const count = await storedIn(opened);
    await opened.close();
    return count;
  }

  test('run again it is completed, under one batch, and nothing is double', async () => {
    expect((await importUntil(1)).code).toBeNull();
    await importUntil(ROWS / 6);
    expect(await stored()).toBeGreaterThan(ROWS / 6 - 1);
    expect((await importUntil(Infinity)).code).toBe(0);
    expect((await importUntil(Infinity)).out).toMatch(/^0 created, 0 changed, \d+ unchanged\n$/);
    const opened = await openStore(place);
    const [operation] = await listOperations(opened.db);
    const { convoy, report, locality, source } = await readDataset(opened.db, operation!.id);
    expect([convoy.size, report.size]).toEqual([ROWS / 2, ROWS]);
    expect([locality.size, source.size]).toEqual([900, 40]);
    expect(await listBatches(opened.db, operation!.id)).toHaveLength(1);
    expect((await verifyStore(opened)).flaws).toEqual([]);
    await opened.close();
  }, 600_000);
});
