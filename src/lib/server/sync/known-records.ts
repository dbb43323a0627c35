import type { Group } from '#lib/changes/change.ts';
import { insertAll, rowsFor } from '../store/rows.ts';
import type { Tx } from '../store/store.ts';
import type { Author } from './incoming.ts';

interface KnownRecord {
  readonly kind: string;
  readonly creator: string;
}

/** Which records exist, of what kind, and who created them: what roles are judged by. */
export interface KnownRecords {
  readonly get: (record: string) => KnownRecord | undefined;
  read(records: Iterable<string>): Promise<void>;
  /** The records of a group that is stored now. */
  learn(group: Group, author: Author): void;
  save(): Promise<void>;
}

export function knownRecords(tx: Tx, operation: string): KnownRecords {
  const known = new Map<string, KnownRecord>();
  const asked = new Set<string>();
  const added: (KnownRecord & { operation: string; record: string })[] = [];
  return {
    get: (record) => known.get(record),
    read: async (records) => {
      const rows = await rowsFor(
        [...records].filter((record) => !asked.has(record)),
        (piece) =>
          tx
            .selectFrom('records')
            .select(['record', 'kind', 'creator'])
            .where('operation', '=', operation)
            .where('record', 'in', piece)
            .execute(),
      );
      for (const record of records) asked.add(record);
      for (const { record, kind, creator } of rows) known.set(record, { kind, creator });
    },
    learn: (group, author) => {
      for (const { record, kind } of group.changes) {
        if (known.has(record)) continue;
        const row = { kind, creator: author.member };
        known.set(record, row);
        added.push({ operation, record, ...row });
      }
    },
    save: () => insertAll(added, (piece) => tx.insertInto('records').values(piece).execute()),
  };
}
