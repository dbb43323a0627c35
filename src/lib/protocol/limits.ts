/** Sizes that both sides keep to. What is larger is refused with `too_large`, never cut. */
export const LIMITS = {
  changesInGroup: 500,
  /** Bytes of one group as it is signed. */
  groupBytes: 512 * 1024,
  /** Bytes of one envelope, sealed. */
  envelopeBytes: 520 * 1024,
  envelopesInPush: 200,
  /** Certificates that come with what is sent again (S7). */
  certificatesInPush: 200,
  /** Bytes of one request's body. */
  bodyBytes: 4 * 1024 * 1024,
  /** Groups in one page of a pull, and the bytes after which a page ends. */
  groupsInPage: 500,
  pageBytes: 1024 * 1024,
  /** Bytes of the value of one field. */
  valueBytes: 64 * 1024,
  /** Arrays and objects within each other, in the value of one field. */
  valueDepth: 16,
} as const;
