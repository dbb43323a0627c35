import { fromBase64Url, toBase64Url } from '#lib/crypto/encoding.ts';
import { verify } from '#lib/crypto/signatures.ts';
import { SCHEMA } from '#lib/changes/change.ts';
import { PATHS } from '#lib/protocol/paths.ts';
import {
  decodeSnapshotPage,
  isReadable,
  schemaOf,
  SNAPSHOT_FORMAT,
  snapshotBytes,
  splitSnapshotPart,
} from '#lib/protocol/snapshot-codec.ts';
import { snapshotResponse, type SnapshotManifest } from '#lib/protocol/wire-records.ts';
import type { CursorRow } from '../db/database.ts';
import {
  readLoading,
  sealSentPage,
  takeParts,
  type Loading,
  type SentPage,
} from '../db/snapshot-rows.ts';
import { refusal, type RoundOutcome } from './outcome.ts';
import { PartsAhead } from './parts-ahead.ts';
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
export type Loaded = 'none' | 'done' | RoundOutcome;

/** Pages of a part that are decoded in one go. */
const SEALED_AT_ONCE = 4;
/** Snapshots that a server may replace while one is being loaded. */
const MOST_SNAPSHOTS = 5;

/**
 * Loads the snapshot with which a new device begins, or goes on with it. `between` runs whenever more
 * of it has been written: what is logged meanwhile goes out then.
 */
export async function loadSnapshot(party: Party, between: () => Promise<void>): Promise<Loaded> {
  let loading: Loading<SnapshotManifest> | RoundOutcome | undefined =
    await readLoading<SnapshotManifest>(party.store);
  // Begun before the application was updated.
  if (loading && !isOfToday(loading.manifest)) loading = undefined;
  for (let tries = 0; tries < MOST_SNAPSHOTS; tries++) {
    loading ??= await begin(party);
    if (!loading) return 'none';
    if ('type' in loading) return loading;
    const loaded = await loadParts(party, loading, between);
    if (loaded !== 'replaced') return loaded;
    loading = undefined;
  }
  return 'none';
}

/** A part that is here and sealed, or why it is not. */
type Fetched =
  | { readonly type: 'part'; readonly pages: readonly SentPage[] }
  | { readonly type: 'replaced' }
  | { readonly type: 'failed'; readonly outcome: RoundOutcome };

/**
 * What is here when the last write has ended is written with the next, so that few are where the
 * network is slow, and the disk is waited for less often where it is not.
 */
async function loadParts(
  party: Party,
  begun: Loading<SnapshotManifest>,
  between: () => Promise<void>,
): Promise<Loaded | 'replaced'> {
  const { manifest } = begun;
  const { length } = manifest.parts;
  const ahead = new PartsAhead(begun.done, length, (part) => fetchPart(party, manifest, part));
  let loading = begun;
  party.onProgress?.(progressOf(loading));
  try {
    while (loading.done < length) {
      const { parts, ended } = untilOneIsMissing(await ahead.take());
      if (parts.length > 0) {
        loading = { ...loading, done: loading.done + parts.length };
        const isLast = loading.done === length;
        const taken = await takeParts(party.store, {
          pages: parts.flat(),
          loading,
          cursors: isLast ? cursorsOf(manifest) : undefined,
        });
        if (!taken.ok) return { type: 'storage', reason: taken.error.reason };
        party.onProgress?.(isLast ? undefined : progressOf(loading));
        if (!isLast) await between();
      }
      if (party.signal?.aborted) return { type: 'offline' };
      if (ended) return ended.type === 'replaced' ? 'replaced' : ended.outcome;
    }
  } finally {
    ahead.stop();
  }
  return loading.done > begun.done ? 'done' : 'none';
}

function untilOneIsMissing(fetched: readonly Fetched[]): {
  readonly parts: readonly (readonly SentPage[])[];
  readonly ended: Exclude<Fetched, { readonly type: 'part' }> | undefined;
} {
  const parts: (readonly SentPage[])[] = [];
  for (const one of fetched) {
    if (one.type !== 'part') return { parts, ended: one };
    parts.push(one.pages);
  }
  return { parts, ended: undefined };
}

async function fetchPart(
  { transport, fullToken, signal, store }: Party,
  manifest: SnapshotManifest,
  part: number,
): Promise<Fetched> {
  const request = { snapshot: manifest.id, part };
  const answered = await transport.bytes(PATHS.snapshotPart, fullToken, request, signal);
  const offline = { type: 'failed', outcome: { type: 'offline' } } as const;
  if (signal?.aborted) return offline;
  if (answered.type === 'refused' && answered.code === 'not_found') return { type: 'replaced' };
  if (answered.type !== 'answer') return { type: 'failed', outcome: refusal(answered) };
  const digest = await crypto.subtle.digest('SHA-256', answered.body);
  // Damaged on the way: asked for again with the next round.
  if (toBase64Url(new Uint8Array(digest)) !== manifest.parts[part]?.sha256) return offline;
  const sealing: Promise<SentPage>[] = [];
  for (const sent of splitSnapshotPart(answered.body)) {
    const read = decodeSnapshotPage(sent);
    if (!read.ok) return offline;
    sealing.push(sealSentPage(store, sent, read.value));
    // So many at once, then the screen gets its turn.
    await sealing.at(-SEALED_AT_ONCE);
  }
  return { type: 'part', pages: await Promise.all(sealing) };
}

function cursorsOf({ cursors: { log, movements } }: SnapshotManifest): CursorRow[] {
  return [
    ...(log ? [{ stream: 'log' as const, ...log }] : []),
    ...(movements ? [{ stream: 'movements' as const, ...movements }] : []),
  ];
}

/** Asks for a snapshot; undefined where there is none, or none that can be believed. */
async function begin(party: Party): Promise<Loading<SnapshotManifest> | RoundOutcome | undefined> {
  const { transport, fullToken, signal, trust, store } = party;
  if (!trust) return undefined;
  const request = { schema: SCHEMA, format: SNAPSHOT_FORMAT };
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
  if (!isOfToday(snapshot)) return undefined;
  // Of another past than this device knows: pulling finds that out, and rewinds.
  const transportRow = await store.db.transport.get('transport');
  if (epoch !== transportRow?.epoch) return undefined;
  const loading = { manifest: snapshot, done: 0, found: [] };
  const noted = await takeParts(store, { pages: [], loading, cursors: undefined });
  return noted.ok ? loading : { type: 'storage', reason: noted.error.reason };
}

/** An older server may know fewer fields: pulling gives whole groups, which this version can read. */
const isOfToday = (manifest: SnapshotManifest): boolean =>
  schemaOf(manifest) >= SCHEMA && isReadable(manifest);

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
