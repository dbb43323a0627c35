import {
  createServer,
  request,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

/** What can happen to a request of the protocol on its way. */
export const FAULTS = [
  'lost', // the server never hears of it
  'unanswered', // the server does it, and the answer is lost
  'truncated', // half of the answer comes, and the connection breaks
  'twice', // it reaches the server two times
  'late', // it waits on the way while others overtake it
  'not_ours', // something on the way answers in the server's place
] as const;
type Fault = (typeof FAULTS)[number];

export interface ProxyOptions {
  /** The server's port on this machine. */
  readonly target: number;
  /** Numbers in [0, 1). */
  readonly random: () => number;
  /** Share of the requests that something happens to. */
  readonly share?: number;
  /** Bytes a second in each direction, and milliseconds before each request: 2G is 30,000 and 600. */
  readonly slow?: { readonly bytesPerSecond: number; readonly delayMs: number };
  /** Sees each request of the protocol, and may keep it on the way before it is carried on. */
  readonly watch?: (seen: Seen) => Promise<void> | void;
}

export interface Seen {
  readonly path: string;
  readonly token: string | undefined;
  readonly body: string;
  /** Whoever sent it has an answer, or no longer waits for one. */
  readonly closed: Promise<void>;
}

/**
 * A bad network between browsers and a server: a proxy that cuts, delays, doubles and truncates the
 * requests of the protocol (the pages themselves pass), by a seeded choice. `heal` ends the faults.
 */
export class FaultProxy {
  readonly counts = new Map<Fault, number>();
  readonly #options: ProxyOptions;
  readonly #server: Server;
  #isHealed = false;

  constructor(options: ProxyOptions) {
    this.#options = options;
    this.#server = createServer((incoming, outgoing) => {
      this.#carry(incoming, outgoing).catch(() => outgoing.destroy());
    });
  }

  async start(): Promise<this> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return this;
  }

  get url(): string {
    return `http://localhost:${(this.#server.address() as AddressInfo).port}`;
  }

  heal(): void {
    this.#isHealed = true;
  }

  stop(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  #choose(path: string): Fault | undefined {
    const { random, share = 0 } = this.#options;
    if (this.#isHealed || !path.startsWith('/api/') || random() >= share) return undefined;
    const fault = FAULTS[Math.floor(random() * FAULTS.length)];
    if (fault) this.counts.set(fault, (this.counts.get(fault) ?? 0) + 1);
    return fault;
  }

  async #carry(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const { random } = this.#options;
    const path = incoming.url ?? '/';
    const slow = path.startsWith('/api/') ? this.#options.slow : undefined;
    const fault = this.#choose(path);
    const body = Buffer.concat(await incoming.toArray());
    if (slow) await wait(slow.delayMs + (body.length / slow.bytesPerSecond) * 1_000);
    if (path.startsWith('/api/')) await this.#options.watch?.(seenOf(incoming, outgoing, body));
    if (fault === 'lost') return void outgoing.destroy();
    if (fault === 'not_ours') {
      return void outgoing
        .writeHead(502, { 'content-type': 'text/html' })
        .end('<h1>Bad gateway</h1>');
    }
    if (fault === 'late') await wait(random() * 3_000);
    if (fault === 'twice') (await this.#ask(incoming, body)).resume();
    const answer = await this.#ask(incoming, body);
    if (fault === 'unanswered') {
      answer.resume();
      await new Promise((resolve) => answer.once('close', resolve).once('end', resolve));
      return void outgoing.destroy();
    }
    outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
    outgoing.once('close', () => answer.destroy());
    answer.once('error', () => outgoing.destroy());
    if (fault === 'truncated') {
      const first = (await answer[Symbol.asyncIterator]().next()) as IteratorResult<Buffer>;
      const piece = first.done ? Buffer.alloc(0) : first.value;
      outgoing.write(piece.subarray(0, piece.length / 2), () => outgoing.destroy());
      return;
    }
    if (!slow) return void answer.pipe(outgoing);
    for await (const piece of answer as AsyncIterable<Buffer>) {
      await wait((piece.length / slow.bytesPerSecond) * 1_000);
      outgoing.write(piece);
    }
    outgoing.end();
  }

  #ask(incoming: IncomingMessage, body: Buffer): Promise<IncomingMessage> {
    const { url, method, headers } = incoming;
    return new Promise((resolve, reject) => {
      const port = this.#options.target;
      const asked = request({ host: '127.0.0.1', port, path: url, method, headers }, resolve);
      asked.once('error', reject);
      asked.end(body);
    });
  }
}

function seenOf(incoming: IncomingMessage, outgoing: ServerResponse, body: Buffer): Seen {
  return {
    path: incoming.url ?? '/',
    token: incoming.headers.authorization?.replace('Bearer ', ''),
    body: body.toString(),
    closed: new Promise((resolve) => outgoing.once('close', resolve)),
  };
}
