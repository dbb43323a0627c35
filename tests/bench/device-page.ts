/**
 * Runs inside Chromium: the device store with its real rows, seals and signatures, on records that
 * are made up. The Node side (device.bench.ts) calls what `bench` offers and reads the numbers.
 */
import type { Change, Group, Json } from '#lib/changes/change.ts';
import { editRecord } from '#lib/changes/edit.ts';
import type { RecordState } from '#lib/changes/fold.ts';
import { sealingCipher } from '#lib/client/db/cipher.ts';
import { DeviceDatabase } from '#lib/client/db/database.ts';
import type { OwnGroup } from '#lib/client/db/group-rows.ts';
import { RecordStore } from '#lib/client/db/record-store.ts';
import { tidy } from '#lib/client/db/tidy.ts';
import { DatasetKeeper } from '#lib/client/state/dataset-keeper.ts';
import { readSigned, sealToServer, signGroup } from '#lib/client/sync/signed-groups.ts';
import { toBase64Url } from '#lib/crypto/encoding.ts';
import { randomId } from '#lib/crypto/random.ts';
import { buildAccess } from '#lib/domain/access/access-records.ts';
import { computeGaps } from '#lib/domain/access/gaps.ts';
import { dayOf, dayToIso } from '#lib/domain/dates/day.ts';
import { buildNameIndex, searchNames } from '#lib/domain/names/name-index.ts';

const FIRST = dayOf(2012, 1, 1);
const AS_OF = dayOf(2020, 12, 31);
const LOCALITIES = 300;
const RECORDS_A_CONVOY = 5;
const CONVOYS_A_GROUP = 60;

interface Edit {
  readonly kind: string;
  readonly id: string;
  readonly values: Readonly<Record<string, Json>>;
}

const anyDay = (): string => dayToIso(FIRST + Math.floor(Math.random() * (AS_OF - FIRST)));
const anyPlace = (): string => `locality${Math.floor(Math.random() * LOCALITIES)}`;

function places(): Edit[] {
  return Array.from({ length: LOCALITIES }, (_, i) => {
    return { kind: 'locality', id: `locality${i}`, values: { name: `Place ${i}` } };
  });
}

/** A convoy with its source, its report and its stops. */
function convoy(stops: number): Edit[] {
  const [id, source] = [randomId(), randomId()];
  const date = anyDay();
  const localities = Array.from({ length: stops }, anyPlace);
  return [
    { kind: 'convoy', id, values: { eventKey: `event ${id}` } },
    { kind: 'source', id: source, values: { kind: 'seen' } },
    {
      kind: 'report',
      id: randomId(),
      values: { convoy: id, source, date, localities, status: 'delivered', scope: 'convoy' },
    },
    ...localities.map((locality, order) => ({
      kind: 'stop',
      id: randomId(),
      values: { convoy: id, order, localities: [locality], peopleIntended: { q: '~', n: 5_000 } },
    })),
  ];
}

function groupOf(states: ReadonlyMap<string, RecordState>, edits: readonly Edit[]): Group {
  const context = {
    operation: 'operation',
    author: 'member',
    deviceTime: '2016-06-29T10:00:00.000Z',
    schema: 1,
    newId: randomId,
  };
  const changes = edits.flatMap(
    ({ kind, id, values }): readonly Change[] | Change =>
      editRecord(states.get(id), kind, id, values, context) ?? [],
  );
  return { id: randomId(), operation: 'operation', stream: 'log', device: 'device', changes };
}

const algorithm = { name: 'ECDSA', namedCurve: 'P-256' };
const signing = await crypto.subtle.generateKey(algorithm, false, ['sign']);
const sealing = await crypto.subtle.generateKey({ ...algorithm, name: 'ECDH' }, true, [
  'deriveBits',
]);
const point = new Uint8Array(await crypto.subtle.exportKey('raw', sealing.publicKey));
const serverKey = { id: toBase64Url(new Uint8Array(8)), public: toBase64Url(point) };

async function ownGroup(
  states: ReadonlyMap<string, RecordState>,
  edits: readonly Edit[],
): Promise<OwnGroup> {
  const group = groupOf(states, edits);
  const signed = await signGroup(group, signing.privateKey);
  return { group, signed, envelope: await sealToServer(signed, serverKey) };
}

/** The same key on every load: what a passphrase would unwrap. */
const key = await crypto.subtle.importKey('raw', new Uint8Array(32).fill(7), 'AES-GCM', false, [
  'encrypt',
  'decrypt',
]);

async function openStore(): Promise<RecordStore> {
  const db = new DeviceDatabase('bench');
  const store = new RecordStore(db, sealingCipher(key), readSigned);
  const opened = await store.catchUp();
  if (!opened.ok) throw new Error(opened.error.reason);
  return store;
}

async function save(store: RecordStore, edits: readonly Edit[]): Promise<void> {
  const saved = await store.commit(async (states) => [await ownGroup(states, edits)]);
  if (!saved.ok) throw new Error(saved.error.reason);
}

const bench = {
  /** Fills the store up to so many records, as they lie after some quiet moments. */
  async fill(count: number): Promise<number> {
    const store = await openStore();
    if (!(await store.db.transport.get('transport'))) {
      const transport = { pushToken: 't', epoch: 'e', replica: 'r', n: 0, lastContact: '' };
      await store.db.transport.put({ id: 'transport', ...transport });
      await save(store, places());
    }
    while (store.states.size < count) {
      const missing = Math.ceil((count - store.states.size) / RECORDS_A_CONVOY);
      const length = Math.min(CONVOYS_A_GROUP, missing);
      await save(store, Array.from({ length }, () => convoy(2)).flat());
    }
    for (;;) {
      const folded = await tidy(store);
      if (!folded.ok) throw new Error(folded.error.reason);
      if (folded.value === 0) break;
    }
    const { size } = store.states;
    await store.close();
    return size;
  },

  /** From the key at hand to the list of waits, and its parts: milliseconds. */
  async unlock(): Promise<{ opened: number; read: number; derived: number; whole: number }> {
    const start = performance.now();
    const store = await openStore();
    const opened = performance.now();
    const dataset = new DatasetKeeper(store.states, store.doubtful).dataset();
    const read = performance.now();
    const records = buildAccess(dataset);
    if (computeGaps(records, { asOf: AS_OF }).length === 0) throw new Error('no places');
    const end = performance.now();
    await store.close();
    return {
      opened: opened - start,
      read: read - opened,
      derived: end - read,
      whole: end - start,
    };
  },

  /** Saves of a convoy with four stops, to what can be said to be on this device: milliseconds. */
  async saves(count: number): Promise<number[]> {
    const store = await openStore();
    const spent: number[] = [];
    for (let i = 0; i < count; i++) {
      const edits = convoy(4);
      const start = performance.now();
      await save(store, edits);
      spent.push(performance.now() - start);
    }
    await store.close();
    return spent;
  },

  /** Searches among so many names, once a keystroke: milliseconds. */
  search(count: number): number[] {
    const syllables = [
      'za',
      'mal',
      'ka',
      'ar',
      'bin',
      'dou',
      'ma',
      'har',
      'sta',
      'kfr',
      'tal',
      'bi',
    ];
    const arabic = ['زم', 'لكا', 'عر', 'بين', 'دو', 'ما', 'حر', 'ستا', 'كفر', 'تل', 'بي', 'سة'];
    const nameFrom = (parts: readonly string[]): string =>
      Array.from({ length: 4 }, () => parts[Math.floor(Math.random() * parts.length)]).join('');
    const entries = Array.from({ length: count / 2 }, (_, i) => {
      return { id: `place${i}`, names: [nameFrom(syllables), nameFrom(arabic)] };
    });
    const index = buildNameIndex(entries);
    const spent: number[] = [];
    for (const query of ['zamalka', 'erbin', 'harasta', 'al-douma', 'عربين', 'كفر بطنا']) {
      for (let end = 1; end <= query.length; end++) {
        const start = performance.now();
        searchNames(index, query.slice(0, end), 8);
        spent.push(performance.now() - start);
      }
    }
    return spent;
  },
};

export type DeviceBench = typeof bench;

Object.assign(window, { bench });
