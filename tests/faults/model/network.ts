import { transportOver, type Transport } from '#lib/client/sync/transport.ts';
import type { Life } from './life.ts';
import type { Call, Operation } from './operations.ts';
import type { Site } from './site.ts';
import { Broken, type Heard, type Told, type Witness } from './witness.ts';

/** A request that left its phone and has not arrived yet. */
export interface Late {
  readonly path: string;
  readonly init: RequestInit;
}

/** What lies between a phone and the server: it does with each request what the history says. */
export interface Network {
  readonly site: Site;
  readonly witness: Witness;
  readonly late: Late[];
  /** Plays what happens between the server's answer and its arrival. */
  meanwhile(operation: Operation): Promise<void>;
  /** An answer as the server gave it, before anything happens to it; the groups it acknowledges. */
  answered(heard: Omit<Heard, 'acked'>): Promise<readonly string[]>;
}

export interface Wire {
  readonly phone: number;
  readonly told: Told;
  readonly life: Life;
  /** What becomes of the next requests; after them the network is sound. */
  readonly calls: Call[];
}

const SOUND: Call = { fate: 'sound' };
/** Far more than any round of these few records takes. */
const MOST_REQUESTS = 200;

type Fetch = (path: string, init: RequestInit) => Promise<Response>;

/** For one round. */
export const transportOf = (network: Network, wire: Wire): Transport =>
  transportOver(fetchOver(network, wire));

export function fetchOver(network: Network, wire: Wire): Fetch {
  let requests = 0;
  return async (path, init) => {
    try {
      requests += 1;
      if (requests > MOST_REQUESTS) {
        throw new Broken('quiet', `a round of phone ${wire.phone} does not come to an end`);
      }
      return await send(network, wire, path, init);
    } catch (thrown) {
      // For the application this is a network that failed, whatever it was.
      if (thrown instanceof Broken) network.witness.broken ??= thrown;
      throw thrown;
    }
  };
}

async function send(
  network: Network,
  wire: Wire,
  path: string,
  { headers, method, body }: RequestInit,
): Promise<Response> {
  wire.life.step();
  const init: RequestInit = { method: method ?? 'GET', headers: headers ?? {}, body: body ?? null };
  const call = wire.calls.shift() ?? SOUND;
  const answer = await carry(network, call, path, init);
  const text = await answer.text();
  const heard = { phone: wire.phone, path, request: asText(init), text };
  const acked = answer.ok ? await network.answered(heard) : [];
  if (call.meanwhile) await network.meanwhile(call.meanwhile);
  wire.life.step();
  if (answer.ok) network.witness.note(wire.told, { ...heard, acked });
  return new Response(text, { status: answer.status, headers: answer.headers });
}

async function carry(
  network: Network,
  call: Call,
  path: string,
  init: RequestInit,
): Promise<Response> {
  const { site } = network;
  switch (call.fate) {
    case 'lost':
      throw new TypeError('fetch failed');
    case 'late':
      network.late.push({ path, init });
      throw new TypeError('fetch failed');
    case 'answer_lost':
      await site.answer(path, init);
      throw new TypeError('fetch failed');
    case 'crash':
      await site.crashIn(path, init, call);
      throw new TypeError('fetch failed');
    case 'garbage':
      await site.answer(path, init);
      return new Response('<html>502</html>', { status: 502 });
    case 'too_large':
      return new Response('<html>413</html>', { status: 413 });
    case 'cut':
      return site.answer(path, { ...init, body: asText(init).slice(0, -20) || null });
    case 'twice': {
      const answer = await site.answer(path, init);
      await site.answer(path, init);
      return answer;
    }
    case 'sound':
      return site.answer(path, init);
  }
}

const asText = ({ body }: RequestInit): string => (typeof body === 'string' ? body : '');
