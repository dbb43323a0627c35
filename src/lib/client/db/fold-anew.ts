import { idPrefix, type RecordState } from '#lib/changes/fold.ts';
import type { Result } from '#lib/domain/result.ts';
import { nothingOf, sealBases } from './bases.ts';
import { noteHeld } from './note-held.ts';
import { Overlay } from './overlay.ts';
import { foldInto, openGroup } from './receive.ts';
import type { RecordStore } from './record-store.ts';
import type { StorageError } from './storage-error.ts';

/**
 * Folds all records from the groups that are here, as the newest schema reads them: after an update
 * nothing is lost and nobody need be reached. False where the groups do not tell all that is shown (it
 * came in a snapshot, or groups were let go): then all stands as it is, and the next round starts over.
 */
export function foldAnew(store: RecordStore): Promise<Result<boolean, StorageError>> {
  const { db } = store;
  return store.inTurn(() =>
    store.writing(async () => {
      if (!store.isOutdated) return { result: true, write: undefined };
      const [rows, attention, changed] = await db.transaction(
        'r',
        [db.groups, db.attention, db.bases],
        () =>
          Promise.all([
            db.groups.toArray(),
            db.attention.toArray(),
            db.bases.toCollection().primaryKeys(),
          ]),
      );
      const aside = new Set(attention.map(({ group }) => group));
      const opened = (await Promise.all(rows.map((row) => openGroup(store, row)))).flatMap(
        (one) => one ?? [],
      );
      const fresh = new Overlay<RecordState>(new Map());
      const held = foldInto(
        fresh,
        opened.filter(({ group }) => !aside.has(group.id)),
      );
      const groups = opened.map(({ group }) => group);
      const here = new Set(
        groups.flatMap(({ changes }) => changes.flatMap(({ id }) => [id, idPrefix(id)])),
      );
      const isWhole = [...store.states.values()].every(({ seen }) =>
        [...seen].every((id) => here.has(id)),
      );
      if (!isWhole) return { result: false, write: undefined };
      // What a record was before this device changed it follows from its groups too.
      const nothing = nothingOf(groups);
      const bases = await sealBases(
        store,
        changed.flatMap((id) => nothing.get(id) ?? []),
      );
      const note = noteHeld(store, rows, held, aside);
      const body = async (): Promise<void> => {
        await db.bases.clear();
        await db.bases.bulkPut(bases);
        await note();
      };
      return { result: true, write: { states: [...fresh.values()], body, clears: true } };
    }),
  );
}
