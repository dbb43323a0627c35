import { foldGroups } from '#lib/changes/fold-changes.ts';
import type { SnapshotTrust } from '#lib/client/sync/load-snapshot.ts';
import { toBase64Url, toUtf8 } from '#lib/crypto/encoding.ts';
import { randomId } from '#lib/crypto/random.ts';
import { sign } from '#lib/crypto/signatures.ts';
import {
  encodeSnapshotPart,
  SNAPSHOT_FORMAT,
  snapshotBytes,
} from '#lib/protocol/snapshot-codec.ts';
import type { SnapshotManifest } from '#lib/protocol/wire-records.ts';
import type { MemoryServer } from './memory-server.ts';

export interface MemorySnapshot {
  readonly manifest: SnapshotManifest;
  readonly parts: readonly string[];
}

/** Folds all that a server in memory has into a signed snapshot, in parts of so many records. */
export async function makeSnapshot(
  server: MemoryServer,
  size: number,
  format = SNAPSHOT_FORMAT,
): Promise<{ snapshot: MemorySnapshot; trust: SnapshotTrust }> {
  const groups = [...server.stored.values()].map(({ group }) => group);
  const states = [...foldGroups(groups).records.values()];
  const parts: string[] = [];
  const described: SnapshotManifest['parts'] = [];
  for (let at = 0; at < states.length; at += size) {
    const some = states.slice(at, at + size);
    const text = encodeSnapshotPart(some);
    const hash = await crypto.subtle.digest('SHA-256', toUtf8(text));
    parts.push(text);
    const sha256 = toBase64Url(new Uint8Array(hash));
    described.push({ records: some.length, bytes: text.length, sha256 });
  }
  const { log, movements } = server.published;
  const end = (ids: readonly string[]) => ({ seq: ids.length, id: ids.at(-1) ?? '' });
  const unsigned = {
    id: randomId(),
    cursors: { log: end(log), movements: end(movements) },
    records: states.length,
    parts: described,
    format,
  };
  const pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, [
    'sign',
    'verify',
  ]);
  const raw = new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey));
  const point = toBase64Url(raw);
  const signature = toBase64Url(await sign(pair.privateKey, snapshotBytes('op', unsigned)));
  const manifest = { ...unsigned, signature: `${point}.${signature}` };
  return { snapshot: { manifest, parts }, trust: { operation: 'op', point } };
}
