import { Dexie } from 'dexie';

/** What can go wrong with the device's store, as values. Nothing of the edit is kept when it fails. */
export type StoreFailure =
  | { readonly type: 'storage_full' }
  | { readonly type: 'storage_closed' }
  | { readonly type: 'storage_failed'; readonly name: string };

/** An error of Dexie or IndexedDB as a value; what is no error of theirs is ours, and is thrown on. */
export function toStoreFailure(cause: unknown): StoreFailure {
  const name = nameOf(cause);
  if (name === 'QuotaExceededError') return { type: 'storage_full' };
  if (CLOSED.has(name)) return { type: 'storage_closed' };
  if (cause instanceof Dexie.DexieError || cause instanceof DOMException) {
    return { type: 'storage_failed', name };
  }
  throw cause;
}

const CLOSED = new Set(['DatabaseClosedError', 'InvalidStateError', 'ClosedError']);

function nameOf(cause: unknown): string {
  if (!(cause instanceof Error) && !(cause instanceof DOMException)) return '';
  const inner = 'inner' in cause ? nameOf(cause.inner) : '';
  return inner === 'QuotaExceededError' ? inner : cause.name;
}
