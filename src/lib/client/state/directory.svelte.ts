import type { Cipher } from '../db/cipher.ts';
import type { DeviceDatabase } from '../db/database.ts';
import type { DeviceList, People } from './people.ts';

const ROW = 'directory';

/**
 * Who stands behind the ids in changes, as far as the server tells this person: names for those who
 * coordinate, organisations for everybody else (docs/security.md, roles). What it said last is kept
 * sealed, so that a history can be read with the cable pulled out.
 */
export class Directory {
  #devices = $state.raw<DeviceList>([]);
  readonly #db: DeviceDatabase;
  readonly #cipher: Cipher;
  readonly #people: People;

  constructor(db: DeviceDatabase, cipher: Cipher, people: People) {
    this.#db = db;
    this.#cipher = cipher;
    this.#people = people;
  }

  readonly #names = $derived.by(
    () => new Map(this.#devices.map(({ member, name }) => [member, name])),
  );
  readonly #numbers = $derived.by(() => {
    const numbers = new Map<string, number>();
    const counted = new Map<string, number>();
    const byAge = [...this.#devices].sort((a, b) => (a.enrolled < b.enrolled ? -1 : 1));
    for (const { device, member } of byAge) {
      const number = (counted.get(member) ?? 0) + 1;
      counted.set(member, number);
      numbers.set(device, number);
    }
    return numbers;
  });

  /** The name or the organisation behind an author id; undefined where nothing is known of it. */
  nameOf(member: string): string | undefined {
    return this.#names.get(member);
  }

  /** Which of its person's devices it is, counted from 1. */
  deviceNumber(device: string): number | undefined {
    return this.#numbers.get(device);
  }

  /** Opens what the server said last. */
  async load(): Promise<void> {
    const row = await this.#db.directory.get(ROW);
    const bytes = row && (await this.#cipher.open(ROW, row.bytes));
    if (bytes) this.#devices = JSON.parse(new TextDecoder().decode(bytes)) as DeviceList;
  }

  /** Asks the server; where it cannot be reached, what is known stays. */
  async refresh(): Promise<void> {
    const answered = await this.#people.devices();
    if (!answered.ok) return;
    this.#devices = answered.value;
    const bytes = new TextEncoder().encode(JSON.stringify(answered.value));
    await this.#db.directory.put({ id: ROW, bytes: await this.#cipher.seal(ROW, bytes) });
  }
}
