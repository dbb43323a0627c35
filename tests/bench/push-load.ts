import { connect, type Socket } from 'node:net';
import { readFileSync } from 'node:fs';
import { toBase64Url } from '#lib/crypto/encoding.ts';
import { randomId } from '#lib/crypto/random.ts';
import { SCHEMA } from '#lib/changes/change.ts';
import { PATHS } from '#lib/protocol/paths.ts';
import type { PushResponse } from '#lib/protocol/wire.ts';
import {
  enrolDevice,
  envelopeOf,
  groupOf,
  type TestDevice,
  type Transport,
} from '../faults/server/device.ts';

/** A device with everything it will send, signed, sealed and written out beforehand. */
export interface Sender {
  readonly requests: readonly Buffer[];
}

/** Requests of one device, each with one group of one change, in the order of their numbers. */
export async function makeSender(device: TestDevice, count: number): Promise<Sender> {
  const requests = await Promise.all(
    Array.from({ length: count }, async (_, index) => {
      const values = { localities: [randomId()], date: '2016-06-29', constraint: 'VIOLENCE' };
      const group = groupOf(device, [{ kind: 'incident', record: randomId(), values }]);
      const body = JSON.stringify({
        epoch: device.enrolled.epoch,
        replica: device.replica,
        from: index + 1,
        envelopes: [toBase64Url(await envelopeOf(device, group))],
        schema: SCHEMA,
      });
      const head = [
        `POST ${PATHS.push} HTTP/1.1`,
        'Host: bench',
        'Content-Type: application/json',
        `Content-Length: ${Buffer.byteLength(body)}`,
        `Authorization: Bearer ${device.enrolled.tokens.full}`,
      ];
      return Buffer.from(`${head.join('\r\n')}\r\n\r\n${body}`);
    }),
  );
  return { requests };
}

/** A device of this role, let in by one that may invite. */
export async function joinAs(
  transport: Transport,
  inviter: TestDevice,
  role: 'logger' | 'observer',
): Promise<TestDevice> {
  const invite = { role, name: 'Bench', days: 1 };
  const { body } = await transport(PATHS.invites, invite, inviter.enrolled.tokens.full);
  return enrolDevice(transport, (body as { token: string }).token);
}

/** Each device sends one group after the other over a connection that stays open, all at once. */
export async function sendAll(
  port: number,
  senders: readonly Sender[],
  from: number,
  to: number,
): Promise<void> {
  await Promise.all(
    senders.map(async ({ requests }) => {
      const line = await openLine(port);
      for (let at = from; at < to; at += 1) {
        const answer = JSON.parse(await line.ask(requests[at] as Buffer)) as PushResponse;
        if (answer.acked !== at + 1 || answer.quarantined.length > 0) {
          throw new Error(`not taken: ${JSON.stringify(answer)}`);
        }
      }
      line.socket.destroy();
    }),
  );
}

interface Line {
  readonly socket: Socket;
  ask(request: Buffer): Promise<string>;
}

/** HTTP as light as can be, because the sender shares the machine: one request, one JSON object. */
function openLine(port: number): Promise<Line> {
  return new Promise((resolve, reject) => {
    let text = '';
    let answered: ((body: string) => void) | undefined;
    const socket = connect(port, '127.0.0.1', () => {
      resolve({
        socket,
        ask: (request) =>
          new Promise((done) => {
            answered = done;
            socket.write(request);
          }),
      });
    });
    socket.setNoDelay(true).setEncoding('utf8');
    socket.on('error', reject);
    socket.on('data', (piece: string) => {
      text += piece;
      const body = text.indexOf('{');
      const isChunked = /\r\ntransfer-encoding: chunked/i.test(text.slice(0, body));
      if (body < 0 || !(isChunked ? text.endsWith('0\r\n\r\n') : text.endsWith('}'))) return;
      const whole = text.slice(body, text.lastIndexOf('}') + 1);
      text = '';
      answered?.(whole);
    });
  });
}

const TICKS_PER_SECOND = 100;

/** Seconds of CPU that a process has used so far, in all its threads. */
export function cpuSeconds(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
}

/** Bytes that a process holds in memory. */
export function memoryOf(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) * 1_024;
}
