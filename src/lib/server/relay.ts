import { err, ok, type Result } from '#lib/domain/result.ts';
import type { QuarantineCode } from '#lib/protocol/codes.ts';
import type { RelayFile } from '#lib/protocol/relay-file.ts';
import type { ServerKeys } from './keys.ts';
import { deviceKeys, findSigner } from './people/signers.ts';
import { inPieces, rowsFor } from './store/rows.ts';
import type { GroupState } from './store/schema.ts';
import type { Store } from './store/store.ts';
import { commitPushes, type CommitRules } from './sync/commit.ts';
import type { Incoming } from './sync/incoming.ts';
import { judgeSigned, openAlone } from './sync/open-envelopes.ts';

/** An envelope of the file that says nothing to this server, by its place (from 1) and why. */
export interface UnsoundEnvelope {
  readonly place: number;
  readonly code: QuarantineCode;
}

export interface RelayError {
  readonly type: 'unsound_envelopes';
  readonly unsound: readonly UnsoundEnvelope[];
}

export interface RelayResult {
  /** Groups that came with this file. */
  readonly stored: number;
  /** Groups that had come before, with this file or another way. */
  readonly known: number;
  /** They wait for what they build on (S9). */
  readonly held: number;
  /** Set aside for review, as if the device itself had sent them. */
  readonly quarantined: readonly { readonly id: string; readonly code: QuarantineCode }[];
  /** Left out, where that was asked for. */
  readonly unsound: readonly UnsoundEnvelope[];
}

export interface RelayOptions extends CommitRules {
  /** Takes what is sound where something is not; otherwise nothing of such a file is taken. */
  readonly skipsUnsound?: boolean;
}

/** Groups in one transaction: a server beside the command line must not wait long for the lock. */
const GROUPS_AT_ONCE = 100;

/** What makes an envelope nobody's: not sealed to this store, not whole, or not of a device it knows. */
const UNSOUND: ReadonlySet<QuarantineCode> = new Set([
  'envelope_unreadable',
  'group_unreadable',
  'signature_wrong',
  'device_unknown',
]);

/**
 * Takes what waits on a device out of the file in which it was carried, on the way of a push by
 * another carrier: the signature proves who wrote it, what came before is stored once, and what its
 * author may not do is set aside. All envelopes are looked at before anything is stored.
 */
export async function relay(
  store: Store,
  keys: ServerKeys,
  { envelopes }: RelayFile,
  options: RelayOptions,
): Promise<Result<RelayResult, RelayError>> {
  const read = createReader(store, keys);
  const unsound: UnsoundEnvelope[] = [];
  const sound: string[] = [];
  // Opened twice, and held never: together they may be larger than the memory.
  for (const [index, { envelope }] of envelopes.entries()) {
    const { incoming } = await read(envelope);
    const isUnsound = incoming.verdict === 'refused' && UNSOUND.has(incoming.code);
    if (isUnsound) unsound.push({ place: index + 1, code: incoming.code });
    else sound.push(envelope);
  }
  if (unsound.length > 0 && !options.skipsUnsound)
    return err({ type: 'unsound_envelopes', unsound });
  let [stored, known] = [0, 0];
  const quarantined: { id: string; code: QuarantineCode }[] = [];
  const came = new Map<string, Set<string>>();
  for (const piece of inPieces(sound, GROUPS_AT_ONCE)) {
    const opened = await Promise.all(piece.map(read));
    for (const [operation, own] of Map.groupBy(opened, (one) => one.operation)) {
      const ids = new Set(own.map(({ incoming }) => incoming.id));
      const before = (await statesOf(store, operation, ids)).length;
      const devices = Map.groupBy(own, ({ device }) => device);
      const pushes = [...devices].map(([carrier, brought]) => ({
        operation,
        carrier,
        numbering: null,
        incoming: brought.map(({ incoming }) => incoming),
      }));
      for (const { refused } of await commitPushes(store, pushes, options)) {
        quarantined.push(...refused.map(({ id, code }) => ({ id, code })));
      }
      known += own.length - ids.size + before;
      stored += ids.size - before;
      came.set(operation, (came.get(operation) ?? new Set()).union(ids));
    }
  }
  let held = 0;
  for (const [operation, ids] of came) {
    held += (await statesOf(store, operation, ids)).filter((state) => state === 'held').length;
  }
  return ok({ stored, known, held, quarantined, unsound });
}

async function statesOf(
  store: Store,
  operation: string,
  ids: ReadonlySet<string>,
): Promise<readonly GroupState[]> {
  const rows = await rowsFor(ids, (piece) =>
    store.db
      .selectFrom('groups')
      .select(['id', 'state'])
      .where('operation', '=', operation)
      .where('id', 'in', piece)
      .execute(),
  );
  return rows.map(({ state }) => state);
}

interface Carried {
  readonly operation: string;
  readonly device: string;
  readonly incoming: Incoming;
}

function createReader(store: Store, keys: ServerKeys): (envelope: string) => Promise<Carried> {
  const { verify } = deviceKeys();
  return async (envelope) => {
    const opened = openAlone(envelope, keys.open);
    if (opened.verdict !== 'foreign') return { operation: '', device: '', incoming: opened };
    const { operation, device } = opened.group;
    const signer = await findSigner(store.db, operation, device);
    return { operation, device, incoming: judgeSigned(opened, signer, verify) };
  };
}
