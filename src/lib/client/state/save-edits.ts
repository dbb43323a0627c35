import { concatBytes } from '#lib/crypto/encoding.ts';
import { randomId } from '#lib/crypto/random.ts';
import { SIGNATURE_BYTES } from '#lib/crypto/signatures.ts';
import { SCHEMA, type Group } from '#lib/changes/change.ts';
import type { RecordState } from '#lib/changes/fold.ts';
import { err, ok, type Result } from '#lib/domain/result.ts';
import { encodeGroup } from '#lib/protocol/group-codec.ts';
import type { OwnGroup } from '../db/group-rows.ts';
import type { RecordStore } from '../db/record-store.ts';
import { sealToServer, signGroup, type ServerKey } from '../sync/signed-groups.ts';
import { groupsOfEdits, problemIn } from './groups-of-edits.ts';
import type { RecordEdit, Saved, SaveError } from './records-api.ts';

/** Who signs, and to whom it goes; without keys (the example) nothing leaves this device. */
export interface Author {
  readonly operation: string;
  readonly member: string;
  readonly device: string;
  readonly keys?: { readonly signing: CryptoKey; readonly server: () => ServerKey } | undefined;
}

export interface SaveOptions {
  readonly batch?: string | undefined;
  /** ISO instant of this device's clock, right or wrong. */
  readonly deviceTime: string;
}

/** Saves edits as signed, sealed groups: when this answers with `ok`, they are on disk (S1). */
export async function saveEdits(
  store: RecordStore,
  author: Author,
  edits: readonly RecordEdit[],
  { batch, deviceTime }: SaveOptions,
): Promise<Result<Saved, SaveError>> {
  const problem = problemIn(edits);
  if (problem) return err(problem);
  const { operation, member, device } = author;
  const context = {
    operation,
    device,
    batch,
    author: member,
    deviceTime,
    schema: SCHEMA,
    newId: randomId,
  };
  return saveGroups(store, author, (states) => groupsOfEdits(states, edits, context));
}

/** Saves groups that are made from the states as they stand, asked again when these have moved. */
export async function saveGroups(
  store: RecordStore,
  author: Author,
  make: (states: ReadonlyMap<string, RecordState>) => readonly Group[],
): Promise<Result<Saved, SaveError>> {
  const committed = await store.commit((states) =>
    Promise.all(make(states).map((group) => ownGroup(group, author))),
  );
  if (!committed.ok) {
    const { type, reason } = committed.error;
    return err(type === 'storage_full' ? { type } : { type, reason });
  }
  if (committed.value.length === 0) return err({ type: 'nothing_to_save' });
  return ok({ groupIds: committed.value });
}

/** A group as it is kept and sent: signed, and sealed to the server. */
async function ownGroup(group: Group, { keys }: Author): Promise<OwnGroup> {
  if (!keys) {
    return { group, signed: concatBytes(new Uint8Array(SIGNATURE_BYTES), encodeGroup(group)) };
  }
  const signed = await signGroup(group, keys.signing);
  return { group, signed, envelope: await sealToServer(signed, keys.server()) };
}
