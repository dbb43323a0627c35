import { type RecordState } from '#lib/changes/fold.ts';
import type { Result } from '#lib/domain/result.ts';
import { basesOf } from './bases.ts';
import type { GroupRow } from './database.ts';
import type { SignedGroupOf } from './group-rows.ts';
import { foldAnew, type FoldingWatch } from './fold-anew.ts';
import { Overlay } from './overlay.ts';
import { foldInto } from './receive.ts';
import { openGroup } from './open-group.ts';
import { noteHeld } from './note-held.ts';
import type { RecordStore } from './record-store.ts';
import { startOver } from './start-over.ts';
import { forgetSnapshot } from './snapshot-rows.ts';
import type { StorageError } from './storage-error.ts';

/**
 * Folds again, without what the server set aside, the records that this device changed itself: an
 * author's own view leaves that out, and what builds on it is held (S9). The others stand as they
 * are. Also mends rows that could not be opened.
 */
export async function refold(store: RecordStore): Promise<Result<null, StorageError>> {
  const { db } = store;
  return store.inTurn(() =>
    store.writing(async () => {
      const aside = new Set((await db.attention.toArray()).map((row) => row.group));
      const rows = await db.groups.toArray();
      const opened = await Promise.all(
        rows.map(async (row) => ({ row, signed: await openGroup(store, row) })),
      );
      const suspects = recordsOf(opened, ({ id, confirmed }) => confirmed === 0 || aside.has(id));
      const below = new Map([...store.states].filter(([id]) => !suspects.has(id)));
      for (const [id, base] of await basesOf(store, [...suspects])) below.set(id, base);
      const fresh = new Overlay<RecordState>(below);
      const wanted = opened.flatMap(({ row, signed }) =>
        signed && !aside.has(row.id) ? signed : [],
      );
      const held = foldInto(fresh, wanted);
      // Where a group cannot be opened, the record may know more than the groups that are left.
      const isWhole = opened.every(({ signed }) => signed !== undefined);
      const refused = recordsOf(opened, ({ id }) => aside.has(id));
      const mayShrink = (id: string): boolean => isWhole || refused.has(id);
      const states = [...new Set([...suspects, ...fresh.keys()])].flatMap((id) => {
        const before = store.states.get(id);
        const after = fresh.get(id) ?? (before && emptied(before));
        const [had, has] = [before?.seen.length ?? 0, after?.seen.length ?? 0];
        return after && (has > had || (has < had && mayShrink(id))) ? [after] : [];
      });
      return { result: null, write: { states, body: noteHeld(store, rows, held, aside) } };
    }),
  );
}

interface Opened {
  readonly row: GroupRow;
  readonly signed: SignedGroupOf | undefined;
}

/** The records that such groups change. */
function recordsOf(opened: readonly Opened[], which: (row: GroupRow) => boolean): Set<string> {
  return new Set(
    opened.flatMap(({ row, signed }) =>
      signed && which(row) ? signed.group.changes.map(({ record }) => record) : [],
    ),
  );
}

const emptied = (state: RecordState): RecordState => ({ ...state, fields: {}, seen: [] });

/**
 * Folds again where the records still show what the server set aside (a locked device learned it,
 * or this one died before it could fold), where rows of records cannot be opened any more, and where
 * an older version of the application folded them.
 */
export async function mendStates(store: RecordStore, watch?: FoldingWatch): Promise<void> {
  if (store.damaged > 0) {
    await refold(store);
    await forgetSnapshot(store.db); // what it alone held is loaded again, and merged into what is left
    return;
  }
  if (store.states.size === 0 && (await store.db.groups.count()) > 0) {
    await startOver(store, []); // the records were let go because they could not be read
    return;
  }
  if (store.isOutdated) {
    const folded = await foldAnew(store, watch);
    if (folded.ok && folded.value) return;
  }
  const aside = (await store.db.attention.toArray()).map(({ group }) => group);
  for (const row of await store.db.groups.bulkGet(aside)) {
    const opened = row && (await openGroup(store, row));
    const isShown = opened?.group.changes.some(({ id, record }) =>
      store.states.get(record)?.seen.includes(id),
    );
    if (!isShown) continue;
    await refold(store);
    return;
  }
}
