import { concatBytes, fromBase64Url, toBase64Url, toUtf8 } from '#lib/crypto/encoding.ts';
import { openEnvelope, sealingKeyId } from '#lib/crypto/envelope.ts';
import { decompress } from '#lib/crypto/compress.ts';
import { randomId, randomShortId } from '#lib/crypto/random.ts';
import type { Group, Stream } from '#lib/changes/change.ts';
import { DICTIONARY } from '#lib/protocol/dictionary.ts';
import { decodeGroup } from '#lib/protocol/group-codec.ts';
import { LIMITS } from '#lib/protocol/limits.ts';
import { PATHS } from '#lib/protocol/paths.ts';
import type { Role } from '#lib/protocol/roles.ts';
import type { Certificate } from '#lib/protocol/wire-values.ts';
import type { Cursors, PullResponse, PushRequest, PushResponse } from '#lib/protocol/wire.ts';
import type { MemorySnapshot } from './memory-snapshot.ts';
import type { Answered, Transport } from '#lib/client/sync/transport.ts';

/** A server in memory that speaks the real protocol to one operation, and can fail as real ones do. */
export class MemoryServer {
  epoch = randomShortId();
  readonly stored = new Map<string, { group: Group; signed: Uint8Array }>();
  readonly published: Record<Stream, string[]> = { log: [], movements: [] };
  readonly slots = new Map<string, Map<number, string>>();
  readonly refuses = new Set<string>();
  /** What the people behind its devices are; absent: it does not say. */
  role: Role | undefined;
  /** Streams that its devices may no longer read. */
  readonly gone = new Set<Stream>();
  /** What it gives in the place of these groups, as a server of a newer version would. */
  readonly given = new Map<string, Uint8Array>();
  readonly requests: { path: string; body: PushRequest }[] = [];
  /** What new devices begin with; absent: they pull everything. */
  snapshot: MemorySnapshot | undefined;
  /** What it certified of its devices. */
  certificates: Certificate[] = [];
  pageSize = 100;
  isOffline = false;
  /** Takes the push, and dies before the answer. */
  losesAnswers = false;
  readonly #pokes = new Set<() => void>();
  #keys: { id: string; publicKey: Uint8Array<ArrayBuffer>; privateKey: CryptoKey } | undefined;

  async start(): Promise<{ id: string; public: string }> {
    const pair = await crypto.subtle.generateKey({ name: 'ECDH', namedCurve: 'P-256' }, false, [
      'deriveBits',
    ]);
    const publicKey = new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey));
    const id = await sealingKeyId(publicKey);
    this.#keys = { id, publicKey, privateKey: pair.privateKey };
    return { id, public: toBase64Url(publicKey) };
  }

  readonly transport: Transport = {
    post: async <T>(path: string, _token: string | undefined, body: unknown) =>
      (await this.answer(path, body)) as Answered<T>,
    get: <T>(path: string) =>
      Promise.resolve(
        path === PATHS.people
          ? ({
              type: 'answer',
              body: { people: [], devices: [], certificates: this.certificates } as T,
            } as const)
          : ({ type: 'offline' } as const),
      ),
    bytes: (_path, _token, body) => {
      if (this.isOffline) return Promise.resolve({ type: 'offline' } as const);
      const text = this.snapshot?.parts[(body as { part: number }).part];
      return Promise.resolve(
        text === undefined
          ? ({ type: 'refused', code: 'not_found' } as const)
          : ({ type: 'answer', body: toUtf8(text) } as const),
      );
    },
    poke: (_path, _token, signal, onMore) =>
      new Promise((_resolve, reject) => {
        if (this.isOffline) return reject(new Error('offline'));
        this.#pokes.add(onMore);
        onMore();
        signal.addEventListener('abort', () => {
          this.#pokes.delete(onMore);
          reject(new Error('aborted'));
        });
      }),
  };

  async answer(path: string, body: unknown): Promise<Answered<unknown>> {
    if (this.isOffline) return { type: 'offline' };
    if (path === PATHS.enrol) {
      const body = this.#enrol();
      return this.losesAnswers ? { type: 'offline' } : { type: 'answer', body };
    }
    if (path === PATHS.snapshot) {
      const snapshot = this.snapshot?.manifest ?? null;
      const { epoch } = this;
      const serverTime = new Date().toISOString();
      return { type: 'answer', body: { epoch, snapshot, wait: null, serverTime } };
    }
    const request = body as PushRequest;
    this.requests.push({ path, body: request });
    if (path === PATHS.pull) {
      return { type: 'answer', body: this.#pull(request.epoch, request.cursors ?? {}) };
    }
    const answer = await this.#push(request);
    if (this.losesAnswers) return { type: 'offline' };
    return { type: 'answer', body: answer };
  }

  /** As after a restore from an older backup: the last groups and their slots are gone. */
  loseTail(count: number): void {
    for (const id of this.published.log.splice(-count)) this.stored.delete(id);
    this.slots.clear();
    this.epoch = randomShortId();
  }

  #enrol(): unknown {
    const { id = '', publicKey = new Uint8Array() } = this.#keys ?? {};
    return {
      device: randomId(),
      member: randomId(),
      role: 'coordinator',
      name: 'Test',
      operation: 'op',
      operationName: 'Operation',
      epoch: this.epoch,
      streams: ['log', 'movements'],
      serverKeys: [{ id, public: toBase64Url(publicKey) }],
      tokens: { full: randomId(), push: randomId() },
      certificate: '',
      serverTime: new Date().toISOString(),
    };
  }

  async #push(request: PushRequest): Promise<PushResponse> {
    const numbers = this.slots.get(request.replica) ?? new Map<number, string>();
    const last = Math.max(0, ...numbers.keys());
    const serverTime = new Date().toISOString();
    const quarantined: PushResponse['quarantined'] = [];
    if (request.from > last + 1) return { gap: last, quarantined, held: [], serverTime };
    let n = request.from - 1;
    for (const text of request.envelopes) {
      n += 1;
      const opened = await this.#open(text);
      const { group } = opened;
      const taken = numbers.get(n);
      if (taken !== undefined && taken !== group.id) {
        return { fork: n, quarantined, held: [], serverTime };
      }
      numbers.set(n, group.id);
      this.slots.set(request.replica, numbers);
      if (this.refuses.has(group.id)) quarantined.push({ id: group.id, n, code: 'not_allowed' });
      else if (!this.stored.has(group.id)) {
        this.stored.set(group.id, opened);
        this.published[group.stream].push(group.id);
      }
    }
    for (const poke of this.#pokes) poke();
    const pulled = request.cursors && this.#pull(request.epoch, request.cursors);
    return { acked: n, quarantined, held: [], ...(pulled ? { pulled } : {}), serverTime };
  }

  #pull(_epoch: string, cursors: Cursors): PullResponse {
    const answer: PullResponse = {
      epoch: this.epoch,
      streams: {},
      gone: [],
      rewind: [],
      ...(this.role ? { role: this.role } : {}),
      serverTime: new Date().toISOString(),
    };
    for (const stream of ['log', 'movements'] as const) {
      const ids = this.published[stream];
      if (this.gone.has(stream)) {
        if (cursors[stream]) answer.gone.push(stream);
        continue;
      }
      const { seq, id } = cursors[stream] ?? { seq: 0, id: '' };
      if (seq > 0 && ids[seq - 1] !== id) {
        answer.rewind.push(stream);
        continue;
      }
      const page = ids.slice(seq, seq + this.pageSize);
      const at = seq + page.length;
      answer.streams[stream] = {
        groups: page.map((one) => toBase64Url(this.given.get(one) ?? this.stored.get(one)!.signed)),
        cursor: { seq: at, id: at === 0 ? '' : ids[at - 1]! },
        more: at < ids.length,
      };
    }
    return answer;
  }

  async #open(text: string): Promise<{ group: Group; signed: Uint8Array }> {
    const opened = await openEnvelope(
      (id) => (id === this.#keys?.id ? this.#keys.privateKey : undefined),
      fromBase64Url(text)!,
    );
    if (!opened.ok) throw new Error('an envelope that the server cannot open');
    const bytes = decompress(opened.value.subarray(64), DICTIONARY, LIMITS.groupBytes)!;
    const group = decodeGroup(bytes);
    if (!group.ok) throw new Error(group.error.reason);
    return { group: group.value, signed: concatBytes(opened.value.subarray(0, 64), bytes) };
  }
}
