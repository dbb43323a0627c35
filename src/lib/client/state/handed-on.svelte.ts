import type { AccessRecords } from '#lib/domain/access/access-records.ts';
import { type Basis, everything, handedOn } from '#lib/domain/access/release.ts';
import type { Access } from './access.svelte.ts';
import type { LensChoice } from './lens-choice.ts';
import type { LensSource } from './lens-results.svelte.ts';
import { today } from './today.ts';

/** The records without convoys that are under way: all that a page which leaves the device is made of. */
export class HandedOn implements LensSource {
  readonly #access: Access;
  readonly #choice: () => LensChoice;

  constructor(access: Access, choice: () => LensChoice) {
    this.#access = access;
    this.#choice = choice;
  }

  readonly #based = $derived.by(() =>
    handedOn(this.#access.accessRecords, { asOf: this.#choice().asOf, today: today() }),
  );

  get accessRecords(): AccessRecords {
    return this.#based.records;
  }

  get basis(): Basis {
    return this.#based.basis;
  }

  get householdSize(): number | undefined {
    return this.#access.householdSize;
  }
}

/** All records, for screens: what counts convoys that are under way must not leave the device. */
export class Everything implements LensSource {
  readonly #access: Access;
  readonly #choice: () => LensChoice;

  constructor(access: Access, choice: () => LensChoice) {
    this.#access = access;
    this.#choice = choice;
  }

  get accessRecords(): AccessRecords {
    return this.#access.accessRecords;
  }

  /** Asked for by charts alone: lists do not pay for it. */
  readonly #basis = $derived.by(
    () =>
      everything(this.#access.accessRecords, { asOf: this.#choice().asOf, today: today() }).basis,
  );
  get basis(): Basis {
    return this.#basis;
  }

  get householdSize(): number | undefined {
    return this.#access.householdSize;
  }
}
