import { err, ok, type Result } from '#lib/domain/result.ts';
import { plainCipher } from '../db/cipher.ts';
import { DeviceDatabase, DraftDatabase } from '../db/database.ts';
import { EXAMPLE_DATABASE, EXAMPLE_DRAFT_DATABASE } from '../db/names.ts';
import { RecordStore } from '../db/record-store.ts';
import { readSigned } from '../sync/signed-groups.ts';
import { httpTransport } from '../sync/transport.ts';
import { type ExampleError, readExample, readExampleOperation } from './example.ts';
import { loadOrThrow, OpenOperation } from './open-operation.svelte.ts';
import type { Identity } from './phase.ts';

/**
 * The public example, to look around in. Loaded when somebody asks for it: reading its files takes
 * as much code as all that logging needs.
 */

/** Opens the example, and fills its database the first time. */
export async function openExample(
  onprogress: (done: number, total: number) => void = () => undefined,
): Promise<Result<OpenOperation, ExampleError>> {
  const facts = await readExampleOperation();
  if (!facts.ok) return facts;
  const open = await openUnsealed(facts.value.name);
  open.access.asOf = facts.value.asOf;
  if (open.records.dataset.operation.size > 0) return ok(open);
  const example = await readExample('example', undefined);
  const imported = example.ok
    ? await open.records.importRecords(example.value.edits, onprogress)
    : undefined;
  if (imported?.ok) return ok(open);
  await open.close();
  if (!example.ok) return example;
  return err({ type: 'example_unreadable', file: imported?.error.type ?? '' });
}

/** Brings the example into an operation of one's own, as one batch. */
export async function loadExampleInto(
  open: OpenOperation,
  onprogress: (done: number, total: number) => void = () => undefined,
): Promise<Result<null, ExampleError>> {
  const example = await readExample(open.identity.operation, open.records.dataset);
  if (!example.ok) return example;
  const edits = example.value.edits.filter(
    // What is there already stands as people have made it since.
    ({ kind, id }) =>
      open.records.state(id) === undefined &&
      (kind !== 'operation' || open.identity.role === 'owner'),
  );
  const imported = await open.records.importRecords(edits, onprogress);
  if (!imported.ok) return err({ type: 'example_unreadable', file: imported.error.type });
  open.access.asOf = example.value.asOf;
  return ok(null);
}

/** Unsealed, in a database of its own, and without a server. */
async function openUnsealed(operationName: string): Promise<OpenOperation> {
  const store = new RecordStore(new DeviceDatabase(EXAMPLE_DATABASE), plainCipher, readSigned);
  await loadOrThrow(store);
  const identity: Identity = {
    operation: 'example',
    operationName,
    device: 'example',
    member: 'example',
    name: '',
    role: 'coordinator',
  };
  const opened = new OpenOperation({
    store,
    identity: () => identity,
    author: { operation: 'example', member: 'example', device: 'example' },
    draftDb: new DraftDatabase(EXAMPLE_DRAFT_DATABASE),
    syncer: undefined,
    transport: httpTransport,
    token: () => '',
  });
  await opened.drafts.load();
  return opened;
}
