import { connect, type Socket } from 'node:net';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { randomId } from '#lib/crypto/random.ts';
import { PATHS } from '#lib/protocol/paths.ts';
import { enrolDevice, groupOf, overHttp, pushGroups } from '../faults/server/device.ts';
import { startServerProcess } from '../faults/server/server-process.ts';
import { atMost, type Bench } from './measure.ts';
import { joinAs, memoryOf } from './push-load.ts';

const STREAMS = 2_000;
/** Streams that one device opens here; each is a connection of its own all the same. */
const PER_DEVICE = 20;
const ROUNDS = 5;
const MEGABYTE = 1_048_576;

interface Listener {
  readonly socket: Socket;
  /** Pokes heard so far. */
  heard: number;
}

/** Opens a poke stream and waits for its first line, which every stream begins with. */
function listen(port: number, token: string): Promise<Listener> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.write(
        `GET ${PATHS.poke} HTTP/1.1\r\nHost: bench\r\nAuthorization: Bearer ${token}\r\n\r\n`,
      );
    });
    const listener: Listener = { socket, heard: 0 };
    socket.setEncoding('utf8').on('error', reject);
    socket.on('data', (piece: string) => {
      const pokes = piece.split('"more":true').length - 1;
      listener.heard += pokes;
      if (pokes > 0 && listener.heard === pokes) resolve(listener);
    });
  });
}

async function untilAll(listeners: readonly Listener[], before: readonly number[]): Promise<void> {
  while (listeners.some((listener, index) => listener.heard <= (before[index] ?? 0))) {
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}

/** 2,000 phones that listen: what they cost the server, and how long until all have heard. */
export const pokesBench: Bench = {
  name: 'pokes',
  run: async () => {
    const folder = mkdtempSync(join(tmpdir(), 'crossline-bench-'));
    const server = await startServerProcess({ CROSSLINE_DATA: folder });
    const listeners: Listener[] = [];
    try {
      const http = overHttp(server.url);
      const owner = await enrolDevice(http, server.token ?? '');
      for (let i = 0; i < STREAMS; i += PER_DEVICE) {
        const device = await joinAs(http, owner, 'observer');
        const opened = Array.from({ length: PER_DEVICE }, () =>
          listen(server.port, device.enrolled.tokens.full),
        );
        listeners.push(...(await Promise.all(opened)));
      }
      let slowest = 0;
      let memory = memoryOf(server.pid);
      for (let round = 0; round < ROUNDS; round += 1) {
        const before = listeners.map((listener) => listener.heard);
        const place = { kind: 'locality', record: randomId(), values: { name: 'Arbin' } };
        const start = performance.now();
        await pushGroups(http, owner, [groupOf(owner, [place])]);
        await untilAll(listeners, before);
        slowest = Math.max(slowest, performance.now() - start);
        memory = Math.max(memory, memoryOf(server.pid));
      }
      return [
        atMost(
          `memory of the server with ${STREAMS} open poke streams`,
          memory / MEGABYTE,
          'MB',
          300,
        ),
        atMost('from a push until all of them are poked', slowest / 1_000, 's', 1),
      ];
    } finally {
      for (const { socket } of listeners) socket.destroy();
      await server.kill();
      rmSync(folder, { recursive: true, force: true });
    }
  },
};
