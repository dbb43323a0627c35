import type { Result } from '#lib/domain/result.ts';
import { DeviceDatabase } from '../db/database.ts';
import { storageError } from '../db/storage-error.ts';
import { DEVICE_DATABASE, EXAMPLE_DATABASE } from '../db/names.ts';
import { makeKeys, openVault, storeVault } from '../db/vault.ts';
import { askToEnrol, enrolmentOf } from '../sync/enrol.ts';
import { httpTransport, type Transport } from '../sync/transport.ts';
import type { ExampleError } from './example.ts';
import { OpenOperation, type OpenOptions } from './open-operation.svelte.ts';
import type { EnrolError, EnrolInput, EnrolStep, UnlockError } from './phase.ts';

/**
 * The ways in: enrolling, unlocking, looking around. Loaded when one of them is taken, so that the
 * lock screen stays small.
 */

/** Reading files takes as much code as all the rest: it comes when somebody asks for the example. */
const exampleFiles = () => import('./example.ts');

const INVITE_ERRORS = ['invite_unknown', 'invite_used', 'invite_expired'] as const;
const failed = <E>(error: E): { readonly ok: false; readonly error: E } => ({ ok: false, error });

/** Makes keys, uses the invite, stores both, and opens the operation. */
export async function enrolDevice(
  input: EnrolInput,
  options: OpenOptions,
  onprogress: (step: EnrolStep) => void = () => undefined,
): Promise<Result<OpenOperation, EnrolError>> {
  const transport: Transport = options.transport ?? httpTransport;
  onprogress('key');
  const keys = await makeKeys(input.passphrase);
  if (!keys.ok) {
    const { error } = keys;
    return failed({
      type: 'storage_failed',
      reason: error.type === 'storage_failed' ? error.reason : error.type,
    });
  }
  onprogress('server');
  const answered = await askToEnrol(transport, input.token, input.name, keys.value);
  if (answered.type === 'offline') return failed({ type: 'offline' });
  if (answered.type === 'refused') {
    const { code } = answered;
    const known = INVITE_ERRORS.find((one) => one === code);
    if (known) return failed({ type: known });
    return failed(code === 'too_many' ? { type: code } : { type: 'server_failed', code });
  }
  onprogress('storing');
  const { enrolment, transport: first } = enrolmentOf(answered.body, new Date().toISOString());
  try {
    const db = new DeviceDatabase(DEVICE_DATABASE);
    const unlocked = await storeVault(db, keys.value, enrolment, first);
    void navigator.storage?.persist?.();
    return { ok: true, value: await OpenOperation.open(db, unlocked, options) };
  } catch (thrown) {
    return failed({ type: 'storage_failed', reason: storageError(thrown).reason });
  }
}

export async function unlockDevice(
  passphrase: string,
  options: OpenOptions,
): Promise<Result<OpenOperation, UnlockError>> {
  const db = new DeviceDatabase(DEVICE_DATABASE);
  try {
    const unlocked = await openVault(db, passphrase);
    if (unlocked.ok) {
      return { ok: true, value: await OpenOperation.open(db, unlocked.value, options) };
    }
    db.close();
    return unlocked;
  } catch (thrown) {
    db.close();
    return failed({ type: 'storage_failed', reason: storageError(thrown).reason });
  }
}

/** Opens the example, and fills its database the first time. */
export async function openExample(
  onprogress: (done: number, total: number) => void = () => undefined,
): Promise<Result<OpenOperation, ExampleError>> {
  const { readExample, readExampleOperation } = await exampleFiles();
  const facts = await readExampleOperation();
  if (!facts.ok) return facts;
  const open = await OpenOperation.openExample(
    new DeviceDatabase(EXAMPLE_DATABASE),
    facts.value.name,
  );
  open.access.asOf = facts.value.asOf;
  if (open.records.dataset.operation.size > 0) return { ok: true, value: open };
  const example = await readExample('example', undefined);
  const imported = example.ok
    ? await open.records.importRecords(example.value.edits, onprogress)
    : undefined;
  if (imported?.ok) return { ok: true, value: open };
  await open.close();
  if (!example.ok) return example;
  return failed({ type: 'example_unreadable', file: imported?.error.type ?? '' });
}

/** Brings the example into an operation of one's own, as one batch. */
export async function loadExampleInto(
  open: OpenOperation,
  onprogress: (done: number, total: number) => void = () => undefined,
): Promise<Result<null, ExampleError>> {
  const { readExample } = await exampleFiles();
  const example = await readExample(open.identity.operation, open.records.dataset);
  if (!example.ok) return example;
  const edits = example.value.edits.filter(
    ({ kind }) => kind !== 'operation' || open.identity.role === 'owner',
  );
  const imported = await open.records.importRecords(edits, onprogress);
  if (!imported.ok) return failed({ type: 'example_unreadable', file: imported.error.type });
  open.access.asOf = example.value.asOf;
  return { ok: true, value: null };
}
