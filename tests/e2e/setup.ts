import { execFile } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { test as base } from '@playwright/test';
import { freshDatabase, startPostgres, type TestPostgres } from '../faults/server/postgres.ts';
import { Device } from '../support/device.ts';
import { TestServer } from '../support/server.ts';
import { CrosslineApp } from './crossline-app.ts';
import { wordsOf, type Words } from './words.ts';

const run = promisify(execFile);
const ROOT = join(import.meta.dirname, '../..');

export const FIXTURES = join(ROOT, 'tests/fixtures');

/** The delivery of November 2012, and nothing else: rests on the one source that says it. */
const EARLIER = [
  'event_key,date,status,scope,localities,source_publisher,source_title,source_url',
  '2012-11-zamalka-erbin,2012-11,delivered,convoy,Zamalka; Arbin,Earlier record,Earlier record,https://example.org/earlier',
].join('\n');

/** The command line of the product, on the data of a running or stopped server. */
export async function crossline(server: TestServer, ...args: string[]): Promise<string> {
  return (await runCrossline(server, args)).stdout;
}

/** Checks the stored log of a server, and says how many groups it holds. */
export async function verifiedGroups(server: TestServer): Promise<number> {
  const { stderr } = await runCrossline(server, ['verify']); // fails where there are flaws
  return Number(/^(\d+) groups checked/m.exec(stderr)?.[1]);
}

function runCrossline(server: TestServer, args: readonly string[]) {
  return run(process.execPath, ['src/cli/main.ts', ...args], {
    cwd: ROOT,
    env: {
      ...process.env,
      ...server.env,
      CROSSLINE_DATA: server.dataDir,
      ORIGIN: server.url,
      PORT: String(server.port),
    },
  });
}

/** An invite link for one more device of the only operation. */
export async function invite(server: TestServer, role: string, name: string): Promise<string> {
  const printed = await crossline(server, 'invite', '--role', role, '--name', name);
  const token = /#(\S+)/.exec(printed)?.[1];
  if (!token) throw new Error(`no link in: ${printed}`);
  return `${server.url}/join#${token}`;
}

/** An operation that holds the localities and the delivery of `2012-11` only. */
export async function importEarlierDelivery(server: TestServer): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'crossline-import-'));
  const earlier = join(folder, 'earlier.csv');
  writeFileSync(earlier, EARLIER);
  await importFiles(server, [join(FIXTURES, 'localities.csv'), earlier]);
}

/** Brings files into the only operation, as one import. */
export async function importFiles(server: TestServer, files: readonly string[]): Promise<void> {
  await crossline(server, 'import', ...files, '--operation', await operationName(server));
}

async function operationName(server: TestServer): Promise<string> {
  const { DatabaseSync } = await import('node:sqlite');
  const database = new DatabaseSync(join(server.dataDir, 'crossline.sqlite'), { readOnly: true });
  try {
    const row = database.prepare('select name from operations').get() as { name: string };
    return row.name;
  } finally {
    database.close();
  }
}

/** Of one worker, for all its tests. */
interface WorkerFixtures {
  /** What a server is started with to keep its store in an empty database of its own. */
  readonly newDatabase: () => Promise<{ readonly DATABASE_URL: string }>;
}

export interface Fixtures {
  readonly server: TestServer;
  readonly words: Words;
  /** A new device with nothing on it; `hiding`: its pages know when they are out of sight. */
  readonly newDevice: (size?: 'phone' | 'laptop', how?: 'hiding') => Promise<CrosslineApp>;
}

/** Each test has its own server and its own devices, and leaves nothing running. */
export const test = base.extend<Fixtures, WorkerFixtures>({
  newDatabase: [
    async ({}, use) => {
      let postgres: TestPostgres | undefined;
      await use(async () => {
        postgres ??= await startPostgres();
        return { DATABASE_URL: await freshDatabase(postgres.url) };
      });
      await postgres?.stop();
    },
    { scope: 'worker' },
  ],
  server: async ({}, use) => {
    const server = await new TestServer().start();
    await use(server);
    await server.remove();
  },
  words: async ({}, use, info) => {
    await use(await wordsOf(info.project.name));
  },
  newDevice: async ({ words }, use) => {
    const devices: Device[] = [];
    await use(async (size = 'phone', how) => {
      const device = new Device({ language: words.locale, size, isHiding: how === 'hiding' });
      devices.push(device);
      await device.start();
      return new CrosslineApp(device, words);
    });
    for (const device of devices) await device.dispose();
  },
});

export { expect } from '@playwright/test';
