import { ROLES, type Role } from '#lib/protocol/roles.ts';
import type { DeviceDatabase } from '../db/database.ts';
import { updateEnrolment, type Enrolment, type Unlocked } from '../db/vault.ts';
import type { SnapshotTrust } from '../sync/load-snapshot.ts';
import { refusal, type RoundOutcome } from '../sync/outcome.ts';
import type { ServerKey } from '../sync/signed-groups.ts';
import type { Transport } from '../sync/transport.ts';
import type { Identity } from './phase.ts';

/** Who this device is while it is unlocked; its tokens and its person's role may change meanwhile. */
export class Enrolled {
  #enrolment = $state.raw() as Enrolment;
  readonly #db: DeviceDatabase;
  readonly #unlocked: Unlocked;
  readonly #transport: Transport;

  constructor(db: DeviceDatabase, unlocked: Unlocked, transport: Transport) {
    this.#db = db;
    this.#unlocked = unlocked;
    this.#transport = transport;
    this.#enrolment = unlocked.enrolment;
  }

  readonly #identity = $derived.by((): Identity => {
    const { operation, operationName, device, member, name } = this.#enrolment;
    return { operation, operationName, device, member, name, role: this.role };
  });

  get identity(): Identity {
    return this.#identity;
  }

  get role(): Role {
    return ROLES.find((known) => known === this.#enrolment.role) ?? 'observer';
  }

  readonly token = (): string => this.#enrolment.fullToken;

  /** By whose signature a snapshot of this operation is known. */
  get trust(): SnapshotTrust {
    const { operation, certificate } = this.#enrolment;
    return { operation, point: certificate.signed.split('.')[0] ?? '' };
  }

  /** The server's newest key. */
  readonly serverKey = (): ServerKey => {
    const [newest] = this.#enrolment.serverKeys;
    if (!newest) throw new Error('a server has a key');
    return newest;
  };

  /** The server does not know the token any more: new ones by the signing key, or why there are none. */
  async renew(signal: AbortSignal): Promise<RoundOutcome | undefined> {
    // Asked for a few times a year; where it cannot be loaded, that is like no network.
    const loaded = await import('../sync/renew.ts').catch(() => null);
    const answered = await loaded?.renewTokens(this.#transport, this.#unlocked, signal);
    if (!answered || signal.aborted) return { type: 'offline' };
    if (answered.type !== 'answer') return refusal(answered);
    const { tokens, role, serverKeys } = answered.body;
    await this.#change({ fullToken: tokens.full, role, serverKeys }, tokens.push);
    return undefined;
  }

  /** An owner gave this person another role. */
  async noteRole(role: Role): Promise<void> {
    if (role !== this.role) await this.#change({ role }, undefined);
  }

  async #change(change: Partial<Enrolment>, pushToken: string | undefined): Promise<void> {
    const enrolment = { ...this.#enrolment, ...change };
    await updateEnrolment(this.#db, this.#unlocked.cipher, enrolment, pushToken);
    this.#enrolment = enrolment;
  }
}
