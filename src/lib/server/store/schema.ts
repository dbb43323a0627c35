import type { Generated } from 'kysely';

/**
 * The tables of the server's store, as Kysely sees them. Ids are random or hashed text, times are
 * milliseconds since 1970 by the server's clock, bytes are blobs; the same on SQLite and PostgreSQL.
 */
export interface StoreSchema {
  serverKeys: ServerKeyRow;
  operations: OperationRow;
  counters: CounterRow;
  members: MemberRow;
  devices: DeviceRow;
  tokens: TokenRow;
  invites: InviteRow;
  groups: GroupRow;
  replicas: ReplicaRow;
  slots: SlotRow;
  changes: ChangeRow;
  records: RecordRow;
  waits: WaitRow;
  publication: PublicationRow;
  convoys: ConvoyRow;
  convoyRecords: ConvoyRecordRow;
  convoyGroups: ConvoyGroupRow;
  settlements: SettlementRow;
  snapshots: SnapshotRow;
  snapshotParts: SnapshotPartRow;
  audit: AuditRow;
}

/** `seal` opens envelopes, `sign` certifies devices and signs imports, `secret` derives invite tokens. */
export type ServerKeyPurpose = 'seal' | 'sign' | 'secret';

export interface ServerKeyRow {
  id: string;
  purpose: ServerKeyPurpose;
  publicKey: Uint8Array;
  /** PKCS#8, or the raw secret. */
  privateKey: Uint8Array;
  createdAt: number;
}

export interface OperationRow {
  id: string;
  name: string;
  /** An opaque id; a restored store has a new one (sync.md, Epoch). */
  epoch: string;
  createdAt: number;
}

/** The one counter row of an operation: the greatest published `seq` of each stream, and its past. */
export interface CounterRow {
  operation: string;
  log: number;
  movements: number;
  logPast: string;
  movementsPast: string;
}

export interface MemberRow {
  /** The opaque author id of this person's changes. */
  id: string;
  operation: string;
  name: string;
  organisation: string | null;
  role: string;
  createdAt: number;
}

export interface DeviceRow {
  id: string;
  operation: string;
  member: string;
  /** Raw P-256 points: ECDSA for groups, ECDH for what is sealed to the device. */
  signKey: Uint8Array;
  sealKey: Uint8Array;
  createdAt: number;
  lastContact: number | null;
  revokedAt: number | null;
  revokedAs: 'leaving' | 'lost' | null;
  /** The time it signed when it last renewed its tokens: each is taken once. */
  renewedFor: number | null;
  /** When it used numbers again, as a copy does; null once an owner has dealt with it. */
  forkedAt: number | null;
}

export interface TokenRow {
  /** SHA-256 of the token, base64url: the token itself is nowhere. */
  hash: string;
  device: string;
  scope: 'full' | 'push';
  expiresAt: number;
}

export interface InviteRow {
  id: string;
  tokenHash: string;
  operation: string;
  role: string;
  name: string;
  organisation: string | null;
  /** Set when a person enrols a further device of his own. */
  member: string | null;
  createdBy: string | null;
  createdAt: number;
  expiresAt: number | null;
  usedAt: number | null;
  usedBy: string | null;
}

export type GroupState = 'stored' | 'held' | 'quarantined';

export interface GroupRow {
  operation: string;
  id: string;
  stream: string;
  /** The device that signed it, and its member; empty when the envelope could not be opened. */
  device: string;
  author: string;
  /** As signed, or the envelope itself when it could not be opened. */
  bytes: Uint8Array;
  signature: Uint8Array;
  receivedAt: number;
  state: GroupState;
  code: string | null;
  /** The device that brought it. */
  carrier: string;
  batch: string | null;
}

/** How far the transport numbering of one device's replica has come; key `device/replica`. */
export interface ReplicaRow {
  key: string;
  last: number;
}

/** What a device sent under a number; key `device/replica/n`. */
export interface SlotRow {
  key: string;
  groupId: string;
}

/** Finds the group of a change, and the record it belongs to; of stored and held groups. */
export interface ChangeRow {
  operation: string;
  id: string;
  groupId: string;
  record: string;
}

/** Every record that a stored group touched: what kind it is, and who created it. */
export interface RecordRow {
  operation: string;
  record: string;
  kind: string;
  creator: string;
  /** 1: the creator is the author of the change that says it creates the record. */
  marked: number;
}

/** A held group waits for a change that the server does not have yet (S9). */
export interface WaitRow {
  operation: string;
  changeId: string;
  groupId: string;
}

export interface PublicationRow {
  operation: string;
  stream: string;
  seq: number;
  groupId: string;
  /** Of the group: finds what a logger may read of `movements`. */
  author: string;
  /** A digest of this group and all before it in the stream; cursors name it. */
  past: string;
}

/** What the release rule knows of a convoy (docs/security.md, Movements). */
export interface ConvoyRow {
  operation: string;
  convoy: string;
  /** Since when the server knows that it has come to an end and nobody said it is on the road. */
  endedAt: number | null;
  /** When it goes to `log` if nobody says anything before. */
  dueAt: number | null;
  releasedAt: number | null;
}

/** Records that hang on a convoy, found again when a later change does not name the convoy. */
export interface ConvoyRecordRow {
  operation: string;
  record: string;
  convoy: string;
}

/** Groups that must not reach `log` before this convoy does. */
export interface ConvoyGroupRow {
  operation: string;
  convoy: string;
  groupId: string;
}

/** What a person decided about a group that was set aside; the group itself stays. */
export interface SettlementRow {
  operation: string;
  groupId: string;
  at: number;
  member: string | null;
  device: string | null;
  reason: string;
  /** The group that stands in its place. */
  correction: string | null;
}

/** The folded records of what one audience reads, up to a sequence of each stream. */
export interface SnapshotRow {
  id: string;
  operation: string;
  /** `log`: that stream alone; `all`: both. */
  audience: 'log' | 'all';
  createdAt: number;
  log: number;
  movements: number;
  /** `SnapshotManifest`, as JSON. */
  manifest: string;
}

export interface SnapshotPartRow {
  snapshot: string;
  part: number;
  createdAt: number;
  /** Compressed (gzip), as it is sent. */
  bytes: Uint8Array;
}

export interface AuditRow {
  id: Generated<number>;
  operation: string;
  at: number;
  member: string | null;
  device: string | null;
  action: string;
  detail: string;
}
