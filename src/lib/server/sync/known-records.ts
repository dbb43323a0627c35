import { CREATED, type Group } from '#lib/changes/change.ts';
import type { OperationRows } from '../store/operation-rows.ts';
import type { Author } from './incoming.ts';

interface KnownRecord {
  readonly kind: string;
  readonly creator: string;
  /** 1: the creator said so in the change that creates it; else it is who changed it first. */
  readonly marked: number;
}

/**
 * Which records exist, of what kind, and who created them: what roles are judged by. The creator is
 * the author of the change that says it creates the record, also where another's edit came first
 * (devices send again after a restore in any order).
 */
export interface KnownRecords {
  readonly get: (record: string) => KnownRecord | undefined;
  read(records: Iterable<string>): Promise<void>;
  /** The records of a group that is stored now. */
  learn(group: Group, author: Author): void;
  save(): Promise<void>;
}

export function knownRecords(rows: OperationRows): KnownRecords {
  const { operation } = rows;
  const known = new Map<string, KnownRecord>();
  const asked = new Set<string>();
  const added = new Map<string, KnownRecord>();
  const claimed = new Map<string, KnownRecord>();
  return {
    get: (record) => known.get(record),
    read: async (records) => {
      const unasked = [...records].filter((record) => !asked.has(record));
      const columns = ['record', 'kind', 'creator', 'marked'] as const;
      const found = await rows.find('records', columns, 'record', unasked);
      for (const record of unasked) asked.add(record);
      for (const { record, ...row } of found) known.set(record, row);
    },
    learn: (group, author) => {
      for (const { record, kind, fields } of group.changes) {
        const marked = CREATED in fields ? 1 : 0;
        const before = known.get(record);
        if (before && before.marked >= marked) continue;
        const row = { kind, creator: author.member, marked };
        known.set(record, row);
        if (!before || added.has(record)) added.set(record, row);
        else claimed.set(record, row);
      }
    },
    save: async () => {
      const learned = [...added].map(([record, { kind, creator, marked }]) => {
        return { operation, record, kind, creator, marked };
      });
      await rows.insert('records', learned);
      for (const [record, { creator, marked }] of claimed) {
        await rows.tx
          .updateTable('records')
          .set({ creator, marked })
          .where('operation', '=', operation)
          .where('record', '=', record)
          .execute();
      }
    },
  };
}
