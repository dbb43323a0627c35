import { hasSeen, type RecordState } from '#lib/changes/fold.ts';
import { mergeStates } from '#lib/changes/snapshot.ts';
import { toUtf8 } from '#lib/crypto/encoding.ts';
import { randomId } from '#lib/crypto/random.ts';
import type { Result } from '#lib/domain/result.ts';
import { basesOf, sealBases } from './bases.ts';
import type { CursorRow, DeviceDatabase, GroupRow } from './database.ts';
import { openGroup } from './open-group.ts';
import { encodeSentPage } from './record-codec.ts';
import { sealedPage, sealStates, type SealedPage } from './record-rows.ts';
import type { RecordStore } from './record-store.ts';
import type { StorageError } from './storage-error.ts';

/** How far a snapshot is loaded: kept, so that a device that is killed goes on where it was. */
export interface Loading<M> {
  readonly manifest: M;
  /** Parts that are here. */
  readonly done: number;
  /** Own changes that were in those parts: the server has them. */
  readonly found: readonly string[];
}

const ROW = 'snapshot';

/** The snapshot that is being loaded, if one is. */
export async function readLoading<M>({ db, cipher }: RecordStore): Promise<Loading<M> | undefined> {
  const row = await db.snapshot.get(ROW);
  const bytes = row?.isDone === 0 ? await cipher.open(ROW, row.bytes) : undefined;
  return bytes && (JSON.parse(new TextDecoder().decode(bytes)) as Loading<M>);
}

/** The next time nothing is known here, a snapshot is loaded from its first part. */
export async function forgetSnapshot(db: DeviceDatabase): Promise<void> {
  await db.transaction('rw', [db.snapshot, db.cursors], async () => {
    if ((await db.snapshot.count()) === 0) return;
    await db.snapshot.clear();
    await db.cursors.clear();
  });
}

/** Records of a snapshot, sealed as they will lie here if nothing of them is here yet. */
export interface SentPage {
  readonly states: readonly RecordState[];
  readonly sealed: SealedPage;
}

/** Seals a page as the server wrote it, before anybody waits for the database. */
export async function sealSentPage(
  { cipher }: RecordStore,
  sent: Uint8Array,
  states: readonly RecordState[],
): Promise<SentPage> {
  const encoded = encodeSentPage(sent, states);
  return { states, sealed: await sealedPage(randomId(), states, encoded, cipher) };
}

export interface Sent<M> {
  readonly pages: readonly SentPage[];
  readonly loading: Loading<M>;
  /** With the last part: where pulling goes on. */
  readonly cursors: readonly CursorRow[] | undefined;
}

/**
 * Takes over parts of a snapshot together with how far it is loaded. What is here already is merged
 * with it (S5). Own groups that the snapshot holds are thereby pulled back (S2). Told to nobody
 * before the last part: a screen that followed each would be busy with nothing else.
 */
export function takeParts<M>(
  store: RecordStore,
  { pages, loading, cursors }: Sent<M>,
): Promise<Result<null, StorageError>> {
  const { db, cipher, homes } = store;
  return store.inTurn(() =>
    store.writing(async () => {
      const own = await unconfirmedGroups(store);
      const found = new Set(loading.found);
      const changed = await db.bases.toCollection().primaryKeys();
      const isAlone = own.length === 0 && changed.length === 0;
      const come = new Map(
        isAlone ? [] : pages.flatMap((page) => page.states.map((one) => [one.id, one])),
      );
      for (const { changes } of own) {
        for (const { id, record } of changes) {
          const state = come.get(record);
          if (state && hasSeen(state, id)) found.add(id);
        }
      }
      // A tab may have written one of them since it was sealed: then it is merged and sealed anew.
      const isKnown = ({ id }: RecordState): boolean => store.states.has(id);
      const [fresh, met]: [SentPage[], SentPage[]] = [[], []];
      for (const page of pages) (page.states.some(isKnown) ? met : fresh).push(page);
      const merged = met
        .flatMap((page) => page.states)
        .map((state) => {
          const mine = store.states.get(state.id);
          return mine && mine.seen.length > 0 ? mergeStates(mine, state) : state;
        });
      const anew = await sealStates(merged, homes, cipher);
      const sealed = { ...anew, pages: [...fresh.map((page) => page.sealed), ...anew.pages] };
      const states = [...fresh.flatMap((page) => page.states), ...merged];
      // What own changes are left out of, where they are set aside, is more by these parts.
      const bases = [...(await basesOf(store, changed))].map(([id, base]) =>
        mergeStates(base, come.get(id) ?? base),
      );
      const sealedBases = await sealBases(store, bases);
      const now: Loading<M> = { ...loading, found: [...found] };
      const bytes = await cipher.seal(ROW, toUtf8(JSON.stringify(now)));
      const back = cursors
        ? own.filter(({ changes }) => changes.every(({ id }) => found.has(id)))
        : [];
      const body = async (): Promise<void> => {
        await db.snapshot.put({ id: ROW, isDone: cursors ? 1 : 0, bytes });
        await db.bases.bulkPut(sealedBases);
        if (!cursors) return;
        await db.cursors.bulkPut([...cursors]);
        await db.groups.bulkPut(back.map(({ row }): GroupRow => ({ ...row, confirmed: 1 })));
        const ids = back.map(({ row }) => row.id);
        await db.queue
          .where('group')
          .anyOf(ids)
          .and((row) => row.acked === 1)
          .delete();
      };
      return { result: null, write: { states, sealed, body, isTold: cursors !== undefined } };
    }),
  );
}

async function unconfirmedGroups(store: RecordStore) {
  const rows = await store.db.groups.where('confirmed').equals(0).toArray();
  const opened = await Promise.all(rows.map((row) => openGroup(store, row)));
  return rows.flatMap((row, index) => {
    const changes = opened[index]?.group.changes;
    return changes ? [{ row, changes }] : [];
  });
}
