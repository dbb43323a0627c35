import type { Queries } from '../store/store.ts';

/** What is written down about people and devices; never what they recorded. */
export type AuditAction =
  | 'operation_created'
  | 'invite_created'
  | 'device_enrolled'
  | 'tokens_renewed'
  | 'device_revoked'
  | 'imported'
  | 'restored';

export interface AuditEntry {
  readonly operation: string;
  readonly at: number;
  readonly action: AuditAction;
  readonly member?: string | null;
  readonly device?: string | null;
  readonly detail?: Readonly<Record<string, string | number | null>>;
}

/** Adds to the audit. Nothing in the server changes or removes an entry. */
export async function audit(db: Queries, entry: AuditEntry): Promise<void> {
  await db
    .insertInto('audit')
    .values({
      operation: entry.operation,
      at: entry.at,
      member: entry.member ?? null,
      device: entry.device ?? null,
      action: entry.action,
      detail: JSON.stringify(entry.detail ?? {}),
    })
    .execute();
}
