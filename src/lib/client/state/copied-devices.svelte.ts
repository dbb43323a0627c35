import type { OpenOperation } from './open-operation.svelte.ts';
import type { DeviceList } from './people.ts';

type Asked = Pick<OpenOperation, 'people' | 'isExample'>;

/**
 * Devices that were copied, or put back from a backup, with which no owner has dealt yet: the server
 * alone notices. Shown to owners as it last told while this device was unlocked.
 */
export class CopiedDevices {
  #devices = $state.raw<DeviceList | null>(null);
  /** What is shown may be older than what the server knows, or nothing at all. */
  isOffline = $state(false);
  readonly #operation: Asked;

  constructor(operation: Asked) {
    this.#operation = operation;
    if (this.#isTold) this.#devices = operation.people.lastDevices;
    void this.ask();
  }

  get #isTold(): boolean {
    const { people, isExample } = this.#operation;
    return !isExample && people.may('manage_devices');
  }

  async ask(): Promise<void> {
    if (!this.#isTold) return;
    const asked = await this.#operation.people.devices();
    this.isOffline = !asked.ok;
    if (asked.ok) this.#devices = asked.value;
  }

  get list(): DeviceList {
    return (this.#devices ?? []).filter(({ copied }) => copied !== null);
  }
}
