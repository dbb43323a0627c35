import type { AccessRecords } from '#lib/domain/access/access-records.ts';
import { type Basis, everything, handedOn } from '#lib/domain/access/release.ts';
import { convoysUnderWay, type HandingOn, type WhyUnderWay } from '#lib/domain/access/under-way.ts';
import type { Access } from './access.svelte.ts';
import type { LensSource } from './lens-results.svelte.ts';
import { today } from './today.ts';

const whenOf = ({ isPublic }: Access): HandingOn => ({ today: today(), isPublic });

/** The convoys that keep charts from leaving and that reports leave out, each with why. */
export const underWayIn = (access: Access): ReadonlyMap<string, WhyUnderWay> =>
  convoysUnderWay(access.accessRecords, whenOf(access));

/** The records without convoys that are under way: all that a page which leaves the device is made of. */
export class HandedOn implements LensSource {
  readonly #access: Access;

  constructor(access: Access) {
    this.#access = access;
  }

  readonly #based = $derived.by(() => handedOn(this.#access.accessRecords, whenOf(this.#access)));

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

  constructor(access: Access) {
    this.#access = access;
  }

  get accessRecords(): AccessRecords {
    return this.#access.accessRecords;
  }

  /** Asked for by charts alone: lists do not pay for it. */
  readonly #basis = $derived.by(
    () => everything(this.#access.accessRecords, whenOf(this.#access)).basis,
  );
  get basis(): Basis {
    return this.#basis;
  }

  get householdSize(): number | undefined {
    return this.#access.householdSize;
  }
}
