import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { fromBase64Url } from '#lib/crypto/encoding.ts';
import { verify } from '#lib/crypto/signatures.ts';
import { SCHEMA } from '#lib/changes/change.ts';
import { isReadable, schemaOf, snapshotBytes } from '#lib/protocol/snapshot-codec.ts';
import type { SnapshotManifest } from '#lib/protocol/wire-records.ts';
import { foldStreams, partsOf } from '../snapshots/fold-streams.ts';
import { hashOf } from '../snapshots/make-snapshot.ts';
import type { SnapshotRow } from '../store/schema.ts';
import type { Queries } from '../store/store.ts';
import type { Add } from './verify.ts';

const inflate = promisify(gunzip);

/**
 * S5: each snapshot is what its groups fold to, is whole, and is signed by this server. What another
 * version folded or wrote is offered to nobody: of it only that it is whole and signed.
 */
export async function verifySnapshots(db: Queries, operation: string, add: Add): Promise<void> {
  const rows = await db
    .selectFrom('snapshots')
    .selectAll()
    .where('operation', '=', operation)
    .execute();
  for (const row of rows) if (!(await isSound(db, row))) add('snapshot_wrong', row.id);
}

async function isSound(db: Queries, row: SnapshotRow): Promise<boolean> {
  const manifest = JSON.parse(row.manifest) as SnapshotManifest;
  const [point, signature] = manifest.signature.split('.').map((part) => fromBase64Url(part));
  if (!point || !signature) return false;
  if (!(await isOurs(db, point))) return false;
  if (!(await verify(point, signature, snapshotBytes(row.operation, manifest)))) return false;
  const wanted = manifest.parts.map((part) => part.sha256).join();
  const isOfToday = schemaOf(manifest) === SCHEMA && isReadable(manifest);
  if (isOfToday && (await hashesOfFold(db, row)) !== wanted) return false;
  const parts = await db
    .selectFrom('snapshotParts')
    .select('bytes')
    .where('snapshot', '=', row.id)
    .orderBy('part')
    .execute();
  const texts = await Promise.all(parts.map((part) => inflate(part.bytes).catch(() => '')));
  return texts.map((text) => hashOf(String(text))).join() === wanted;
}

/** Of the parts that the groups fold to; undefined where they cannot be read. */
async function hashesOfFold(db: Queries, row: SnapshotRow): Promise<string | undefined> {
  const folded = await foldStreams(db, row.operation, row.audience, row).catch(() => null);
  return folded ? [...partsOf(folded.states)].map((part) => hashOf(part.text)).join() : undefined;
}

async function isOurs(db: Queries, point: Uint8Array): Promise<boolean> {
  const keys = await db
    .selectFrom('serverKeys')
    .select('publicKey')
    .where('purpose', '=', 'sign')
    .execute();
  return keys.some((key) => Buffer.compare(key.publicKey, point) === 0);
}
