import { fromBase64Url } from '#lib/crypto/encoding.ts';
import { ok, type Result } from '#lib/domain/result.ts';
import type { PushRequest, PushResponse } from '#lib/protocol/wire.ts';
import type { Clock } from '../clock.ts';
import type { ServerKeys } from '../keys.ts';
import { adoptDevices } from '../people/adopt.ts';
import { findSigner, type DeviceKeys } from '../people/signers.ts';
import type { Caller } from '../people/tokens.ts';
import type { Store } from '../store/store.ts';
import type { Committer } from './committer.ts';
import type { Push, PushOutcome } from './incoming.ts';
import { openEnvelopes } from './open-envelopes.ts';
import { pull } from './pull.ts';

/** What pushing takes: the same objects for every request. */
export interface PushContext {
  readonly store: Store;
  readonly keys: ServerKeys;
  readonly devices: DeviceKeys;
  readonly committer: Committer;
  readonly clock: Clock;
}

/**
 * Takes what a device sends, and gives it what it lacks: one round trip. Answered when everything
 * is on disk. A push-only token sends and gets nothing back but what became of its envelopes.
 */
export async function push(
  context: PushContext,
  caller: Caller,
  request: PushRequest,
): Promise<Result<PushResponse, 'too_large'>> {
  const { store, keys } = context;
  if (request.certificates && request.certificates.length > 0) {
    const { certificates } = request;
    await adoptDevices(store, keys, caller.operation, certificates, context.clock());
  }
  const committed: Result<PushOutcome, 'too_large'> =
    request.envelopes.length === 0
      ? ok({ type: 'acked', n: request.from - 1, refused: [], held: [] })
      : await context.committer.commit(() => openPush(context, caller, request));
  if (!committed.ok) return committed;
  const outcome = committed.value;
  const now = context.clock();
  const mayPull = caller.scope === 'full' && !caller.isRevoked;
  const wanted = mayPull ? request.cursors : undefined;
  const pulled = wanted
    ? await pull(store.db, caller, { epoch: request.epoch, cursors: wanted }, now)
    : undefined;
  return ok({
    ...numbers(outcome),
    quarantined: [...outcome.refused],
    held: [...outcome.held],
    ...(pulled ? { pulled } : {}),
    serverTime: new Date(now).toISOString(),
  });
}

async function openPush(
  context: PushContext,
  caller: Caller,
  request: PushRequest,
): Promise<Result<Push, 'too_large'>> {
  const { operation, device } = caller;
  const envelopes = request.envelopes.map((text) => fromBase64Url(text) ?? new Uint8Array(0));
  const incoming = await openEnvelopes(envelopes, {
    operation,
    keys: context.keys,
    verify: context.devices.verify,
    signer: (id) =>
      id === device ? Promise.resolve(caller) : findSigner(context.store.db, operation, id),
  });
  if (!incoming.ok) return incoming;
  const numbering = { replica: request.replica, from: request.from };
  return ok({ operation, carrier: device, numbering, incoming: incoming.value });
}

function numbers(outcome: PushOutcome): Pick<PushResponse, 'acked' | 'gap' | 'fork'> {
  switch (outcome.type) {
    case 'acked':
      return { acked: outcome.n };
    case 'gap':
      return { gap: outcome.last };
    case 'fork':
      return { fork: outcome.n };
  }
}
