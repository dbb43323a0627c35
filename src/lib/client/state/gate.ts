import type { Result } from '#lib/domain/result.ts';
import { DeviceDatabase } from '../db/database.ts';
import { storageError } from '../db/storage-error.ts';
import { DEVICE_DATABASE } from '../db/names.ts';
import {
  isEnrolled,
  makeKeys,
  openVault,
  storeEnrolment,
  storePending,
  type HalfEnrolled,
} from '../db/vault.ts';
import { askToEnrol, enrolmentOf } from '../sync/enrol.ts';
import { ENROL_LOCK } from '../sync/lock-name.ts';
import { httpTransport } from '../sync/transport.ts';
import { OpenOperation, type OpenOptions } from './open-operation.svelte.ts';
import type { EnrolError, EnrolInput, EnrolStep, UnlockError } from './phase.ts';

/**
 * The ways in: enrolling and unlocking. Loaded when one of them is taken, so that the lock screen
 * stays small.
 */

const INVITE_ERRORS = ['invite_unknown', 'invite_used', 'invite_expired'] as const;
const failed = <E>(error: E): { readonly ok: false; readonly error: E } => ({ ok: false, error });

/**
 * Makes keys, stores them with the invite, uses the invite, and opens the operation. Where this
 * ends half-way the invite is not lost: unlocking goes on with the same keys.
 */
export async function enrolDevice(
  input: EnrolInput,
  options: OpenOptions,
  onprogress: (step: EnrolStep) => void = () => undefined,
): Promise<Result<OpenOperation, EnrolError>> {
  return enrolling(async (db) => {
    if (await isEnrolled(db)) return failed({ type: 'already_enrolled' });
    onprogress('key');
    const half = await halfEnrolled(db, input);
    return half.ok ? finishEnrolling(db, half.value, options, onprogress) : half;
  });
}

/** One tab enrols at a time; another one that tries meanwhile is told that it is done already. */
async function enrolling(
  work: (db: DeviceDatabase) => Promise<Result<OpenOperation, EnrolError>>,
): Promise<Result<OpenOperation, EnrolError>> {
  return navigator.locks.request(ENROL_LOCK, { ifAvailable: true }, async (lock) => {
    if (!lock) return failed({ type: 'already_enrolled' } as const);
    const db = new DeviceDatabase(DEVICE_DATABASE);
    try {
      const enrolled = await work(db);
      if (enrolled.ok) return enrolled;
      if (db.isOpen() && (await db.vault.count()) === 0) await db.delete();
      db.close();
      return enrolled;
    } catch (thrown) {
      db.close();
      return failed({ type: 'storage_failed', reason: storageError(thrown).reason } as const);
    }
  });
}

/** The keys of an earlier try with this invite, or new ones. */
async function halfEnrolled(
  db: DeviceDatabase,
  { token, name, passphrase }: EnrolInput,
): Promise<Result<HalfEnrolled, EnrolError>> {
  const before = await openVault(db, passphrase);
  if (before.ok && 'pending' in before.value && before.value.pending.token === token) {
    return { ok: true, value: before.value };
  }
  const keys = await makeKeys(passphrase);
  if (!keys.ok) {
    const { error } = keys;
    const reason = error.type === 'storage_failed' ? error.reason : error.type;
    return failed({ type: 'storage_failed', reason });
  }
  return { ok: true, value: await storePending(db, keys.value, { token, name }) };
}

async function finishEnrolling(
  db: DeviceDatabase,
  half: HalfEnrolled,
  options: OpenOptions,
  onprogress: (step: EnrolStep) => void,
): Promise<Result<OpenOperation, EnrolError>> {
  onprogress('server');
  const answered = await askToEnrol(options.transport ?? httpTransport, half);
  if (answered.type === 'offline') return failed({ type: 'offline' });
  if (answered.type === 'refused') {
    const { code } = answered;
    const known = INVITE_ERRORS.find((one) => one === code);
    if (!known)
      return failed(code === 'too_many' ? { type: code } : { type: 'server_failed', code });
    await db.delete(); // keys for an invite that lets nobody in
    return failed({ type: known });
  }
  onprogress('storing');
  const { enrolment, transport } = enrolmentOf(answered.body, new Date().toISOString());
  const unlocked = await storeEnrolment(db, half, enrolment, transport);
  return { ok: true, value: await OpenOperation.open(db, unlocked, options) };
}

export async function unlockDevice(
  passphrase: string,
  options: OpenOptions,
): Promise<Result<OpenOperation, UnlockError>> {
  const db = new DeviceDatabase(DEVICE_DATABASE);
  try {
    const unlocked = await openVault(db, passphrase);
    if (unlocked.ok && 'enrolment' in unlocked.value) {
      return { ok: true, value: await OpenOperation.open(db, unlocked.value, options) };
    }
    db.close();
    return unlocked.ok ? await goOnEnrolling(passphrase, options) : unlocked;
  } catch (thrown) {
    db.close();
    // What lies in a damaged database can make anything fail; the person gets a way out of all of it.
    const reason = thrown instanceof Error ? thrown.name : 'Error';
    return failed({ type: 'storage_failed', reason });
  }
}

/** The right passphrase for keys whose invite was being used when the page ended. */
async function goOnEnrolling(
  passphrase: string,
  options: OpenOptions,
): Promise<Result<OpenOperation, UnlockError>> {
  const enrolled = await enrolling(async (db) => {
    const half = await openVault(db, passphrase);
    if (!half.ok || !('pending' in half.value)) return failed({ type: 'already_enrolled' });
    return finishEnrolling(db, half.value, options, () => undefined);
  });
  return enrolled.ok ? enrolled : failed({ type: 'not_finished', error: enrolled.error });
}

/** Whether there is nothing behind the lock: enrolling ended before any key was stored. */
export function clearsWhatIsEmpty(clear: () => Promise<void>): Promise<boolean> {
  return navigator.locks.request(ENROL_LOCK, { ifAvailable: true }, async (lock) => {
    if (!lock) return false;
    const db = new DeviceDatabase(DEVICE_DATABASE);
    const isEmpty = (await db.vault.count()) === 0 && (await db.queue.count()) === 0;
    db.close();
    if (isEmpty) await clear();
    return isEmpty;
  });
}
