import * as v from 'valibot';
import type { PeopleResponse } from '#lib/protocol/wire-people.ts';
import type { Cipher } from '../db/cipher.ts';
import type { DeviceDatabase } from '../db/database.ts';
import { keepDirectory, readDirectory } from '../db/directory.ts';
import { storageError } from '../db/storage-error.ts';
import type { People } from './people.ts';

const NOBODY: PeopleResponse = { people: [], devices: [], certificates: [] };

/** Milliseconds before it asks again for somebody whom the server does not know either. */
const PAUSE = 30_000;

export type Person = PeopleResponse['people'][number];

/**
 * Who stands behind the ids in changes, as far as the server tells this person: names for those who
 * coordinate, organisations for everybody else (docs/security.md, roles). What it said last is kept
 * sealed, so that a history can be read with the cable pulled out.
 */
export class Directory {
  #askedAt = 0;
  #known = $state.raw<PeopleResponse>(NOBODY);
  readonly #db: DeviceDatabase;
  readonly #cipher: Cipher;
  readonly #people: People;

  constructor(db: DeviceDatabase, cipher: Cipher, people: People) {
    this.#db = db;
    this.#cipher = cipher;
    this.#people = people;
  }

  readonly #byMember = $derived.by(
    () => new Map(this.#known.people.map((person) => [person.member, person])),
  );
  readonly #numbers = $derived.by(
    () => new Map(this.#known.devices.map(({ device, number }) => [device, number])),
  );

  /** Everybody of the operation, the longest in it first. */
  get people(): readonly Person[] {
    return this.#known.people;
  }

  /** The name, or the organisation where the name is not for this person; undefined: not known. */
  nameOf(member: string): string | undefined {
    const person = this.#byMember.get(member);
    return person?.name ?? person?.organisation ?? undefined;
  }

  /** Which of its person's devices it is, counted from 1. */
  deviceNumber(device: string): number | undefined {
    return this.#numbers.get(device);
  }

  /** Opens what the server said last; what cannot be read is asked for again. */
  async load(): Promise<void> {
    const text = await readDirectory(this.#db, this.#cipher);
    if (text === undefined) return;
    const { peopleResponse } = await import('#lib/protocol/wire-people.ts');
    const read = v.safeParse(peopleResponse, JSON.parse(text));
    if (read.success) this.#known = read.output;
  }

  /** Asks the server again where somebody is unknown here: who joined since, say. */
  lookUp(members: Iterable<string>): void {
    const isKnown = [...members].every((member) => this.#byMember.has(member));
    const now = Date.now();
    if (isKnown || now - this.#askedAt < PAUSE) return;
    this.#askedAt = now;
    void this.refresh();
  }

  /** Asks the server; where it cannot be reached, what is known stays. */
  async refresh(): Promise<void> {
    const answered = await this.#people.everyone();
    if (!answered.ok) return;
    this.#known = answered.value;
    // Locked meanwhile, or full: it is asked again the next time.
    await keepDirectory(this.#db, this.#cipher, JSON.stringify(answered.value)).catch(storageError);
  }
}
