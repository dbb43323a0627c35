import { closeSync, fsyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { openOperator } from '#lib/server/operator.ts';
import { enrolDevice, overHttp, type TestDevice } from '../faults/server/device.ts';
import { freshDatabase, postgresIsInstalled, startPostgres } from '../faults/server/postgres.ts';
import { startServerProcess } from '../faults/server/server-process.ts';
import { atLeast, type Bench, type BenchLine, beside, median, timed } from './measure.ts';
import { cpuSeconds, joinAs, makeSender, sendAll, type Sender } from './push-load.ts';

const DEVICES = 64;
const PUSHES_EACH = 80;
/** Not counted: the code is compiled and the pages of the store are warm after them. */
const WARM_UP = 20;

interface Load {
  readonly name: string;
  readonly operations: number;
  readonly least: number;
}

/** Signed groups that a server process takes in a second over HTTP, each acknowledged by itself. */
async function measure(
  { name, operations, least }: Load,
  databaseUrl?: string,
): Promise<BenchLine[]> {
  const folder = mkdtempSync(join(tmpdir(), 'crossline-bench-'));
  const store = { CROSSLINE_DATA: folder, ...(databaseUrl ? { DATABASE_URL: databaseUrl } : {}) };
  const owners: TestDevice[] = [];
  // A server makes the first operation of an empty store; several are made before it starts.
  const made = operations > 1 ? await makeOperations(store, operations) : null;
  const server = await startServerProcess(store);
  try {
    for (const token of made ?? [server.token ?? '']) {
      owners.push(await enrolDevice(overHttp(server.url), token));
    }
    const senders = await makeSenders(server.url, owners);
    await sendAll(server.port, senders, 0, WARM_UP);
    const before = { at: performance.now(), cpu: cpuSeconds(server.pid), own: ownCpu() };
    await sendAll(server.port, senders, WARM_UP, WARM_UP + PUSHES_EACH);
    const pushes = DEVICES * PUSHES_EACH;
    const seconds = (performance.now() - before.at) / 1_000;
    const cpu = ((cpuSeconds(server.pid) - before.cpu) / pushes) * 1_000;
    const own = ((ownCpu() - before.own) / pushes) * 1_000;
    return [
      atLeast(`pushes of one signed group, ${name}`, pushes / seconds, '/s', least),
      beside(`CPU of the server for one push, ${name}`, cpu, 'ms'),
      beside(`CPU of the sender for one push, ${name}`, own, 'ms'),
    ];
  } finally {
    await server.kill();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Operations as the command line makes them: the tokens of their owners. */
async function makeOperations(
  env: Readonly<Record<string, string>>,
  count: number,
): Promise<string[]> {
  const opened = await openOperator(env);
  if (!opened.ok) throw new Error(opened.error.reason);
  const tokens: string[] = [];
  for (let i = 0; i < count; i += 1) {
    const { ownerLink } = await opened.value.createOperation(`Operation ${i}`);
    tokens.push(ownerLink.split('#')[1] ?? '');
  }
  await opened.value.close();
  return tokens;
}

const ownCpu = (): number => cpuSeconds(process.pid);

async function makeSenders(url: string, owners: readonly TestDevice[]): Promise<Sender[]> {
  const senders: Sender[] = [];
  for (let i = 0; i < DEVICES; i += 1) {
    const owner = owners[i % owners.length] as TestDevice;
    const device = await joinAs(overHttp(url), owner, 'logger');
    senders.push(await makeSender(device, WARM_UP + PUSHES_EACH));
  }
  return senders;
}

/** What the disk of this machine takes to keep a page for sure. */
function fsyncTime(): number {
  const folder = mkdtempSync(join(tmpdir(), 'crossline-bench-'));
  const file = openSync(join(folder, 'fsync'), 'w');
  const page = Buffer.alloc(4_096, 1);
  const times = Array.from({ length: 50 }, () =>
    timed(() => {
      writeSync(file, page);
      fsyncSync(file);
    }),
  );
  closeSync(file);
  rmSync(folder, { recursive: true, force: true });
  return median(times);
}

async function onPostgres(): Promise<BenchLine[]> {
  const postgres = await startPostgres({ durable: true });
  try {
    const one = { name: 'PostgreSQL, one operation', operations: 1, least: 1_000 };
    const fifty = { name: 'PostgreSQL, fifty operations', operations: 50, least: 1_500 };
    return [
      ...(await measure(one, await freshDatabase(postgres.url))),
      ...(await measure(fifty, await freshDatabase(postgres.url))),
    ];
  } finally {
    await postgres.stop();
  }
}

export const pushesBench: Bench = {
  name: 'pushes',
  run: async () => [
    ...(await measure({ name: 'SQLite', operations: 1, least: 1_500 })),
    ...(postgresIsInstalled ? await onPostgres() : []),
    beside('fsync of one page on this machine', fsyncTime(), 'ms'),
  ],
};
