import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import { build } from 'vite';
import { editRecord } from '#lib/changes/edit.ts';
import { applyChange, type RecordState } from '#lib/changes/fold.ts';
import { randomId } from '#lib/crypto/random.ts';
import { PATHS } from '#lib/protocol/paths.ts';
import {
  encodeSnapshotPart,
  SNAPSHOT_FORMAT,
  snapshotBytes,
} from '#lib/protocol/snapshot-codec.ts';
import type { SnapshotManifest } from '#lib/protocol/wire-records.ts';
import { Device } from '../support/device.ts';
import type { FirstSync } from './first-sync-page.ts';
import { atMost, type Bench, type BenchLine, beside } from './measure.ts';

const HERE = fileURLToPath(new URL('.', import.meta.url));
const TYPES: Readonly<Record<string, string>> = { '.html': 'text/html', '.js': 'text/javascript' };
const CONVOYS = 10_000;
/** As the server makes them. */
const RECORDS_IN_PART = 1_000;

declare const firstSync: FirstSync;

/** A convoy with its source, its report and two stops, each changed once since it was created. */
function convoy(index: number): RecordState[] {
  const [id, source] = [randomId(), randomId()];
  const localities = [`locality${index % 300}`, `locality${(index * 7) % 300}`];
  const date = `201${index % 7}-0${1 + (index % 9)}-1${index % 10}`;
  const figure = { q: '~', n: 1_000 + (index % 90) * 100, unit: 'people' };
  const stop = { convoy: id, localities: [localities[0] ?? ''], peopleIntended: figure };
  return [
    stateOf('convoy', id, { eventKey: `event ${index}`, notes: 'by the northern road' }),
    stateOf('source', source, { kind: 'seen', title: `Report ${index}` }),
    stateOf('report', randomId(), {
      convoy: id,
      source,
      date,
      localities,
      status: 'delivered',
      scope: 'convoy',
      people: figure,
    }),
    stateOf('stop', randomId(), { ...stop, order: 0 }),
    stateOf('stop', randomId(), { ...stop, order: 1, arrivedOn: date }),
  ];
}

function stateOf(kind: string, id: string, values: Parameters<typeof editRecord>[3]): RecordState {
  const context = {
    operation: 'operation',
    author: `member${id.charCodeAt(0) % 20}`,
    deviceTime: '2016-06-29T10:00:00.000Z',
    schema: 1,
    newId: randomId,
  };
  const change = editRecord(undefined, kind, id, values, context);
  const applied = change && applyChange(undefined, change);
  if (!applied?.ok) throw new Error('a new record can be made');
  return applied.value;
}

interface Made {
  readonly manifest: SnapshotManifest;
  readonly point: string;
  readonly parts: readonly Buffer[];
}

function makeSnapshot(): Made {
  const states = Array.from({ length: CONVOYS }, (_, index) => convoy(index)).flat();
  const parts: Buffer[] = [];
  const described: SnapshotManifest['parts'] = [];
  for (let at = 0; at < states.length; at += RECORDS_IN_PART) {
    const some = states.slice(at, at + RECORDS_IN_PART);
    const text = encodeSnapshotPart(some);
    const bytes = gzipSync(text, { level: 9 });
    const sha256 = createHash('sha256').update(text).digest('base64url');
    parts.push(bytes);
    described.push({ records: some.length, bytes: bytes.length, sha256 });
  }
  const unsigned = {
    id: randomId(),
    cursors: { log: { seq: CONVOYS, id: 'last' } },
    records: states.length,
    parts: described,
    format: SNAPSHOT_FORMAT,
  };
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
  const point = Buffer.concat([
    Buffer.from([4]),
    Buffer.from(x, 'base64url'),
    Buffer.from(y, 'base64url'),
  ]).toString('base64url');
  const signed = sign('sha256', snapshotBytes('operation', unsigned), {
    key: privateKey,
    dsaEncoding: 'ieee-p1363',
  });
  const signature = `${point}.${signed.toString('base64url')}`;
  return { manifest: { ...unsigned, signature }, point, parts };
}

/** The page, and a server that says what the real one says to a new device. */
async function serve(folder: string, { manifest, parts }: Made): Promise<Server> {
  const serverTime = new Date().toISOString();
  const json = { 'content-type': 'application/json' };
  const server = createServer((asked, answer) => {
    void asked.toArray().then((body) => {
      if (asked.url === PATHS.snapshotPart) {
        const { part } = JSON.parse(Buffer.concat(body).toString()) as { part: number };
        answer.writeHead(200, { ...json, 'content-encoding': 'gzip' }).end(parts[part]);
      } else if (asked.url === PATHS.snapshot) {
        const said = { epoch: 'epoch', snapshot: manifest, wait: null, serverTime };
        answer.writeHead(200, json).end(JSON.stringify(said));
      } else if (asked.url === PATHS.pull) {
        const log = { groups: [], cursor: manifest.cursors.log, more: false };
        const said = { epoch: 'epoch', streams: { log }, gone: [], rewind: [], serverTime };
        answer.writeHead(200, json).end(JSON.stringify(said));
      } else {
        const file = join(folder, asked.url === '/' ? 'first-sync-page.html' : (asked.url ?? ''));
        try {
          const content = readFileSync(file);
          answer.writeHead(200, { 'content-type': TYPES[extname(file)] ?? 'text/plain' });
          answer.end(content);
        } catch {
          answer.writeHead(404).end();
        }
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

/** The quickest of several tries of each, one after the other: what else the machine does is in neither. */
async function measure(
  page: Page,
  made: Made,
  where: string,
  tries: number,
): Promise<readonly BenchLine[]> {
  const loads: Awaited<ReturnType<FirstSync['load']>>[] = [];
  const leasts: number[] = [];
  for (let turn = 0; turn < tries; turn++) {
    loads.push(await page.evaluate((point) => firstSync.load(point), made.point));
    leasts.push(await page.evaluate((manifest) => firstSync.least(manifest), made.manifest));
  }
  const ms = Math.min(...loads.map((load) => load.ms));
  const least = Math.min(...leasts);
  const blocked = Math.min(...loads.map((load) => load.blocked));
  const what = `first sync of ${loads[0]?.records.toLocaleString('en')} records, ${where}`;
  return [
    atMost(`${what}: times the same bytes and rows alone`, ms / least, 'times', 1.5),
    beside(what, ms, 'ms'),
    beside(`of it the bytes and rows alone, ${where}`, least, 'ms'),
    atMost(`${what}: longest that the page is blocked`, blocked, 'ms', 100),
  ];
}

async function throttle(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: 4 });
  await session.send('Network.enable');
  await session.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: 400,
    downloadThroughput: 400_000 / 8,
    uploadThroughput: 400_000 / 8,
  });
}

async function onNewDevice(
  measuring: (page: Page, made: Made) => Promise<readonly BenchLine[]>,
): Promise<readonly BenchLine[]> {
  const folder = mkdtempSync(join(tmpdir(), 'crossline-bench-'));
  const device = new Device();
  let server: Server | undefined;
  try {
    await build({
      configFile: false,
      root: HERE,
      logLevel: 'error',
      build: {
        outDir: folder,
        emptyOutDir: true,
        target: 'esnext',
        rollupOptions: { input: join(HERE, 'first-sync-page.html') },
      },
    });
    const made = makeSnapshot();
    server = await serve(folder, made);
    const page = await device.start();
    page.setDefaultTimeout(200_000);
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    await page.waitForFunction(() => 'firstSync' in window);
    return await measuring(page, made);
  } finally {
    server?.close();
    await device.dispose();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A new device and an operation of 10,000 convoys. */
export const firstSyncBench: Bench = {
  name: 'first-sync',
  run: () =>
    onNewDevice(async (page, made) => {
      const bytes = made.parts.reduce((sum, part) => sum + part.length, 0);
      return [
        beside('bytes of a snapshot of 10,000 convoys', bytes / 1024, 'kB'),
        ...(await measure(page, made, 'plain', 5)),
      ];
    }),
};

/** The same as on a phone at the roadside: nearly two minutes. */
export const slowFirstSyncBench: Bench = {
  name: 'slow-first-sync',
  run: () =>
    onNewDevice(async (page, made) => {
      await throttle(page);
      return measure(page, made, '4×, 400 kbit/s', 1);
    }),
};
