import type { BatchedChange } from '#lib/changes/undo-batch.ts';
import { DraftDatabase, type DeviceDatabase } from '../db/database.ts';
import type { FoldingWatch } from '../db/fold-anew.ts';
import type { GroupIndex, StoredChange } from '../db/history.ts';
import { DRAFT_DATABASE } from '../db/names.ts';
import { doubtAcknowledged } from '../db/queue-state.ts';
import { RecordStore } from '../db/record-store.ts';
import type { Unlocked } from '../db/vault.ts';
import type { Progress } from '../sync/load-snapshot.ts';
import type { RoundOutcome } from '../sync/outcome.ts';
import { readSigned } from '../sync/signed-groups.ts';
import { Signers } from '../sync/signers.ts';
import { Syncer } from '../sync/syncer.ts';
import { type Asking, httpTransport, type Transport } from '../sync/transport.ts';
import { Access } from './access.svelte.ts';
import { DeviceStorage } from './device-storage.svelte.ts';
import { Directory } from './directory.svelte.ts';
import { Drafts } from './drafts.svelte.ts';
import { Enrolled } from './enrolled.svelte.ts';
import { People } from './people.ts';
import { OwnBoundaries } from './own-boundaries.svelte.ts';
import type { ImportUndoing } from './import-undoing.svelte.ts';
import type { Identity } from './phase.ts';
import { Records } from './records.svelte.ts';
import type { Author } from './save-edits.ts';
import { SyncStatus } from './sync-status.svelte.ts';

/** Other tabs of this device: told that something was written, never what. */
const CHANNEL = 'crossline';
const QUIET = 20_000;

export interface OpenOptions {
  readonly transport?: Transport;
  readonly onRevoked?: (as: 'leaving' | 'lost') => void;
  /** Another tab took the database away: wiped it, or runs a newer version of the application. */
  readonly onGone?: (isWiped: boolean) => void;
}

/** An operation while it is open: everything that the screens read and write. */
export class OpenOperation {
  readonly records: Records;
  readonly access: Access;
  readonly sync: SyncStatus;
  readonly drafts: Drafts;
  readonly storage = new DeviceStorage();
  readonly people: People;
  readonly directory: Directory;
  /** The way to the server, for what lies there alone. */
  readonly asking: Asking;
  readonly boundaries: OwnBoundaries;
  /** Looking around in the public example: it stays here and never syncs. */
  readonly isExample: boolean;
  /** Rows that could not be read on opening. */
  readonly damaged: number;
  /** The undoing of an import that was begun: it goes on whatever screen is looked at. */
  undoing = $state.raw<ImportUndoing | null>(null);
  readonly #identity: () => Identity;
  readonly #store: RecordStore;
  #groups: GroupIndex | undefined;
  readonly #draftDb: DraftDatabase;
  readonly #syncer: Syncer | undefined;
  readonly #channel: BroadcastChannel | undefined;
  readonly #closing = new AbortController();
  #tidying: number | undefined;

  /** `open`, and for the example `openExample`, have all parts ready. */
  constructor(parts: Parts) {
    const { store, identity, author, draftDb, syncer, transport, token } = parts;
    this.#identity = identity;
    this.isExample = syncer === undefined;
    this.damaged = store.damaged;
    this.#store = store;
    this.#draftDb = draftDb;
    this.#syncer = syncer;
    this.records = new Records(store, author, {
      onSaved: () => {
        syncer?.wake();
        void this.storage.noteSaved();
      },
      makeRoom: () => this.storage.makeRoom(),
    });
    this.sync = new SyncStatus(store, syncer);
    this.drafts = new Drafts(draftDb, store.cipher);
    this.asking = { transport, token };
    this.people = new People(this.asking, () => identity().role);
    this.directory = new Directory(store.db, store.cipher, this.people);
    this.boundaries = new OwnBoundaries(store.db, store.cipher);
    this.access = new Access(this.records, this.sync, this.isExample);
    this.#channel = syncer && new BroadcastChannel(CHANNEL);
    this.#channel?.addEventListener('message', () => {
      void store.catchUp();
      syncer?.wake();
      void this.sync.refresh();
    });
    store.onChange((_changed, where) => {
      if (where === 'here') {
        this.#channel?.postMessage('wrote');
        this.#tidyLater();
      }
      void this.sync.refresh();
    });
    this.#tidyLater();
  }

  /** Opens what an unlocked device holds, and starts to sync. */
  static async open(
    db: DeviceDatabase,
    unlocked: Unlocked,
    options: OpenOptions = {},
  ): Promise<OpenOperation> {
    const { cipher, signingKey } = unlocked;
    const transport = options.transport ?? httpTransport;
    db.on('versionchange', (event) => options.onGone?.(event.newVersion === null));
    const enrolled = new Enrolled(db, unlocked, transport);
    const { operation, member, device } = enrolled.identity;
    const store = new RecordStore(db, cipher, readSigned);
    await loadOrThrow(store);
    const isReadingAnew = isOutdatedAlone(store);
    if (!isReadingAnew) await mend(store);
    await doubtAcknowledged(db);
    const signers = new Signers(db, cipher, device);
    const holder: { open?: OpenOperation } = {};
    const syncer = new Syncer({
      party: () => ({
        store,
        transport,
        fullToken: enrolled.token(),
        serverKey: enrolled.serverKey(),
        signers,
        rights: enrolled,
        trust: enrolled.trust,
        onProgress: (progress) => holder.open?.sync.noteProgress(progress),
      }),
      renew: (signal) => enrolled.renew(signal),
      onRound: (outcome: RoundOutcome) => {
        holder.open?.sync.noteRound(outcome);
        if (outcome.type === 'revoked' && outcome.as) options.onRevoked?.(outcome.as);
      },
      isHidden: () => document.visibilityState === 'hidden',
    });
    const keys = { signing: signingKey, server: enrolled.serverKey };
    const opened = new OpenOperation({
      store,
      identity: () => enrolled.identity,
      author: { operation, member, device, keys },
      draftDb: new DraftDatabase(DRAFT_DATABASE),
      syncer,
      transport,
      token: enrolled.token,
    });
    holder.open = opened;
    await Promise.all([
      opened.drafts.load().catch(() => undefined), // what is half typed must not shut out what is saved
      opened.sync.refresh(),
      opened.directory.load().catch(() => undefined), // a name less, and no reason to stay shut
    ]);
    void opened.storage.refresh();
    if (isReadingAnew) void opened.#readAnew();
    else syncer.start();
    void opened.directory.refresh();
    return opened;
  }

  /** Who this device is; its person's role may change while it is open. */
  get identity(): Identity {
    return this.#identity();
  }

  /** Every change of a record that is on this device, in the order in which they came here. */
  async history(record: string): Promise<readonly StoredChange[]> {
    return (await this.#history()).changesOf(record);
  }

  /** The changes of every record that a batch touched, and of further ones, that are on this device. */
  async historyAround(
    batch: string,
    further: Iterable<string> = [],
  ): Promise<readonly BatchedChange[]> {
    return (await this.#history()).changesAround(batch, further);
  }

  /** Whether this device began with a snapshot: then its history does not go back to the beginning. */
  async beganWithSnapshot(): Promise<boolean> {
    return (await this.#store.db.snapshot.count()) > 0;
  }

  wake(): void {
    this.#syncer?.wake();
  }

  /** The page went out of sight: a tab that is looked at may lead the sync. */
  giveWay(): void {
    this.#syncer?.giveWay();
  }

  /** Lets go of everything: nothing of it is in memory afterwards, nothing typed is lost. */
  async close(): Promise<void> {
    this.#closing.abort();
    this.undoing?.stop();
    this.#syncer?.stop();
    await this.drafts.flush();
    await this.#store.close();
    this.#letGo(); // the channel too, and not before: other tabs hear of the save that was under way
  }

  /** Lets go at once, of what is under way too: for a device that is being wiped. */
  abandon(): void {
    this.#closing.abort();
    this.undoing?.stop();
    this.#syncer?.stop();
    this.#store.abandon();
    this.#letGo();
  }

  #letGo(): void {
    clearTimeout(this.#tidying);
    this.#channel?.close();
    this.#draftDb.close();
  }

  /** After an update, while people already log: what is exchanged with the server waits for it. */
  async #readAnew(): Promise<void> {
    const { signal } = this.#closing;
    const onProgress = (progress: Progress): void => this.sync.noteRenewing(progress);
    // What could not be done is done when it is unlocked again, or by the next round.
    await mend(this.#store, { onProgress, signal }).catch(() => undefined);
    this.sync.noteRenewing(undefined);
    if (!signal.aborted) this.#syncer?.start();
  }

  async #history(): Promise<GroupIndex> {
    const { GroupIndex } = await import('../db/history.ts');
    return (this.#groups ??= new GroupIndex(this.#store));
  }

  #tidyLater(): void {
    clearTimeout(this.#tidying);
    this.#tidying = window.setTimeout(() => void this.#tidy(), QUIET);
  }

  async #tidy(): Promise<void> {
    const { tidy } = await import('../db/tidy.ts');
    const tidied = await tidy(this.#store);
    if (tidied.ok && tidied.value > 0) this.#tidyLater();
  }
}

interface Parts {
  readonly store: RecordStore;
  readonly identity: () => Identity;
  readonly author: Author;
  readonly draftDb: DraftDatabase;
  readonly syncer: Syncer | undefined;
  readonly transport: Transport;
  readonly token: () => string;
}

/** Reads all records; throws where the database cannot be read. */
export async function loadOrThrow(store: RecordStore): Promise<void> {
  const loaded = await store.catchUp();
  if (!loaded.ok) throw new DOMException('', loaded.error.reason);
}

/** Nothing is missing on the screen but what the update knows more: nobody need wait for that. */
const isOutdatedAlone = ({ isOutdated, damaged, states }: RecordStore): boolean =>
  isOutdated && damaged === 0 && states.size > 0;

/** What seldom has anything to do is loaded when it has (ADR 0125). */
async function mend(store: RecordStore, watch?: FoldingWatch): Promise<void> {
  const { db, damaged, states, isOutdated } = store;
  const isEmptied = states.size === 0 && (await db.groups.count()) > 0;
  if (isEmptied || isOutdated || damaged > 0 || (await db.attention.count()) > 0) {
    await (await import('../db/refold.ts')).mendStates(store, watch);
  }
  if ((await db.unread.count()) > 0) await (await import('../db/unread.ts')).readUnread(store);
}
