import { dayOf, dayToIso } from '#lib/domain/dates/day.ts';
import type { DeviceList } from './people.ts';
import type { OpenOperation } from './open-operation.svelte.ts';
import { type SilentReach, silentDevices, silentReach } from './silent-devices.ts';

const dayHere = (instant: number): string => {
  const date = new Date(instant);
  return dayToIso(dayOf(date.getFullYear(), date.getMonth() + 1, date.getDate()));
};

/** The devices not heard from, as the server tells those who coordinate when a screen opens. */
export class SilentDevices {
  #devices = $state.raw<DeviceList | null>(null);
  readonly #operation: Pick<OpenOperation, 'people' | 'sync' | 'isExample'>;

  constructor(operation: Pick<OpenOperation, 'people' | 'sync' | 'isExample'>) {
    this.#operation = operation;
    void this.#ask();
  }

  async #ask(): Promise<void> {
    const { people, isExample } = this.#operation;
    if (isExample || !people.may('read_names')) return;
    const asked = await people.devices();
    if (asked.ok) this.#devices = asked.value;
  }

  /** The longest silent first; null: nobody could be asked. */
  get list(): DeviceList | null {
    const now = Date.now() - (this.#operation.sync.clockError ?? 0);
    return this.#devices && [...silentDevices(this.#devices, now)];
  }

  /** As the sentence on how far the records reach says it; undefined where nobody can know. */
  get reach(): SilentReach | undefined {
    return this.list ? silentReach(this.list, dayHere) : undefined;
  }
}
