import type { Group } from '#lib/changes/change.ts';
import type { QuarantineCode } from '#lib/protocol/codes.ts';
import type { Role } from '#lib/protocol/roles.ts';

/** Who signed a group, as the server knows him. */
export interface Author {
  readonly member: string;
  readonly role: Role;
}

/** A group whose signature holds, from a known device, allowed as far as that shows without the store. */
export interface SoundGroup {
  readonly verdict: 'sound';
  readonly id: string;
  readonly group: Group;
  readonly author: Author;
  readonly bytes: Uint8Array;
  readonly signature: Uint8Array;
}

/** What the server will not accept. It is kept all the same, with its code, and never in the way. */
export interface RefusedEnvelope {
  readonly verdict: 'refused';
  /**
   * Its key in the store: the group's id where the signature proves it, else `UNPROVEN` and a hash,
   * so that nobody can occupy the id of a group that he did not sign.
   */
  readonly id: string;
  /** The id that it claims, or else its hash: for the device that sent it. */
  readonly claims: string;
  readonly code: QuarantineCode;
  readonly device: string;
  readonly author: string;
  readonly stream: string;
  readonly bytes: Uint8Array;
  readonly signature: Uint8Array;
}

/** One envelope, opened and judged by itself; what needs the store is judged when it is committed. */
export type Incoming = SoundGroup | RefusedEnvelope;

/** Begins the keys of envelopes whose origin is not proven. No id of a group begins so. */
export const UNPROVEN = '~';

/** What one device sends at once: consecutive numbers of one replica, or unnumbered (an import). */
export interface Push {
  readonly operation: string;
  /** The device that brings it; not always the one that signed. */
  readonly carrier: string;
  readonly numbering: { readonly replica: string; readonly from: number } | null;
  readonly incoming: readonly Incoming[];
}

export interface Refusal {
  readonly id: string;
  /** The number under which it was sent, where it has one. */
  readonly n?: number;
  readonly code: QuarantineCode;
}

/** What became of the groups that were sent, beside their numbers. */
export interface Remarks {
  readonly refused: Refusal[];
  /** S9: groups kept until what they build on arrives. */
  readonly held: string[];
}

export type PushOutcome = Readonly<Remarks> &
  (
    | { readonly type: 'acked'; readonly n: number }
    /** Numbers are missing: `last` is the last one the server has. */
    | { readonly type: 'gap'; readonly last: number }
    /** Number `n` of this replica holds another group: two devices use the same numbers. */
    | { readonly type: 'fork'; readonly n: number }
  );
