import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { toBase64Url } from '#lib/crypto/encoding.ts';
import { randomId } from '#lib/crypto/random.ts';
import { SCHEMA } from '#lib/changes/change.ts';
import { SNAPSHOT_FORMAT, snapshotBytes } from '#lib/protocol/snapshot-codec.ts';
import type { SnapshotManifest } from '#lib/protocol/wire-records.ts';
import type { ServerKeys } from '../keys.ts';
import { atOneMoment } from '../store/one-moment.ts';
import type { SnapshotRow } from '../store/schema.ts';
import type { Store } from '../store/store.ts';
import { foldStreams, partsOf, type Audience } from './fold-streams.ts';

const compress = promisify(gzip);
/** How many of an audience stand at a time: who loads the last but one can finish. */
const KEPT = 2;
/** Milliseconds after which parts without a snapshot are what a process left when it died. */
const ORPHANED = 3_600_000;

/**
 * Folds what an audience reads into a snapshot and stores it, part after part and the manifest
 * last: one that was not finished is never seen. Returns its id.
 */
export async function makeSnapshot(
  store: Store,
  keys: ServerKeys,
  operation: string,
  audience: Audience,
  now: number,
): Promise<string> {
  const { cursors, states } = await atOneMoment(store, async (db) => {
    const counter = await db
      .selectFrom('counters')
      .selectAll()
      .where('operation', '=', operation)
      .executeTakeFirstOrThrow();
    return foldStreams(db, operation, audience, counter);
  });
  const id = randomId();
  const parts: SnapshotManifest['parts'] = [];
  for (const { text, records } of partsOf(states)) {
    const bytes = await compress(text, { level: 9 });
    const part = { snapshot: id, part: parts.length, createdAt: now, bytes };
    await store.db.insertInto('snapshotParts').values(part).execute();
    parts.push({ records, bytes: bytes.length, sha256: hashOf(text) });
  }
  const records = states.length;
  const unsigned = { id, cursors, records, parts, schema: SCHEMA, format: SNAPSHOT_FORMAT };
  const signature = await keys.sign(snapshotBytes(operation, unsigned));
  const manifest: SnapshotManifest = {
    ...unsigned,
    signature: `${toBase64Url(keys.signing.publicKey)}.${toBase64Url(signature)}`,
  };
  await publishSnapshot(store, {
    id,
    operation,
    audience,
    createdAt: now,
    log: cursors.log?.seq ?? 0,
    movements: cursors.movements?.seq ?? 0,
    manifest: JSON.stringify(manifest),
  });
  return id;
}

export const hashOf = (text: string): string =>
  createHash('sha256').update(text).digest('base64url');

/** From here on it is offered; what two that hold more have replaced goes (a clock may be set back). */
async function publishSnapshot(store: Store, row: SnapshotRow): Promise<void> {
  await store.write(async (tx) => {
    await tx.insertInto('snapshots').values(row).execute();
    const all = await tx
      .selectFrom('snapshots')
      .select('id')
      .where('operation', '=', row.operation)
      .where('audience', '=', row.audience)
      .orderBy('log', 'desc')
      .orderBy('movements', 'desc')
      .orderBy('createdAt', 'desc')
      .execute();
    const replaced = all.slice(KEPT).map((one) => one.id);
    if (replaced.length > 0) {
      await tx.deleteFrom('snapshots').where('id', 'in', replaced).execute();
      await tx.deleteFrom('snapshotParts').where('snapshot', 'in', replaced).execute();
    }
    await tx
      .deleteFrom('snapshotParts')
      .where('createdAt', '<', row.createdAt - ORPHANED)
      .where('snapshot', 'not in', (query) => query.selectFrom('snapshots').select('id'))
      .execute();
  });
}
