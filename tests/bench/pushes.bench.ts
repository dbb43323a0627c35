import { Agent, request } from 'node:http';
import { closeSync, fsyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { randomId } from '#lib/crypto/random.ts';
import { PATHS } from '#lib/protocol/paths.ts';
import {
  enrolDevice,
  envelopeOf,
  groupOf,
  pushEnvelopes,
  type TestDevice,
  type Transport,
} from '../faults/server/device.ts';
import { startServerProcess } from '../faults/server/server-process.ts';
import { atLeast, type Bench, beside, median, timed } from './measure.ts';

const DEVICES = 64;
const PUSHES_EACH = 80;
/** Not counted: the code is compiled and the pages of the store are warm after them. */
const WARM_UP = 20;
const LEAST = 1_500;

interface Sender {
  readonly device: TestDevice;
  readonly envelopes: readonly Uint8Array[];
}

async function makeSender(transport: Transport, owner: TestDevice): Promise<Sender> {
  const invite = { role: 'logger', name: 'Bench', days: 1 };
  const answer = await transport(PATHS.invites, invite, owner.enrolled.tokens.full);
  const { token } = answer.body as { token: string };
  const device = await enrolDevice(transport, token);
  const envelopes = await Promise.all(
    Array.from({ length: PUSHES_EACH + WARM_UP }, () => {
      const values = { localities: [randomId()], date: '2016-06-29', constraint: 'VIOLENCE' };
      const group = groupOf(device, [{ kind: 'incident', record: randomId(), values }]);
      return envelopeOf(device, group);
    }),
  );
  return { device, envelopes };
}

/** Each device sends one group after the other, all devices at once, as phones do at a gate. */
async function sendAll(
  transport: Transport,
  senders: readonly Sender[],
  from: number,
  to: number,
): Promise<void> {
  await Promise.all(
    senders.map(async ({ device, envelopes }) => {
      for (const envelope of envelopes.slice(from, to)) {
        const before = device.next;
        const answer = await pushEnvelopes(transport, device, [envelope], { pull: false });
        if (answer.acked !== before || answer.quarantined.length > 0) {
          throw new Error(`not taken: ${JSON.stringify(answer)}`);
        }
      }
    }),
  );
}

/** HTTP over connections that stay open, as light as can be: the sender shares the machine. */
function overOpenConnections(url: string, agent: Agent): Transport {
  return (path, body, token) =>
    new Promise((resolve, reject) => {
      const text = JSON.stringify(body);
      const headers = {
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(text),
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      };
      const sent = request(`${url}${path}`, { method: 'POST', agent, headers }, (response) => {
        let answer = '';
        response.setEncoding('utf8').on('data', (piece: string) => (answer += piece));
        response.on('end', () => {
          resolve({
            status: response.statusCode ?? 0,
            body: JSON.parse(answer) as unknown,
            text: answer,
          });
        });
        response.on('error', reject);
      });
      sent.on('error', reject).end(text);
    });
}

/** What the disk of this machine takes to keep a page for sure. */
function fsyncTime(folder: string): number {
  const file = openSync(join(folder, 'fsync'), 'w');
  const page = Buffer.alloc(4_096, 1);
  const times = Array.from({ length: 50 }, () =>
    timed(() => {
      writeSync(file, page);
      fsyncSync(file);
    }),
  );
  closeSync(file);
  return median(times);
}

/** Signed groups that a server process takes in a second over HTTP, each acknowledged by itself. */
export const pushesBench: Bench = {
  name: 'pushes',
  run: async () => {
    const folder = mkdtempSync(join(tmpdir(), 'crossline-bench-'));
    const agent = new Agent({ keepAlive: true, maxSockets: DEVICES });
    const server = await startServerProcess({ CROSSLINE_DATA: folder });
    try {
      const transport = overOpenConnections(server.url, agent);
      const owner = await enrolDevice(transport, server.token ?? '');
      const senders: Sender[] = [];
      for (let i = 0; i < DEVICES; i++) senders.push(await makeSender(transport, owner));
      await sendAll(transport, senders, 0, WARM_UP);
      const start = performance.now();
      await sendAll(transport, senders, WARM_UP, WARM_UP + PUSHES_EACH);
      const seconds = (performance.now() - start) / 1_000;
      const rate = (DEVICES * PUSHES_EACH) / seconds;
      return [
        atLeast('pushes of one signed group, SQLite', rate, '/s', LEAST),
        beside('fsync of one page on this machine', fsyncTime(folder), 'ms'),
      ];
    } finally {
      agent.destroy();
      await server.kill();
      rmSync(folder, { recursive: true, force: true });
    }
  },
};
