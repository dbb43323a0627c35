import { sealingCipher, type Cipher } from '#lib/client/db/cipher.ts';
import { DeviceDatabase } from '#lib/client/db/database.ts';
import { DEVICE_DATABASE } from '#lib/client/db/names.ts';
import { doubtAcknowledged } from '#lib/client/db/queue-state.ts';
import { mendStates } from '#lib/client/db/refold.ts';
import { RecordStore } from '#lib/client/db/record-store.ts';
import { readUnread } from '#lib/client/db/unread.ts';
import { groupsOfEdits } from '#lib/client/state/groups-of-edits.ts';
import type { RecordEdit } from '#lib/client/state/records-api.ts';
import { saveEdits, type Author } from '#lib/client/state/save-edits.ts';
import type { RoundOutcome } from '#lib/client/sync/outcome.ts';
import { SYNC_LOCK } from '#lib/client/sync/lock-name.ts';
import {
  sendWhileLocked,
  type LockedOutcome,
  type Surroundings,
} from '#lib/client/sync/locked-sender.ts';
import { renewingRound } from '#lib/client/sync/renewing-round.ts';
import type { Party } from '#lib/client/sync/round.ts';
import { Signers } from '#lib/client/sync/signers.ts';
import {
  readSigned,
  sealToServer,
  signGroup,
  type ServerKey,
} from '#lib/client/sync/signed-groups.ts';
import { randomId, randomShortId } from '#lib/crypto/random.ts';
import { SCHEMA } from '#lib/changes/change.ts';
import type { Role } from '#lib/protocol/roles.ts';
import { imageOf, diskOf, type Image } from './disk.ts';
import { openIdentity, sealIdentity, type Identity } from './identity.ts';
import { Life, type Disk } from './life.ts';
import { fetchOver, transportOf, type Network } from './network.ts';
import type { Call } from './operations.ts';
import type { Person } from './template.ts';
import { copyOfTold, nothingTold, type Told } from './witness.ts';

/** One open page of the application. */
export interface Tab {
  readonly life: Life;
  readonly store: RecordStore;
  readonly identity: Identity;
  readonly signers: Signers;
  readonly calls: Call[];
}

/** A disk as it was once, with what the server had told it by then. */
export interface Copy {
  readonly image: Image;
  readonly told: Told;
  readonly at: number;
}

let phonesMade = 0;

/** A phone with the application's own code on it: a disk, open pages, a person's keys. */
export class Phone {
  readonly index: number;
  readonly person: Person;
  /** The phone of which this one is a copy. */
  copyOf: number | undefined;
  /** Milliseconds by which its clock is wrong, up to nine years. */
  readonly clockOff: number;
  role: Role;
  /** Its person's role was changed: what he may no longer read has left the disk, or will. */
  hadOtherRole = false;
  disk: Disk;
  told: Told;
  tabs: Tab[] = [];
  /** Wiped, because it was revoked. */
  isWiped = false;
  kept: Copy | undefined;
  /** Writes that might be forgotten after they were called done. */
  relaxedWrites = 0;
  readonly #locks = `of phone ${(phonesMade += 1)}`;

  private constructor(index: number, person: Person, clockOff: number, disk: Disk, copy?: Copy) {
    this.index = index;
    this.person = person;
    this.clockOff = clockOff;
    this.role = person.enrolled.role;
    this.disk = disk;
    this.told = copy ? copyOfTold(copy.told) : nothingTold();
  }

  /** A phone that has just enrolled. */
  static async enrolled(index: number, person: Person, clockOff: number): Promise<Phone> {
    const { tokens, epoch } = person.enrolled;
    const transport = { pushToken: tokens.push, epoch, replica: randomShortId(), n: 0 };
    const row = { id: 'transport', lastContact: '', ...transport };
    const image = { transport: [row], vault: [await sealIdentity(person)] };
    return new Phone(index, person, clockOff, await diskOf(image));
  }

  /** The same phone a second time: another device with the same keys and numbers. */
  static async cloneOf(original: Phone, index: number): Promise<Phone> {
    const copy = await original.copy(0);
    const { person, clockOff } = original;
    const clone = new Phone(index, person, clockOff, await diskOf(copy.image), copy);
    clone.role = original.role;
    clone.copyOf = original.index;
    clone.hadOtherRole = original.hadOtherRole;
    return clone;
  }

  async copy(at: number): Promise<Copy> {
    return { image: await imageOf(this.disk), told: copyOfTold(this.told), at };
  }

  async putBack(copy: Copy): Promise<void> {
    this.kill();
    this.disk = await diskOf(copy.image);
    this.told = copyOfTold(copy.told);
  }

  /** The page with this number, opened if none is. */
  async tab(number: number): Promise<Tab> {
    return this.tabs[number % Math.max(this.tabs.length, 1)] ?? this.open();
  }

  async open(): Promise<Tab> {
    const life = new Life();
    const db = new DeviceDatabase(DEVICE_DATABASE, life.view(this.disk));
    const cipher = cipherOf(this.person.dataKey, life);
    const identity = await openIdentity(db, cipher, this.person);
    const store = new RecordStore(db, cipher, readSigned);
    const loaded = await store.catchUp();
    if (!loaded.ok) throw new Error(`a phone does not open: ${loaded.error.reason}`);
    await mendStates(store);
    await readUnread(store);
    await doubtAcknowledged(db);
    const signers = new Signers(db, cipher, this.person.enrolled.device);
    const tab = { life, store, identity, signers, calls: [] };
    this.tabs.push(tab);
    return tab;
  }

  close(tab: Tab): void {
    tab.life.end();
    this.relaxedWrites += tab.life.relaxedWrites;
    this.tabs = this.tabs.filter((other) => other !== tab);
  }

  /** The battery is taken out. */
  kill(): void {
    for (const tab of this.tabs) this.close(tab);
  }

  /** Saves as the screens do; the ids of the groups of which the person was told that they are saved. */
  async save(tab: Tab, edits: readonly RecordEdit[], now: number): Promise<readonly string[]> {
    const deviceTime = new Date(now + this.clockOff).toISOString();
    const saved = await saveEdits(tab.store, this.#author(), edits, { deviceTime });
    return saved.ok && !tab.life.isOver ? saved.value.groupIds : [];
  }

  /** Saves as a newer version of the application does, with a field that no other version knows. */
  async saveNewer(tab: Tab, edits: readonly RecordEdit[], now: number): Promise<readonly string[]> {
    const { operation, member, device } = this.person.enrolled;
    const deviceTime = new Date(now + this.clockOff).toISOString();
    const by = { operation, device, author: member, deviceTime, newId: randomId };
    const committed = await tab.store.commit((states) =>
      Promise.all(
        groupsOfEdits(states, edits, { ...by, schema: SCHEMA + 1 }).map(async (group) => {
          const signed = await signGroup(group, this.person.signingKey);
          return { group, signed, envelope: await sealToServer(signed, this.#serverKey()) };
        }),
      ),
    );
    return committed.ok && !tab.life.isOver ? committed.value : [];
  }

  /** One round, as the page that leads does it; new tokens where the old ones are over. */
  async sync(tab: Tab, network: Network): Promise<RoundOutcome> {
    const { life, store, calls, identity, signers } = tab;
    const transport = transportOf(network, { phone: this.index, told: this.told, life, calls });
    const party = (): Party => {
      const { fullToken, serverKey, trust } = identity;
      return { store, transport, fullToken, serverKey, signers, trust, rights: identity };
    };
    const { signal } = new AbortController();
    // Two pages that sync at once are worse than anything that the lock allows (S8).
    const options = { mode: 'shared', ifAvailable: true } as const;
    return this.#locksOf(life).request(SYNC_LOCK, options, async (lock) =>
      lock
        ? renewingRound(party, (aborted) => identity.renew(transport, aborted), signal)
        : { type: 'offline' },
    );
  }

  /** What the lock screen does, or the service worker: no page is open that could read anything. */
  async sendLocked(life: Life, network: Network, calls: Call[]): Promise<LockedOutcome> {
    const wire = { phone: this.index, told: this.told, life, calls };
    const fetch = fetchOver(network, wire);
    return sendWhileLocked({ indexedDB: life.view(this.disk), fetch, locks: this.#locksOf(life) });
  }

  /** Web Locks as the pages of this phone share them. */
  #locksOf(life: Life): Surroundings['locks'] {
    return {
      request: (name, options, callback) =>
        navigator.locks.request(`${name} ${this.#locks}`, options, (lock) =>
          life.until(callback(lock)),
        ),
      query: async () => {
        const own = ` ${this.#locks}`;
        const { pending = [] } = await navigator.locks.query();
        const ours = pending.filter(({ name = '' }) => name.endsWith(own));
        return { pending: ours.map(({ name = '' }) => ({ name: name.slice(0, -own.length) })) };
      },
    };
  }

  #serverKey(): ServerKey {
    const [key] = this.person.enrolled.serverKeys;
    if (!key) throw new Error('a server has a key');
    return key;
  }

  #author(): Author {
    const { operation, member, device } = this.person.enrolled;
    const { signingKey } = this.person;
    return {
      operation,
      member,
      device,
      keys: { signing: signingKey, server: () => this.#serverKey() },
    };
  }
}

function cipherOf(key: CryptoKey, life: Life): Cipher {
  const cipher = sealingCipher(key);
  return {
    open: (id, bytes) => cipher.open(id, bytes),
    seal: (id, bytes) => {
      life.step();
      return cipher.seal(id, bytes);
    },
  };
}
