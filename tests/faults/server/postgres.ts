import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chownSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';

/** A PostgreSQL of these tests' own, on a free port of the loopback address. */
export interface TestPostgres {
  readonly url: string;
  stop(): Promise<void>;
}

const START_MS = 20_000;

/** Where Debian's package puts the programs that are not in the path. */
function programsFolder(): string | null {
  const root = '/usr/lib/postgresql';
  const versions = existsSync(root) ? readdirSync(root).sort((a, b) => Number(b) - Number(a)) : [];
  const folders = [
    ...versions.map((version) => join(root, version, 'bin')),
    '/usr/local/bin',
    '/usr/bin',
  ];
  return (
    folders.find((folder) => ['initdb', 'postgres'].every((x) => existsSync(join(folder, x)))) ??
    null
  );
}

export const postgresIsInstalled = programsFolder() !== null;

/** PostgreSQL refuses to run as root: its own user, or nobody, does it then. */
function user(): { uid: number; gid: number } | null {
  if (process.getuid?.() !== 0) return null;
  const rows = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((row) => row.split(':'));
  const row =
    rows.find(([name]) => name === 'postgres') ?? rows.find(([name]) => name === 'nobody');
  return row ? { uid: Number(row[2]), gid: Number(row[3]) } : null;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

/** `durable`: as an operator runs it, for whoever measures. */
export async function startPostgres({ durable = false } = {}): Promise<TestPostgres> {
  const programs = programsFolder();
  if (!programs) throw new Error('PostgreSQL is not installed');
  const folder = mkdtempSync(join(tmpdir(), 'crossline-pg-'));
  const as = user();
  if (as) chownSync(folder, as.uid, as.gid);
  const data = join(folder, 'data');
  const made = spawnSync(
    join(programs, 'initdb'),
    ['-D', data, '-U', 'crossline', '-A', 'trust', '-E', 'UTF8', '--locale=C', '-N'],
    { ...as, cwd: folder, encoding: 'utf8' },
  );
  if (made.status !== 0) throw new Error(`initdb failed: ${made.stderr}`);
  const port = await freePort();
  const server = spawn(
    join(programs, 'postgres'),
    // fsync is for machines that lose their power: no test takes that from PostgreSQL.
    [
      '-D',
      data,
      '-p',
      String(port),
      '-c',
      'listen_addresses=127.0.0.1',
      ...(durable ? [] : ['-c', 'fsync=off']),
      '-k',
      folder,
    ],
    { ...as, cwd: folder, stdio: 'ignore' },
  );
  const end = (): boolean => server.kill('SIGQUIT');
  process.once('exit', end); // whoever is interrupted leaves no server running
  const ended = new Promise<void>((resolve) => server.once('exit', () => resolve()));
  const url = `postgres://crossline@127.0.0.1:${port}/postgres`;
  await untilReady(url);
  return {
    url,
    stop: async () => {
      process.off('exit', end);
      end();
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function untilReady(url: string): Promise<void> {
  const deadline = Date.now() + START_MS;
  for (;;) {
    const client = new pg.Client({ connectionString: url });
    try {
      await client.connect();
      await client.end();
      return;
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}

/** An empty database of its own on the server at this address. */
export async function freshDatabase(serverUrl: string): Promise<string> {
  const name = `t${randomBytes(8).toString('hex')}`;
  // the template that nobody can be connected to, so that many can be made at once
  await onServer(serverUrl, `create database ${name} template template0`);
  return serverUrl.replace(/postgres$/, name);
}

/** Takes such a database away, whoever is still connected. */
export async function dropDatabase(serverUrl: string, databaseUrl: string): Promise<void> {
  const name = new URL(databaseUrl).pathname.slice(1);
  await onServer(serverUrl, `drop database ${name} with (force)`);
}

async function onServer(url: string, command: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(command);
  } finally {
    await client.end();
  }
}
