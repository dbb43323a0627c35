import type { Group } from '#lib/changes/change.ts';
import { toUtf8 } from '#lib/crypto/encoding.ts';
import { LIMITS } from '#lib/protocol/limits.ts';
import type { Certificate } from '#lib/protocol/wire-values.ts';
import type { DeviceDatabase } from '../db/database.ts';
import type { Cipher } from '../db/cipher.ts';

const ROW = 'certificates';

/**
 * What the server certified of the devices whose groups came here. It is kept for the day on which
 * the server lost its tail: what is sent again then goes with the certificates of those who signed
 * it, so that a server that has forgotten them believes it all the same (S7).
 */
export class Signers {
  readonly #db: DeviceDatabase;
  readonly #cipher: Cipher;
  readonly #own: string;
  #known: Map<string, Certificate> | undefined;
  readonly #unknown = new Set<string>();
  readonly #asked = new Set<string>();

  /** `own`: the device itself, which the server knows by its token. */
  constructor(db: DeviceDatabase, cipher: Cipher, own: string) {
    this.#db = db;
    this.#cipher = cipher;
    this.#own = own;
  }

  /** Groups came: whoever signed them has to be known from now on. */
  async note(groups: readonly { readonly group: Group }[]): Promise<void> {
    const known = await this.#load();
    for (const { group } of groups) {
      const { device } = group;
      if (device !== this.#own && !known.has(device) && !this.#asked.has(device)) {
        this.#unknown.add(device);
      }
    }
  }

  /** Whether the server should be asked who signed what came. */
  get isAskingDue(): boolean {
    return this.#unknown.size > 0;
  }

  async learn(certificates: readonly Certificate[]): Promise<void> {
    const known = await this.#load();
    for (const one of certificates) known.set(one.device, one);
    // Whom the server does not name is not asked for again before the next unlocking.
    for (const device of this.#unknown) this.#asked.add(device);
    this.#unknown.clear();
    const bytes = await this.#cipher.seal(ROW, toUtf8(JSON.stringify([...known.values()])));
    await this.#db.directory.put({ id: ROW, bytes });
  }

  /** Of the devices that signed these groups, other than this one. */
  async of(groups: readonly Group[]): Promise<readonly Certificate[]> {
    const devices = new Set(groups.map(({ device }) => device));
    devices.delete(this.#own);
    if (devices.size === 0) return [];
    const known = await this.#load();
    return [...devices]
      .flatMap((device) => known.get(device) ?? [])
      .slice(0, LIMITS.certificatesInPush);
  }

  async #load(): Promise<Map<string, Certificate>> {
    if (this.#known) return this.#known;
    const row = await this.#db.directory.get(ROW);
    const bytes = row && (await this.#cipher.open(ROW, row.bytes));
    const list = bytes ? (JSON.parse(new TextDecoder().decode(bytes)) as Certificate[]) : [];
    this.#known ??= new Map(list.map((one) => [one.device, one]));
    return this.#known;
  }
}
