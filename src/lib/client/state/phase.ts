import type { Role } from '#lib/protocol/roles.ts';

/**
 * `insecure`: no cryptography, because the page came over plain HTTP; `unsupported`: no place to
 * keep anything; `welcome`: nobody is enrolled here; `example`: looking around, unsealed.
 */
export type Phase =
  | 'starting'
  | 'insecure'
  | 'unsupported'
  | 'welcome'
  | 'locked'
  | 'unlocked'
  | 'example'
  | 'failed';

export interface EnrolInput {
  readonly token: string;
  readonly name?: string | undefined;
  readonly passphrase: string;
}

/** What enrolling is busy with, for the person who waits. */
export type EnrolStep = 'key' | 'server' | 'storing';

export type EnrolError =
  | { readonly type: 'invite_unknown' | 'invite_used' | 'invite_expired' }
  | { readonly type: 'offline' }
  | { readonly type: 'too_many' }
  | { readonly type: 'already_enrolled' }
  | { readonly type: 'storage_failed'; readonly reason: string }
  | { readonly type: 'server_failed'; readonly code: string };

export type UnlockError =
  | { readonly type: 'wrong_passphrase' }
  | { readonly type: 'not_enrolled' }
  /** The invite was being used when the page ended, and that could not be finished now. */
  | { readonly type: 'not_finished'; readonly error: EnrolError }
  | { readonly type: 'storage_failed'; readonly reason: string };

/** Who this device is, in the operation that is open. */
export interface Identity {
  readonly operation: string;
  readonly operationName: string;
  readonly device: string;
  readonly member: string;
  readonly name: string;
  readonly role: Role;
}
