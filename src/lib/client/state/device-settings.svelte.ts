/**
 * What a person set for this device. Nothing of it is about the operation, so it may lie in plain
 * in localStorage, where the lock screen can read it.
 */
export interface SettingValues {
  locale: string | null;
  digits: 'latin' | 'arabic' | null;
  theme: 'light' | 'dark' | null;
  /** Minutes without a touch after which the device locks: 1 to 30. */
  idleMinutes: number;
  /** Seconds out of sight after which it locks: 5 to 600. */
  hiddenSeconds: number;
}

const KEY = 'crossline.settings';
const DEFAULTS: SettingValues = {
  locale: null,
  digits: null,
  theme: null,
  idleMinutes: 2,
  hiddenSeconds: 30,
};

/** Says that this device was enrolled, so that it shows if the browser throws its storage away. */
const ENROLLED = 'crossline.enrolled';

export function noteEnrolled(): void {
  try {
    localStorage.setItem(ENROLLED, '1');
  } catch {
    // Then nobody will be told.
  }
}

/** Whether this device was enrolled and not wiped since: with no database, the browser deleted it. */
export function wasEnrolled(): boolean {
  try {
    return localStorage.getItem(ENROLLED) !== null;
  } catch {
    return false;
  }
}

export class DeviceSettings {
  #values = $state<SettingValues>(stored());

  get locale(): string | null {
    return this.#values.locale;
  }
  set locale(value: string | null) {
    this.#set({ locale: value });
  }
  get digits(): 'latin' | 'arabic' | null {
    return this.#values.digits;
  }
  set digits(value: 'latin' | 'arabic' | null) {
    this.#set({ digits: value });
  }
  get theme(): 'light' | 'dark' | null {
    return this.#values.theme;
  }
  set theme(value: 'light' | 'dark' | null) {
    this.#set({ theme: value });
  }
  get idleMinutes(): number {
    return this.#values.idleMinutes;
  }
  set idleMinutes(value: number) {
    this.#set({ idleMinutes: within(value, 1, 30, DEFAULTS.idleMinutes) });
  }
  get hiddenSeconds(): number {
    return this.#values.hiddenSeconds;
  }
  set hiddenSeconds(value: number) {
    this.#set({ hiddenSeconds: within(value, 5, 600, DEFAULTS.hiddenSeconds) });
  }

  #set(change: Partial<SettingValues>): void {
    this.#values = { ...this.#values, ...change };
    try {
      localStorage.setItem(KEY, JSON.stringify(this.#values));
    } catch {
      // Without a place to keep them they hold until the page closes.
    }
  }
}

function stored(): SettingValues {
  let read: Partial<Record<keyof SettingValues, unknown>> = {};
  try {
    read = (JSON.parse(localStorage.getItem(KEY) ?? '{}') ?? {}) as typeof read;
  } catch {
    return { ...DEFAULTS };
  }
  return {
    locale: typeof read.locale === 'string' ? read.locale : null,
    digits: read.digits === 'latin' || read.digits === 'arabic' ? read.digits : null,
    theme: read.theme === 'light' || read.theme === 'dark' ? read.theme : null,
    idleMinutes: within(read.idleMinutes, 1, 30, DEFAULTS.idleMinutes),
    hiddenSeconds: within(read.hiddenSeconds, 5, 600, DEFAULTS.hiddenSeconds),
  };
}

function within(value: unknown, least: number, most: number, otherwise: number): number {
  if (typeof value !== 'number' || !Number.isFinite(value)) return otherwise;
  return Math.min(most, Math.max(least, value));
}
