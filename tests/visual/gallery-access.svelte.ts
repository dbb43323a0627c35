import { Access } from '#lib/client/state/access.svelte.ts';
import type { Records } from '#lib/client/state/records.svelte.ts';
import type { SyncStatus } from '#lib/client/state/sync-status.svelte.ts';
import type { Dataset } from '#lib/domain/records/dataset.ts';
import { AS_OF } from './gallery-data.ts';

/** What the screens see, of records that lie in memory. */
export async function accessTo(dataset: Dataset): Promise<Access> {
  const records = { dataset, conflicts: [] } as unknown as Records;
  const sync = { isOnlyHere: () => false } as unknown as SyncStatus;
  const access = new Access(records, sync);
  await access.loadIndicators();
  access.asOf = AS_OF;
  access.classifier = 'UN';
  return access;
}
