import { idPrefix, type RecordState } from '#lib/changes/fold.ts';
import { err, type Result } from '#lib/domain/result.ts';
import { sealBases } from './bases.ts';
import type { DeviceDatabase, GroupRow } from './database.ts';
import type { SignedGroupOf } from './group-rows.ts';
import { noteHeld } from './note-held.ts';
import { Overlay } from './overlay.ts';
import { foldInto } from './receive.ts';
import { openGroup } from './open-group.ts';
import { noHomes, sealStates, settleHomes, type SealedRows } from './record-rows.ts';
import type { RecordStore } from './record-store.ts';
import { storageError, type StorageError } from './storage-error.ts';

/** Who waits for it: told how many of the groups are folded; aborted where the device locks. */
export interface FoldingWatch {
  readonly onProgress?: (progress: { readonly done: number; readonly total: number }) => void;
  readonly signal?: AbortSignal;
}

/** Groups, or records, after which the screen gets its turn. */
const AT_ONCE = 64;
const CHECKED_AT_ONCE = 2_000;
/** Groups that are read from the disk in one go. */
const READ_AT_ONCE = 500;
/** Times that something may be set aside meanwhile, or no longer be. */
const MOST_TRIES = 5;

/**
 * Folds all records from the groups that are here, as the newest schema reads them: after an update
 * nothing is lost and nobody need be reached. False where the groups do not tell all that is shown (it
 * came in a snapshot, or groups were let go), or where nobody waits any more: then all stands as it
 * is, and the next round starts over. Saving goes on meanwhile: only the writing at the end takes a
 * turn, and folds in what was saved. Until then nothing is written; a killed device begins again.
 */
export async function foldAnew(
  store: RecordStore,
  watch: FoldingWatch = {},
): Promise<Result<boolean, StorageError>> {
  try {
    for (let tries = 0; tries < MOST_TRIES && store.isOutdated; tries++) {
      const folded = await foldAll(store, watch);
      if (!folded) return { ok: true, value: false };
      const written = await writeFolded(store, folded);
      if (!written.ok || written.value !== 'again') {
        return written.ok ? { ok: true, value: written.value === 'written' } : written;
      }
    }
    return { ok: true, value: !store.isOutdated };
  } catch (thrown) {
    return err(storageError(thrown));
  }
}

interface Folded {
  readonly states: ReadonlyMap<string, RecordState>;
  readonly sealed: SealedRows;
  /** Groups that were read. */
  readonly known: ReadonlySet<string>;
  /** S9: their base is not here. */
  readonly waiting: readonly SignedGroupOf[];
  readonly aside: ReadonlySet<string>;
  /** All changes that the groups hold, and how a snapshot names them. */
  readonly here: Set<string>;
  readonly kinds: Map<string, string>;
  /** Records as they stand, of which the groups tell everything. */
  readonly told: ReadonlySet<RecordState>;
}

async function foldAll(store: RecordStore, watch: FoldingWatch): Promise<Folded | undefined> {
  // What is saved from here on is looked at when it is written.
  const standing = [...store.states.values()];
  const aside = await asideIn(store.db);
  const rows = (await readGroups(store.db)).sort((a, b) => a.at - b.at);
  const states = new Map<string, RecordState>();
  const here = new Set<string>();
  const kinds = new Map<string, string>();
  const waiting: SignedGroupOf[] = [];
  for (let done = 0; done < rows.length; done += AT_ONCE) {
    watch.onProgress?.({ done, total: rows.length });
    const groups = await openGroups(store, rows.slice(done, done + AT_ONCE));
    if (watch.signal?.aborted) return undefined;
    noteGroups(groups, here, kinds);
    const shown = groups.filter(({ group }) => !aside.has(group.id));
    const held = foldOnto(states, shown);
    waiting.push(...shown.filter(({ group }) => held.has(group.id)));
  }
  const held = foldOnto(states, waiting);
  const told = new Set<RecordState>();
  for (const state of standing) {
    if (!isTold(state, here)) return undefined;
    told.add(state);
    if (told.size % CHECKED_AT_ONCE === 0) await aTurn();
  }
  const sealed = await sealStates([...states.values()], noHomes(), store.cipher);
  if (watch.signal?.aborted) return undefined;
  const stillWaiting = waiting.filter(({ group }) => held.has(group.id));
  const known = new Set(rows.map(({ id }) => id));
  return { states, sealed, known, waiting: stillWaiting, aside, here, kinds, told };
}

/** `again`: what is set aside is no longer the same; `not_whole`: a record came that no group tells. */
function writeFolded(
  store: RecordStore,
  { states, sealed, known, waiting, aside, here, kinds, told }: Folded,
): Promise<Result<'written' | 'again' | 'not_whole', StorageError>> {
  const { db } = store;
  return store.inTurn(() =>
    store.writing(async () => {
      if (!store.isOutdated) return { result: 'written', write: undefined };
      const asideNow = await asideIn(db);
      const isSame = asideNow.size === aside.size && [...asideNow].every((id) => aside.has(id));
      if (!isSame) return { result: 'again', write: undefined };
      const ids = (await db.groups.toCollection().primaryKeys()).filter((id) => !known.has(id));
      const since = (await db.groups.bulkGet(ids)).flatMap((row) => row ?? []);
      const groups = await openGroups(store, since);
      noteGroups(groups, here, kinds);
      for (const state of store.states.values()) {
        if (!told.has(state) && !isTold(state, here)) {
          return { result: 'not_whole', write: undefined };
        }
      }
      const overlay = new Overlay(states);
      const held = foldInto(overlay, [...waiting, ...groups]);
      const homes = noHomes();
      settleHomes(homes, sealed);
      const over = await sealStates([...overlay.values()], homes, store.cipher);
      // What a record was before this device changed it follows from its groups too.
      const changed = await db.bases.toCollection().primaryKeys();
      const bases = await sealBases(
        store,
        changed.flatMap((id) => {
          const kind = kinds.get(id);
          return kind === undefined ? [] : [{ id, kind, fields: {}, seen: [] }];
        }),
      );
      const wereHeld = await db.groups.where('held').equals(1).toArray();
      const areHeld = (await db.groups.bulkGet([...held])).flatMap((row) => row ?? []);
      const noted = new Map([...wereHeld, ...areHeld].map((row) => [row.id, row]));
      const note = noteHeld(store, [...noted.values()], held, aside);
      const body = async (): Promise<void> => {
        await db.bases.clear();
        await db.bases.bulkPut(bases);
        await note();
      };
      const all = {
        pages: [...sealed.pages, ...over.pages],
        rows: [...sealed.rows, ...over.rows],
      };
      const newest = [...new Map([...states, ...overlay]).values()];
      return { result: 'written', write: { states: newest, sealed: all, body, clears: true } };
    }),
  );
}

/** So many at a time: reading all at once would keep the screen waiting. */
async function readGroups(db: DeviceDatabase): Promise<GroupRow[]> {
  const rows: GroupRow[] = [];
  for (;;) {
    const last = rows.at(-1)?.id;
    const from = last === undefined ? db.groups : db.groups.where('id').above(last);
    const next = await from.limit(READ_AT_ONCE).toArray();
    rows.push(...next);
    if (next.length < READ_AT_ONCE) return rows;
  }
}

async function openGroups(
  store: RecordStore,
  rows: readonly GroupRow[],
): Promise<readonly SignedGroupOf[]> {
  const opened = await Promise.all(rows.map((row) => openGroup(store, row)));
  return opened.flatMap((one) => one ?? []);
}

function noteGroups(
  groups: readonly SignedGroupOf[],
  here: Set<string>,
  kinds: Map<string, string>,
): void {
  for (const { group } of groups) {
    for (const { id, record, kind } of group.changes) {
      here.add(id);
      here.add(idPrefix(id));
      kinds.set(record, kind);
    }
  }
}

function foldOnto(
  states: Map<string, RecordState>,
  groups: readonly SignedGroupOf[],
): ReadonlySet<string> {
  const overlay = new Overlay<RecordState>(states);
  const held = foldInto(overlay, groups);
  for (const [id, state] of overlay) states.set(id, state);
  return held;
}

const isTold = ({ seen }: RecordState, here: ReadonlySet<string>): boolean => {
  for (const id of seen) if (!here.has(id)) return false;
  return true;
};

const asideIn = async (db: DeviceDatabase): Promise<ReadonlySet<string>> =>
  new Set((await db.attention.toArray()).map(({ group }) => group));

/** The screen gets its turn. */
const aTurn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));
