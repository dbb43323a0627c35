import { Agent, createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What stands before several server processes: each request goes to the next of them. */
export interface RoundRobin {
  readonly url: string;
  /** Requests that went to each target. */
  readonly served: readonly number[];
  /** A process that was started again, at another port. */
  replace(index: number, port: number): void;
  close(): void;
}

/**
 * A plain one: it knows nothing of what it carries. A target that takes no connection is passed
 * over; one that dies while it answers takes the connection with it, and the device asks again.
 */
export async function startRoundRobin(ports: readonly number[]): Promise<RoundRobin> {
  const targets = [...ports];
  const served = ports.map(() => 0);
  const agent = new Agent({ keepAlive: true });
  let turn = 0;

  function forward(
    incoming: IncomingMessage,
    body: Buffer,
    outgoing: ServerResponse,
    triesLeft: number,
  ): void {
    const index = turn++ % targets.length;
    const upstream = request(
      {
        host: '127.0.0.1',
        port: targets[index],
        path: incoming.url,
        method: incoming.method,
        headers: incoming.headers,
        agent,
      },
      (answer) => {
        served[index] = (served[index] ?? 0) + 1;
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(outgoing);
        answer.on('error', () => outgoing.destroy());
      },
    );
    upstream.on('error', (error: NodeJS.ErrnoException) => {
      const isAway = error.code === 'ECONNREFUSED';
      if (isAway && triesLeft > 0) forward(incoming, body, outgoing, triesLeft - 1);
      else outgoing.destroy();
    });
    outgoing.once('close', () => upstream.destroy());
    upstream.end(body);
  }

  const proxy = createServer((incoming, outgoing) => {
    const parts: Buffer[] = [];
    incoming.on('data', (part: Buffer) => parts.push(part));
    incoming.on('error', () => outgoing.destroy());
    incoming.on('end', () => {
      forward(incoming, Buffer.concat(parts), outgoing, targets.length - 1);
    });
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`,
    served,
    replace: (index, port) => {
      targets[index] = port;
    },
    close: () => {
      agent.destroy();
      proxy.closeAllConnections();
      proxy.close();
    },
  };
}
