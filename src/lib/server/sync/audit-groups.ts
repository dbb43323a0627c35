import { MERGED_INTO, type Group } from '#lib/changes/change.ts';
import { audit } from '../people/audit.ts';
import type { Tx } from '../store/store.ts';

/** Writes down what of these groups is more than a record: merges of records, and settings. */
export async function auditGroups(tx: Tx, groups: readonly Group[], now: number): Promise<void> {
  for (const group of groups) {
    for (const { record, kind, fields, author } of group.changes) {
      const entry = { operation: group.operation, at: now, member: author, device: group.device };
      const into = fields[MERGED_INTO]?.value;
      if (into !== undefined) {
        const detail = { kind, record, into: typeof into === 'string' ? into : null };
        await audit(tx, { ...entry, action: 'records_merged', detail });
      }
      if (kind === 'operation') {
        const detail = { fields: Object.keys(fields).sort().join(' ') };
        await audit(tx, { ...entry, action: 'settings_changed', detail });
      }
    }
  }
}
