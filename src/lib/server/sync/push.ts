import { ok, type Result } from '#lib/domain/result.ts';
import type { PushRequest, PushResponse } from '#lib/protocol/wire.ts';
import type { Clock } from '../clock.ts';
import type { ServerKeys } from '../keys.ts';
import { adoptDevices } from '../people/adopt.ts';
import { noteFork } from '../people/copies.ts';
import { findSigner, type DeviceKeys, type Signer } from '../people/signers.ts';
import type { Caller } from '../people/tokens.ts';
import type { Store } from '../store/store.ts';
import type { Committer } from './committer.ts';
import type { Incoming, Push, PushOutcome } from './incoming.ts';
import { judgeSigned } from './open-envelopes.ts';
import type { Openers } from './openers.ts';
import { pull } from './pull.ts';

/** What pushing takes: the same objects for every request. */
export interface PushContext {
  readonly store: Store;
  readonly keys: ServerKeys;
  readonly devices: DeviceKeys;
  readonly openers: Openers;
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
  if (outcome.type === 'fork') await noteFork(store, caller, outcome.n, context.clock());
  const now = context.clock();
  const mayPull = caller.scope === 'full' && !caller.isRevoked;
  const wanted = mayPull ? request.cursors : undefined;
  const pulled = wanted
    ? await pull(context, caller, { epoch: request.epoch, cursors: wanted }, now)
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
  const { envelopes } = request;
  const carrier = signerOf(caller);
  const opened = await context.openers.open({ operation, carrier, envelopes });
  if (!opened.ok) return opened;
  const incoming: Incoming[] = [];
  for (const one of opened.value) {
    if (one.verdict !== 'foreign') incoming.push(one);
    else {
      const signer = await findSigner(context.store.db, operation, one.group.device);
      incoming.push(judgeSigned(one, signer, context.devices.verify));
    }
  }
  const numbering = { replica: request.replica, from: request.from };
  return ok({ operation, carrier: device, numbering, incoming });
}

/** Of the caller what another thread may know. */
function signerOf({ device, member, role, signKey, isRevoked }: Caller): Signer {
  return { device, member, role, signKey, isRevoked };
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
