import type { AccessRecords } from '#lib/domain/access/access-records.ts';
import { withoutUnderWay } from '#lib/domain/access/under-way.ts';
import type { Access } from './access.svelte.ts';
import type { LensChoice } from './lens-choice.ts';
import { today } from './today.ts';

/** The records without convoys that are under way: all that a page which leaves the device is made of. */
export class HandedOn {
  readonly #access: Access;
  readonly #choice: () => LensChoice;

  constructor(access: Access, choice: () => LensChoice) {
    this.#access = access;
    this.#choice = choice;
  }

  readonly #records = $derived.by((): AccessRecords =>
    withoutUnderWay(this.#access.accessRecords, { asOf: this.#choice().asOf, today: today() }),
  );

  get accessRecords(): AccessRecords {
    return this.#records;
  }

  /** Some convoys with a place are under way: what counts them must not leave the device. */
  get holdsBack(): boolean {
    return [...this.#access.accessRecords.convoys.values()].some(
      ({ id, stops }) => stops.length > 0 && !this.#records.convoys.has(id),
    );
  }

  get householdSize(): number | undefined {
    return this.#access.householdSize;
  }
}
