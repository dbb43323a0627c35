import type { Group } from '#lib/changes/change.ts';
import { readSigned } from '#lib/client/sync/signed-groups.ts';
import { fromBase64Url } from '#lib/crypto/encoding.ts';
import { PATHS } from '#lib/protocol/paths.ts';
import type { PullResponse, PushRequest, PushResponse } from '#lib/protocol/wire.ts';

/** A rule that does not hold: by its number where it has one (sync.md, Invariants). */
export class Broken extends Error {
  readonly rule: string;
  constructor(rule: string, message: string) {
    super(message);
    this.rule = rule;
  }
}

/** What the server has told one disk in answers that reached it. */
export interface Told {
  /** Groups that came back in a page. */
  readonly pulled: Set<string>;
  /** Groups under the numbers that were acknowledged. */
  readonly acked: Set<string>;
  /** Groups, and numbers as `replica/n`, that were set aside. */
  readonly aside: Set<string>;
  /** Some of what it shows came in a snapshot, without the groups. */
  hasSnapshot: boolean;
}

export const nothingTold = (): Told => ({
  pulled: new Set(),
  acked: new Set(),
  aside: new Set(),
  hasSnapshot: false,
});

export const copyOfTold = ({ pulled, acked, aside, hasSnapshot }: Told): Told => ({
  pulled: new Set(pulled),
  acked: new Set(acked),
  aside: new Set(aside),
  hasSnapshot,
});

/** A save that a person was told is on his phone. */
export interface Promised {
  readonly phone: number;
  readonly operation: number;
  /** The disk it was on was thrown away, by its owner or by a revocation. */
  diskIsGone: boolean;
}

export interface Heard {
  readonly phone: number;
  readonly path: string;
  readonly request: string;
  readonly text: string;
  /** Of a part of a snapshot: all that its reader may read. */
  readonly acked: readonly string[];
}

/** Everything that the fuzz knows from outside: what people were told, and what the server said. */
export class Witness {
  readonly promised = new Map<string, Promised>();
  /** Groups that a person has dealt with. */
  readonly dismissed = new Set<string>();
  /** A rule that was broken where only a failing request would show it. */
  broken: Broken | undefined;
  /** Answers that only a copied phone, a restored phone or a server that lost something may give. */
  readonly renumberings: string[] = [];
  /** Numbers that one disk may see used twice: it was copied, or an old image was put back. */
  readonly copied = new Set<number>();

  /** An answer reached a disk; `acked`: the groups under the numbers that it acknowledges. */
  note(told: Told, { phone, path, request, text, acked }: Heard): void {
    if (path === PATHS.pull) this.#notePull(told, JSON.parse(text) as PullResponse);
    if (path === PATHS.snapshotPart) {
      told.hasSnapshot = true;
      for (const group of acked) told.pulled.add(group);
    }
    if (path !== PATHS.push) return;
    const answer = JSON.parse(text) as PushResponse;
    const { replica } = JSON.parse(request) as PushRequest;
    if (answer.fork !== undefined || answer.gap !== undefined) {
      this.renumberings.push(`phone ${phone}: ${answer.fork ? 'fork' : 'gap'} for ${replica}`);
    }
    for (const group of acked) told.acked.add(group);
    for (const { id, n } of answer.quarantined) {
      told.aside.add(id);
      if (n !== undefined) told.aside.add(`${replica}/${n}`);
    }
    if (answer.pulled) this.#notePull(told, answer.pulled);
  }

  #notePull(told: Told, { streams }: PullResponse): void {
    for (const page of [streams.log, streams.movements]) {
      for (const text of page?.groups ?? []) told.pulled.add(groupIn(text).id);
    }
  }
}

export function groupIn(text: string): Group {
  const group = readSigned(fromBase64Url(text) ?? new Uint8Array(0));
  if (!group) throw new Broken('S3', 'the server gave a group that cannot be read');
  return group;
}
