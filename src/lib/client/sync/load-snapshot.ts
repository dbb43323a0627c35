import { fromBase64Url, toBase64Url, toUtf8 } from '#lib/crypto/encoding.ts';
import { verify } from '#lib/crypto/signatures.ts';
import { PATHS, SCHEMA } from '#lib/protocol/paths.ts';
import { decodeSnapshotPart, snapshotBytes } from '#lib/protocol/snapshot-codec.ts';
import { snapshotResponse, type SnapshotManifest } from '#lib/protocol/wire-records.ts';
import { readLoading, takePart, type Loading } from '../db/snapshot-rows.ts';
import { refusal, type RoundOutcome } from './outcome.ts';
import type { Party } from './round.ts';

/** Whom to believe about what was before this device came: docs/adr/0055-snapshots.md. */
export interface SnapshotTrust {
  readonly operation: string;
  /** The server's public point, base64url, as this device's certificate names it. */
  readonly point: string;
}

/** Of how many records how many are here. */
export interface Progress {
  readonly done: number;
  readonly total: number;
}

/** `none`: there is nothing to load, and pulling starts at the beginning. */
export type Loaded = 'none' | 'more' | 'done' | RoundOutcome;

/** Loads the next part of the snapshot with which a new device begins. */
export async function loadPart(party: Party): Promise<Loaded> {
  const loading = (await readLoading<SnapshotManifest>(party.store)) ?? (await begin(party));
  if (!loading || 'type' in loading) return loading ?? 'none';
  const { manifest, done } = loading;
  const part = manifest.parts[done];
  if (!part) return 'none';
  party.onProgress?.(progressOf(loading));
  const { transport, fullToken, signal } = party;
  const request = { snapshot: manifest.id, part: done };
  const answered = await transport.text(PATHS.snapshotPart, fullToken, request, signal);
  if (signal?.aborted) return { type: 'offline' };
  if (answered.type === 'refused' && answered.code === 'not_found')
    return begun(await begin(party));
  if (answered.type !== 'answer') return refusal(answered);
  const text = answered.body;
  const digest = await crypto.subtle.digest('SHA-256', toUtf8(text));
  const read = decodeSnapshotPart(text);
  // Damaged on the way: asked for again with the next round.
  if (toBase64Url(new Uint8Array(digest)) !== part.sha256 || !read.ok) return { type: 'offline' };
  const next = { ...loading, done: done + 1 };
  const isLast = next.done === manifest.parts.length;
  const { log, movements } = manifest.cursors;
  const cursors = [
    ...(log ? [{ stream: 'log' as const, ...log }] : []),
    ...(movements ? [{ stream: 'movements' as const, ...movements }] : []),
  ];
  const taken = await takePart(party.store, {
    states: read.value,
    loading: next,
    cursors: isLast ? cursors : undefined,
  });
  if (!taken.ok) return { type: 'storage', reason: taken.error.reason };
  party.onProgress?.(isLast ? undefined : progressOf(next));
  return isLast ? 'done' : 'more';
}

/** Asks for a snapshot; undefined where there is none, or none that can be believed. */
async function begin(party: Party): Promise<Loading<SnapshotManifest> | RoundOutcome | undefined> {
  const { transport, fullToken, signal, trust, store } = party;
  if (!trust) return undefined;
  const request = { schema: SCHEMA };
  const answered = await transport.post(
    PATHS.snapshot,
    fullToken,
    request,
    snapshotResponse,
    signal,
  );
  if (signal?.aborted) return { type: 'offline' };
  if (answered.type === 'refused' && answered.code === 'not_found') return undefined;
  if (answered.type !== 'answer') return refusal(answered);
  const { snapshot, epoch } = answered.body;
  if (!snapshot || !(await isSigned(snapshot, trust))) return undefined;
  // Of another past than this device knows: pulling finds that out, and rewinds.
  const transportRow = await store.db.transport.get('transport');
  if (epoch !== transportRow?.epoch) return undefined;
  const loading = { manifest: snapshot, done: 0, found: [] };
  const noted = await takePart(store, { states: [], loading, cursors: undefined });
  return noted.ok ? loading : { type: 'storage', reason: noted.error.reason };
}

function begun(began: Awaited<ReturnType<typeof begin>>): Loaded {
  if (!began) return 'none';
  return 'type' in began ? began : 'more';
}

async function isSigned(manifest: SnapshotManifest, trust: SnapshotTrust): Promise<boolean> {
  const [point = '', text = ''] = manifest.signature.split('.');
  const [key, signature] = [fromBase64Url(point), fromBase64Url(text)];
  if (point !== trust.point || !key || !signature) return false;
  return verify(key, signature, snapshotBytes(trust.operation, manifest));
}

function progressOf({ manifest, done }: Loading<SnapshotManifest>): Progress {
  const here = manifest.parts.slice(0, done).reduce((sum, part) => sum + part.records, 0);
  return { done: here, total: manifest.records };
}
