/** Stable codes on the wire; the text a person reads is made from them by i18n. */

/** Why the server did not take a request. */
export const ERROR_CODES = [
  'bad_request',
  'unauthorised',
  'revoked',
  'forbidden',
  'invite_unknown',
  'invite_used',
  'invite_expired',
  'not_found',
  'last_owner',
  'too_large',
  'too_many',
  'unavailable',
  'internal',
] as const;
export type ErrorCode = (typeof ERROR_CODES)[number];

/** Why a group was set aside (quarantined): recorded, shown to its author, never lost. */
export const QUARANTINE_CODES = [
  'envelope_unreadable',
  'group_unreadable',
  'signature_wrong',
  'device_unknown',
  'device_revoked',
  'wrong_operation',
  'wrong_stream',
  'not_allowed',
  'field_invalid',
  'kind_mismatch',
  'id_clash',
  'base_missing',
] as const;
export type QuarantineCode = (typeof QUARANTINE_CODES)[number];
