import type { Cipher } from '#lib/client/db/cipher.ts';
import { sealingCipher } from '#lib/client/db/cipher.ts';
import type { DeviceDatabase, VaultRow } from '#lib/client/db/database.ts';
import { updateEnrolment, type Enrolment, type Unlocked } from '#lib/client/db/vault.ts';
import type { SnapshotTrust } from '#lib/client/sync/load-snapshot.ts';
import { renewTokens } from '#lib/client/sync/renew.ts';
import { refusal, type RoundOutcome } from '#lib/client/sync/outcome.ts';
import type { Rights } from '#lib/client/sync/round.ts';
import type { ServerKey } from '#lib/client/sync/signed-groups.ts';
import type { Transport } from '#lib/client/sync/transport.ts';
import { toUtf8 } from '#lib/crypto/encoding.ts';
import type { Role } from '#lib/protocol/roles.ts';
import type { Person } from './template.ts';

const ROW = 'identity';
const NONE = new Uint8Array(0);

/** Who a device is, as its vault keeps it; without a passphrase, which no history is about. */
export async function sealIdentity({ enrolled, dataKey }: Person): Promise<VaultRow> {
  const { operation, operationName, device, member, name, role, certificate, serverKeys } =
    enrolled;
  const enrolment: Enrolment = {
    operation,
    operationName,
    device,
    member,
    name,
    role,
    fullToken: enrolled.tokens.full,
    certificate: { signed: certificate, role },
    serverKeys,
  };
  const bytes = await sealingCipher(dataKey).seal(ROW, toUtf8(JSON.stringify(enrolment)));
  const keys = { wrappedKey: NONE, wrappedSigning: NONE, wrappedSealing: NONE };
  const parameters = { memory: 8, passes: 1, lanes: 1 };
  const publics = { signPublic: NONE, sealPublic: NONE };
  return { id: 'vault', salt: NONE, parameters, ...keys, ...publics, bytes };
}

export async function openIdentity(
  db: DeviceDatabase,
  cipher: Cipher,
  person: Person,
): Promise<Identity> {
  const row = await db.vault.get('vault');
  const bytes = row && (await cipher.open(ROW, row.bytes));
  if (!bytes) throw new Error('a phone does not know who it is');
  const enrolment = JSON.parse(new TextDecoder().decode(bytes)) as Enrolment;
  const { dataKey, signingKey, publicKeys } = person;
  return new Identity(db, { dataKey, signingKey, publicKeys, cipher, enrolment });
}

/** The tokens and the role that an open page goes by (`Enrolled` does the same for the screens). */
export class Identity implements Rights {
  #unlocked: Unlocked;
  readonly #db: DeviceDatabase;

  constructor(db: DeviceDatabase, unlocked: Unlocked) {
    this.#db = db;
    this.#unlocked = unlocked;
  }

  get role(): Role {
    return this.#unlocked.enrolment.role as Role;
  }

  get fullToken(): string {
    return this.#unlocked.enrolment.fullToken;
  }

  get serverKey(): ServerKey {
    const [key] = this.#unlocked.enrolment.serverKeys;
    if (!key) throw new Error('a server has a key');
    return key;
  }

  /** By whose signature a snapshot of this operation is known. */
  get trust(): SnapshotTrust {
    const { operation, certificate } = this.#unlocked.enrolment;
    return { operation, point: certificate.signed.split('.')[0] ?? '' };
  }

  async noteRole(role: Role): Promise<void> {
    if (role !== this.role) await this.#change({ role }, undefined);
  }

  async renew(transport: Transport, signal: AbortSignal): Promise<RoundOutcome | undefined> {
    const answered = await renewTokens(transport, this.#unlocked, signal);
    if (answered.type !== 'answer') return refusal(answered);
    const { tokens, role, serverKeys } = answered.body;
    await this.#change({ fullToken: tokens.full, role, serverKeys }, tokens.push);
    return undefined;
  }

  async #change(change: Partial<Enrolment>, pushToken: string | undefined): Promise<void> {
    const enrolment = { ...this.#unlocked.enrolment, ...change };
    await updateEnrolment(this.#db, this.#unlocked.cipher, enrolment, pushToken);
    this.#unlocked = { ...this.#unlocked, enrolment };
  }
}
