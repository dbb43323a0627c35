import type { OperationRows } from '../store/operation-rows.ts';
import type { Push } from './incoming.ts';

/**
 * The transport numbering of devices: which group came as number `n` of a replica. A device that
 * was restored from a backup or cloned uses numbers again, and is told so (`fork`).
 */
export interface Slots {
  /** The greatest number the server has of this push's replica; 0 before the first. */
  last(push: Push): number;
  /** The group that came under a number it has. */
  groupAt(push: Push, n: number): string | undefined;
  /** Notes what came as number `n`; `again` replaces an envelope that could not be opened. */
  put(push: Push, n: number, group: string, again?: boolean): void;
  save(): Promise<void>;
}

const replicaKey = (push: Push): string => `${push.carrier}/${push.numbering?.replica ?? ''}`;

/** Reads what is needed to judge these pushes. */
export async function readSlots(rows: OperationRows, pushes: readonly Push[]): Promise<Slots> {
  const numbered = pushes.filter((push) => push.numbering !== null);
  const lasts = new Map<string, number>();
  const groups = new Map<string, string>();
  const changed = new Set<string>();
  const replicas = numbered.map(replicaKey);
  for (const row of await rows.find('replicas', ['key', 'last'], 'key', replicas)) {
    lasts.set(row.key, row.last);
  }
  const known = numbered.flatMap((push) => knownKeys(push, lasts.get(replicaKey(push)) ?? 0));
  for (const row of await rows.find('slots', ['key', 'groupId'], 'key', known)) {
    groups.set(row.key, row.groupId);
  }
  const added: { key: string; groupId: string }[] = [];
  const replaced: { key: string; groupId: string }[] = [];
  return {
    last: (push) => lasts.get(replicaKey(push)) ?? 0,
    groupAt: (push, n) => groups.get(`${replicaKey(push)}/${n}`),
    put: (push, n, groupId, again = false) => {
      const key = `${replicaKey(push)}/${n}`;
      groups.set(key, groupId);
      if (again) {
        replaced.push({ key, groupId });
        return;
      }
      lasts.set(replicaKey(push), n);
      changed.add(replicaKey(push));
      added.push({ key, groupId });
    },
    save: async () => {
      for (const { key, groupId } of replaced) {
        await rows.tx.updateTable('slots').set({ groupId }).where('key', '=', key).execute();
      }
      await rows.insert('slots', added);
      const moved = [...changed].map((key) => ({ key, last: lasts.get(key) ?? 0 }));
      await rows.insert('replicas', moved, ['key']);
    },
  };
}

/** Keys of the numbers of a push that the server has already. */
function knownKeys(push: Push, last: number): string[] {
  const from = push.numbering?.from ?? 1;
  const to = Math.min(last, from + push.incoming.length - 1);
  const keys: string[] = [];
  for (let n = from; n <= to; n += 1) keys.push(`${replicaKey(push)}/${n}`);
  return keys;
}
