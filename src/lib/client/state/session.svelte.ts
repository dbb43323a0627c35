import type { Result } from '#lib/domain/result.ts';
import type { LockedOutcome } from '../sync/locked-sender.ts';
import { DeviceSettings, noteEnrolled, wasEnrolled } from './device-settings.svelte.ts';
import type { ExampleError } from './example.ts';
import { watchForLocking } from './lock-watch.ts';
import type { OpenOperation, OpenOptions } from './open-operation.svelte.ts';
import type { EnrolError, EnrolInput, EnrolStep, Identity, Phase, UnlockError } from './phase.ts';
import { existingDatabases, missingSupport } from './support.ts';

/** Milliseconds, about: a locked page that reached no server tries again, while it is in sight. */
const SEND_AGAIN = 15_000;
/** And so long after it did, in case the device was revoked meanwhile. */
const ASK_AGAIN = 15 * 60_000;
/** Longer than this nobody who leaves in haste waits for what is being written. */
const LONGEST_EXIT = 500;
/** Milliseconds until what is behind the lock is loaded: first the lock is drawn. */
const GATE_AFTER = 300;

/**
 * The one thing a page starts with: which phase this device is in, and the ways from one to the
 * next. What is behind the lock is loaded when it opens.
 */
export class Session {
  readonly settings = new DeviceSettings();
  #phase = $state<Phase>('starting');
  #open = $state.raw<OpenOperation | undefined>();
  #isBlank = $state(false);
  #failure = $state('');
  #isCleared = $state(false);
  /** Operations that are being let go of: what was typed in them is still being written. */
  #closing = $state(0);
  #unwatch: (() => void) | undefined;
  #sendTimer: ReturnType<typeof setTimeout> | undefined;

  get phase(): Phase {
    return this.#phase;
  }

  /** The open operation, unlocked or the example; undefined: nothing may be shown. */
  get open(): OpenOperation | undefined {
    return this.#open;
  }

  get identity(): Identity | undefined {
    return this.#open?.identity;
  }

  /** The page is hidden: show nothing of the operation. */
  get isBlank(): boolean {
    return this.#isBlank;
  }

  /** Where `phase` is `failed`: the name of the error, never content. */
  get failure(): string {
    return this.#failure;
  }

  /** Nothing is open, and nothing of it is still being written: the page may be loaded anew. */
  get isAtRest(): boolean {
    return this.#closing === 0 && (this.#phase === 'locked' || this.#phase === 'welcome');
  }

  /** The browser threw away what was on this device; nobody wiped it. */
  get isCleared(): boolean {
    return this.#isCleared;
  }

  /** Finds out which phase this device is in, without loading anything. */
  async start(): Promise<void> {
    const missing = missingSupport();
    if (missing) {
      this.#phase = missing;
      return;
    }
    try {
      const { device, example } = await existingDatabases();
      this.#isCleared = !device && wasEnrolled();
      if (device) this.#toLocked();
      else if (example) await this.lookAround();
      else this.#phase = 'welcome';
    } catch (thrown) {
      this.#fail(thrown);
    }
    this.#unwatch ??= watchForLocking(
      {
        idle: () => this.settings.idleMinutes * 60_000,
        hidden: () => this.settings.hiddenSeconds * 1_000,
      },
      {
        isOpen: () => this.#phase === 'unlocked',
        lock: () => void this.lock(),
        blank: (isBlank) => this.#blank(isBlank),
      },
    );
    addEventListener('online', this.#onOnline);
  }

  /** Ends watching; for tests and for a page that goes away. */
  async stop(): Promise<void> {
    this.#unwatch?.();
    this.#unwatch = undefined;
    clearTimeout(this.#sendTimer);
    removeEventListener('online', this.#onOnline);
    await this.#close();
  }

  async enrol(
    input: EnrolInput,
    onprogress?: (step: EnrolStep) => void,
  ): Promise<Result<null, EnrolError>> {
    const { example } = await existingDatabases();
    const gate = await import('./gate.ts');
    const enrolled = await gate.enrolDevice(input, this.#options(), onprogress);
    if (!enrolled.ok) return enrolled;
    const before = this.#open;
    this.#open = enrolled.value;
    this.#phase = 'unlocked';
    noteEnrolled();
    await before?.close();
    if (example) await (await import('../sync/wipe-example.ts')).wipeExample();
    return { ok: true, value: null };
  }

  async unlock(passphrase: string): Promise<Result<null, UnlockError>> {
    const gate = await import('./gate.ts');
    const unlocked = await gate.unlockDevice(passphrase, this.#options());
    if (!unlocked.ok) {
      if (unlocked.error.type === 'not_enrolled') await gate.clearsWhatIsEmpty(() => this.wipe());
      return unlocked;
    }
    this.#open = unlocked.value;
    this.#phase = 'unlocked';
    noteEnrolled();
    return { ok: true, value: null };
  }

  /** Drops the key and everything opened; half-typed work is kept sealed. */
  async lock(): Promise<void> {
    if (this.#phase !== 'unlocked') return;
    this.#phase = 'locked';
    await this.#close();
    void this.#sendLocked(); // unless somebody was quick and has unlocked again
  }

  /** Deletes everything on this device, the key first: nothing that is under way is waited for. */
  async wipe(): Promise<void> {
    this.#abandon();
    await (await import('../sync/wipe.ts')).wipeDevice();
    this.#phase = 'welcome';
  }

  /** The ways out where the records on this device cannot be opened. */
  readonly rescue = {
    readUnsent: async () => (await import('../sync/rescue.ts')).readUnsent(),
    forgetRecords: async () => (await import('../sync/rescue.ts')).forgetRecords(),
  };

  /** Locks and leaves a neutral page behind, in place of this one in the history. */
  async quickExit(): Promise<void> {
    this.#isBlank = true;
    await Promise.race([this.lock(), new Promise((end) => setTimeout(end, LONGEST_EXIT))]);
    location.replace('about:blank');
  }

  /** Opens the public example: no passphrase, a database of its own, never sent anywhere. */
  async lookAround(
    onprogress?: (done: number, total: number) => void,
  ): Promise<Result<null, ExampleError>> {
    const { openExample } = await import('./open-example.ts');
    const opened = await openExample(onprogress);
    if (!opened.ok) {
      if (this.#phase === 'starting') this.#phase = 'welcome';
      return opened;
    }
    this.#open = opened.value;
    this.#phase = 'example';
    return { ok: true, value: null };
  }

  async leaveExample(): Promise<void> {
    if (this.#phase !== 'example') return;
    this.#phase = 'welcome';
    await this.#close();
    await (await import('../sync/wipe-example.ts')).wipeExample();
  }

  /** Brings the example's records into the open operation (a new owner's, to try it out). */
  async loadExample(
    onprogress?: (done: number, total: number) => void,
  ): Promise<Result<null, ExampleError>> {
    if (!this.#open || this.#phase !== 'unlocked') throw new Error('nothing is open');
    const { loadExampleInto } = await import('./open-example.ts');
    return loadExampleInto(this.#open, onprogress);
  }

  #options(): OpenOptions {
    return {
      // Locked, a device that is leaving still sends what was saved until now, and then wipes (S6).
      onRevoked: (as) => void (as === 'leaving' ? this.lock() : this.wipe()),
      onGone: (isWiped) => void this.#onGone(isWiped),
    };
  }

  async #onGone(isWiped: boolean): Promise<void> {
    if (!isWiped) return this.lock();
    this.#phase = 'welcome';
    this.#abandon();
  }

  readonly #onOnline = (): void => {
    if (this.#phase === 'locked') void this.#sendLocked();
    else this.#open?.wake();
  };

  #blank(isBlank: boolean): void {
    this.#isBlank = isBlank;
    if (isBlank) {
      void this.#open?.drafts.flush();
      this.#open?.giveWay();
    } else this.#onOnline();
  }

  #toLocked(): void {
    this.#phase = 'locked';
    void this.#sendLocked();
    // What opens the lock comes while the passphrase is typed; unlocking asks again where it did not.
    setTimeout(() => void import('./gate.ts').catch(() => undefined), GATE_AFTER);
  }

  /** A locked phone still sends what it holds, now and whenever a network comes back. */
  async #sendLocked(): Promise<void> {
    clearTimeout(this.#sendTimer);
    if (this.#phase !== 'locked') return;
    const outcome = await sendNow();
    clearTimeout(this.#sendTimer); // of another sending meanwhile: one of them tries again
    if (outcome === 'revoked' && this.#phase === 'locked') return this.wipe();
    const isTriedAgain = outcome === 'offline' || outcome === 'busy';
    const wait = (isTriedAgain ? SEND_AGAIN : ASK_AGAIN) * (0.5 + Math.random());
    this.#sendTimer = setTimeout(() => {
      // Out of sight it asks nothing; coming back into sight sends.
      if (document.visibilityState === 'visible') void this.#sendLocked();
    }, wait);
    if (outcome !== 'busy') await askInBackground(outcome === 'offline');
  }

  #abandon(): void {
    this.#open?.abandon();
    this.#open = undefined;
  }

  async #close(): Promise<void> {
    const open = this.#open;
    this.#open = undefined;
    this.#closing += 1;
    try {
      await open?.close();
    } finally {
      this.#closing -= 1;
    }
  }

  #fail(thrown: unknown): void {
    this.#failure = thrown instanceof Error ? thrown.name : 'Error';
    this.#phase = 'failed';
  }
}

/** What cannot be read or noted now (a full disk, say) is tried again, like what found no network. */
async function sendNow(): Promise<LockedOutcome> {
  try {
    const { sendWhileLocked } = await import('../sync/locked-sender.ts');
    return await sendWhileLocked();
  } catch {
    return 'offline';
  }
}

interface BackgroundSync {
  readonly sync?: { register(tag: string): Promise<void> };
  readonly periodicSync?: {
    register(tag: string, options: { minInterval: number }): Promise<void>;
  };
}

/** Where the browser can: the service worker sends once there is a network, and asks twice a day. */
async function askInBackground(hasToSend: boolean): Promise<void> {
  const found = await navigator.serviceWorker?.getRegistration();
  const { sync, periodicSync } = (found ?? {}) as BackgroundSync;
  if (hasToSend) await sync?.register('crossline-send').catch(() => undefined);
  await periodicSync
    ?.register('crossline-ask', { minInterval: 12 * 3_600_000 })
    .catch(() => undefined);
}
