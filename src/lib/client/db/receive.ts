import { applyGroup } from '#lib/changes/fold-changes.ts';
import type { Group } from '#lib/changes/change.ts';
import { hasSeen, type RecordState } from '#lib/changes/fold.ts';
import type { Result } from '#lib/domain/result.ts';
import type { CursorRow, GroupRow, UnreadRow } from './database.ts';
import { arrival, sealGroups, type SignedGroupOf } from './group-rows.ts';
import { openGroup } from './open-group.ts';
import { Overlay } from './overlay.ts';
import type { RecordStore } from './record-store.ts';
import type { StorageError } from './storage-error.ts';

export interface Page {
  readonly groups: readonly SignedGroupOf[];
  /** Groups that cannot be read here (yet), as they came. */
  readonly unread?: readonly UnreadGroup[];
  /** Where the device is in the stream with this page; absent: where it was. */
  readonly cursor?: CursorRow;
}

export interface UnreadGroup extends Omit<UnreadRow, 'bytes'> {
  readonly signed: Uint8Array;
}

/**
 * Takes over a page that the server gave, with its cursor, in one transaction. A group that is here
 * already only becomes confirmed (and leaves the queue, S2); one whose base is not here is kept
 * whole and tried again with every page (S9); one that cannot be read is kept as it came.
 */
export function receive(store: RecordStore, page: Page): Promise<Result<null, StorageError>> {
  const { db, cipher } = store;
  return store.inTurn(() =>
    store.writing(async () => {
      const ids = page.groups.map(({ group }) => group.id);
      const known = new Map(
        (await db.groups.bulkGet(ids)).flatMap((row) => (row ? [[row.id, row] as const] : [])),
      );
      const unique = new Map(page.groups.map((one) => [one.group.id, one]));
      const fresh = [...unique.values()].filter(({ group }) => !known.has(group.id));
      // What the server had set aside and gives now (it was restored, a role was changed) is shown again.
      const attention = await db.attention.bulkGet(ids);
      const wasAside = new Set(attention.flatMap((row) => (row ? [row.group] : [])));
      const again = [...unique.values()].filter(({ group }) => wasAside.has(group.id));
      const unshown = [...unique.values()].filter(
        ({ group }) =>
          known.get(group.id)?.held === 0 && !wasAside.has(group.id) && !isShown(store, group),
      );
      const waited = await heldGroups(store);
      const overlay = new Overlay(store.states);
      const candidates = [...fresh, ...again, ...unshown, ...waited.map(({ signed }) => signed)];
      const stillHeld = foldInto(overlay, candidates);
      const rows: GroupRow[] = (await sealGroups(fresh, cipher)).map(({ id, bytes }, index) => ({
        id,
        held: stillHeld.has(id) ? 1 : 0,
        confirmed: 1,
        at: arrival(store.nextRevision, index),
        bytes,
      }));
      const mended = new Map(
        (await sealGroups(unshown, cipher)).map(({ id, bytes }) => [id, bytes] as const),
      );
      for (const row of known.values()) {
        const held = stillHeld.has(row.id) ? 1 : 0;
        const bytes = mended.get(row.id);
        if (bytes) {
          rows.push({ ...row, confirmed: 1, held, bytes });
          continue;
        }
        if (wasAside.has(row.id)) rows.push({ ...row, confirmed: 1, held });
        else if (row.confirmed === 0) rows.push({ ...row, confirmed: 1 });
      }
      for (const { row } of waited) {
        if (!stillHeld.has(row.id)) {
          rows.push({ ...row, held: 0, confirmed: known.has(row.id) ? 1 : row.confirmed });
        }
      }
      const unread = await Promise.all(
        (page.unread ?? []).map(async ({ signed, ...row }): Promise<UnreadRow> => {
          return { ...row, bytes: await cipher.seal(row.id, signed) };
        }),
      );
      const body = async (): Promise<void> => {
        if (rows.length > 0) await db.groups.bulkPut(rows);
        await db.queue
          .where('group')
          .anyOf(ids)
          .and((row) => row.acked === 1)
          .delete();
        await db.attention.bulkDelete(ids);
        await db.unread.bulkDelete(ids);
        await db.unread.bulkPut(unread);
        if (page.cursor) await db.cursors.put(page.cursor);
      };
      return { result: null, write: { states: [...overlay.values()], body } };
    }),
  );
}

/** Whether the records show what a group says. Where its own row was damaged, they may not. */
function isShown({ states }: RecordStore, { changes }: Group): boolean {
  return changes.every(({ id, record }) => {
    const state = states.get(record);
    return state !== undefined && hasSeen(state, id);
  });
}

/** Applies what can be applied, in any order; the ids of the groups that stay held. */
export function foldInto(
  overlay: Overlay<RecordState>,
  groups: readonly SignedGroupOf[],
): Set<string> {
  let waiting = groups;
  for (;;) {
    const left = waiting.filter(({ group }) => {
      const applied = applyGroup(overlay, group);
      for (const state of applied ?? []) overlay.set(state.id, state);
      return !applied;
    });
    if (left.length === 0 || left.length === waiting.length) {
      return new Set(left.map(({ group }) => group.id));
    }
    waiting = left;
  }
}

async function heldGroups(store: RecordStore): Promise<{ row: GroupRow; signed: SignedGroupOf }[]> {
  const rows = await store.db.groups.where('held').equals(1).toArray();
  const opened = await Promise.all(rows.map((row) => openGroup(store, row)));
  return rows.flatMap((row, index) => {
    const signed = opened[index];
    return signed ? [{ row, signed }] : [];
  });
}
