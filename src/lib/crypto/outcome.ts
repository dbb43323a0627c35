/** What can go wrong when something sealed is opened: a value, for whoever asked to tell a person. */
export type CryptoFailure =
  | { readonly type: 'wrong_key' }
  | { readonly type: 'damaged' }
  /** The worker did not start, or the device has not the memory that the parameters ask for. */
  | { readonly type: 'not_derived'; readonly reason: string }
  | { readonly type: 'unknown_server_key'; readonly keyId: string };

export type Opened<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: CryptoFailure };

export function opened<T>(value: T): Opened<T> {
  return { ok: true, value };
}

export function failed<T>(error: CryptoFailure): Opened<T> {
  return { ok: false, error };
}
