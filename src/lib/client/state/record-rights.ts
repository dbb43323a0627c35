import type { RecordKind } from '#lib/domain/records/registry.ts';
import { may } from '#lib/protocol/rights.ts';
import type { Role } from '#lib/protocol/roles.ts';
import type { Records } from './records.svelte.ts';

/** Who asks, and what is on record: an open operation is both. */
interface Asking {
  readonly identity: { readonly role: Role; readonly member: string };
  readonly records: Pick<Records, 'state' | 'conflicts'>;
}

export const mayAdd = ({ identity }: Pick<Asking, 'identity'>, kind: RecordKind): boolean =>
  may(identity.role, kind, 'create');

/**
 * Whether this person may correct a record: a logger his own, as long as nobody differs about it
 * (settling that is a coordinator's). He created it if any of its values is his: he edits no other.
 */
export function mayCorrect({ identity, records }: Asking, kind: RecordKind, id: string): boolean {
  if (may(identity.role, kind, 'edit')) return true;
  if (!may(identity.role, kind, 'own')) return false;
  const heads = Object.values(records.state(id)?.fields ?? {}).flat();
  const isOwn = heads.some(({ author }) => author === identity.member);
  return isOwn && !records.conflicts.some(({ record }) => record === id);
}

/** Whether this person may delete a record: one that he may correct. */
export const mayDelete = (asking: Asking, kind: RecordKind, id: string): boolean =>
  may(asking.identity.role, kind, 'delete') && mayCorrect(asking, kind, id);
