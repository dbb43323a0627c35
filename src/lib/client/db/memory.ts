import type { RecordState } from '#lib/changes/fold.ts';
import { fromStored, toStored, type StoredState } from './stored-states.ts';
import type { DeviceDatabase, SealedRow } from './device-database.ts';
import { openJson, sealJson } from './sealed-json.ts';
import { randomId } from '#lib/crypto/random.ts';

/** States that are sealed together: few enough to seal again, many enough to open fast. */
export const PAGE = 64;

/** What an unlocked tab holds of the device's store: all of it that screens are made from. */
export interface Memory {
  /** Revision of the store that this memory shows. */
  rev: number;
  readonly states: Map<string, RecordState>;
  readonly groups: Set<string>;
  readonly held: Set<string>;
  /** Rows that could not be opened: named, kept, and asked for again from the server. */
  readonly damaged: Set<string>;
}

export function emptyMemory(): Memory {
  return { rev: 0, states: new Map(), groups: new Set(), held: new Set(), damaged: new Set() };
}

/**
 * Reads what was committed after the memory's revision, by this tab or another. Rows are read in one
 * transaction and opened after it (WebCrypto never inside one).
 */
export async function readNewer(
  database: DeviceDatabase,
  key: CryptoKey,
  memory: Memory,
): Promise<string[]> {
  const read = await database.transaction(
    'r',
    [database.counters, database.rows, database.groups, database.held],
    async () => {
      const counters = await database.counters.get('device');
      return {
        rev: counters?.rev ?? 0,
        rows: await database.rows.where('rev').above(memory.rev).toArray(),
        groups: await database.groups.where('rev').above(memory.rev).primaryKeys(),
        held: await database.held.toCollection().primaryKeys(),
      };
    },
  );
  const touched = await openRows(key, read.rows, memory);
  for (const group of read.groups) memory.groups.add(group);
  memory.held.clear();
  for (const group of read.held) memory.held.add(group);
  memory.rev = Math.max(memory.rev, read.rev);
  return touched;
}

async function openRows(
  key: CryptoKey,
  rows: readonly SealedRow[],
  memory: Memory,
): Promise<string[]> {
  const touched: string[] = [];
  const opened = await Promise.all(
    rows.map((row) => openJson<StoredState[]>(key, row.id, row.sealed)),
  );
  for (const [index, page] of opened.entries()) {
    if (!page.ok) {
      memory.damaged.add(rows[index]!.id);
      continue;
    }
    for (const stored of page.value) {
      // A record stands in its newest row and, until pages are folded, in older ones too. A state
      // only ever grows, so the one that has seen more is the newer.
      const known = memory.states.get(stored[0]);
      if (known && known.seen.size >= stored[3].length) continue;
      memory.states.set(stored[0], fromStored(stored));
      touched.push(stored[0]);
    }
  }
  return touched;
}

/** States as rows of the next revision, sealed before any transaction begins. */
export function sealStates(
  key: CryptoKey,
  states: readonly RecordState[],
  rev: number,
): Promise<SealedRow[]> {
  const pages: RecordState[][] = [];
  for (let at = 0; at < states.length; at += PAGE) pages.push(states.slice(at, at + PAGE));
  return Promise.all(
    pages.map(async (page) => {
      const id = randomId();
      const sealed = await sealJson(key, id, page.map(toStored));
      return { id, rev, count: page.length, sealed };
    }),
  );
}
