/** What the browser's storage can answer instead of keeping something. */
export interface StorageError {
  readonly type: 'storage_full' | 'storage_failed';
  /** The name of the browser's error, for a report; never content. */
  readonly reason: string;
}

/** Errors of Dexie and IndexedDB as values; anything else is a programming error and thrown on. */
export function storageError(thrown: unknown): StorageError {
  const names = errorNames(thrown);
  if (names.length === 0) throw thrown;
  const isFull = names.some((name) => name === 'QuotaExceededError');
  return { type: isFull ? 'storage_full' : 'storage_failed', reason: names[0] as string };
}

const STORAGE_ERRORS = new Set([
  'AbortError',
  'BulkError',
  'ConstraintError',
  'DataError',
  'DatabaseClosedError',
  'InvalidStateError',
  'MissingAPIError',
  'NotFoundError',
  'OpenFailedError',
  'QuotaExceededError',
  'TimeoutError',
  'TransactionInactiveError',
  'UnknownError',
  'VersionError',
]);

function errorNames(thrown: unknown): string[] {
  const names: string[] = [];
  let at: unknown = thrown;
  for (let depth = 0; depth < 5 && at instanceof Object; depth++) {
    const { name, inner, failures } = at as {
      name?: unknown;
      inner?: unknown;
      failures?: unknown[];
    };
    if (typeof name === 'string' && STORAGE_ERRORS.has(name)) names.push(name);
    at = inner ?? failures?.[0];
  }
  return names;
}
