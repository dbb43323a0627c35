import type { AuditResponse } from '#lib/protocol/wire-people.ts';
import type { Queries } from '../store/store.ts';

/** What is written down about people and devices; never what they recorded. */
export type AuditAction =
  | 'operation_created'
  | 'invite_created'
  | 'device_enrolled'
  | 'tokens_renewed'
  | 'device_revoked'
  | 'device_restored'
  | 'device_forked'
  | 'copy_settled'
  | 'role_changed'
  | 'quarantine_settled'
  | 'records_merged'
  | 'settings_changed'
  | 'imported'
  | 'import_undone'
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

const PAGE = 200;

/** The audit of an operation, newest first, a page at a time. */
export async function readAudit(
  db: Queries,
  operation: string,
  after: number | undefined,
): Promise<AuditResponse> {
  const rows = await db
    .selectFrom('audit')
    .selectAll()
    .where('operation', '=', operation)
    .$if(after !== undefined, (query) => query.where('id', '<', after ?? 0))
    .orderBy('id', 'desc')
    .limit(PAGE + 1)
    .execute();
  const page = rows.slice(0, PAGE);
  return {
    entries: page.map(({ at, action, member, device, detail }) => ({
      at: new Date(at).toISOString(),
      action,
      member,
      device,
      detail: JSON.parse(detail) as Record<string, string | number | null>,
    })),
    next: rows.length > PAGE ? (page.at(-1)?.id ?? null) : null,
  };
}
