import type { Json } from '#lib/changes/change.ts';
import { valuesOf } from '#lib/changes/fold.ts';
import type { RecordEdit } from '#lib/client/state/records-api.ts';
import { readRecord } from '#lib/domain/records/read-record.ts';
import { isRecordKind } from '#lib/domain/records/registry.ts';
import { schemaOf, SNAPSHOT_FORMAT } from '#lib/protocol/snapshot-codec.ts';
import { verifySnapshots } from '#lib/server/store-care/verify-snapshots.ts';
import { readPlain } from '../model/disk.ts';
import type { Disk } from '../model/life.ts';
import type { Network } from '../model/network.ts';
import type { Call } from '../model/operations.ts';
import { Phone, type Tab } from '../model/phone.ts';
import { Site } from '../model/site.ts';
import { copyStore, newFolder, NOON, type Person } from '../model/template.ts';
import { Witness } from '../model/witness.ts';

/**
 * One version of the application, server and phones: everything here is of the copy of the code that
 * it lies in. What two versions hand each other are a disk, a folder, keys and bytes.
 */
export interface Version {
  /** Its server over a copy of the files that another one left. */
  serve(folder: string): Promise<Served>;
  /** Opened on a phone on which another version may have been; without a disk it has just enrolled. */
  open(person: Person, disk?: Disk): Promise<Opened>;
}

export interface Served {
  readonly answer: Site['answer'];
  makeSnapshots(): Promise<void>;
  /** By which schema the snapshot was folded that a phone of this schema is offered. */
  offered(person: Person, schema: number): Promise<number | 'none'>;
  /** What `verify` says of its snapshots. */
  verifySnapshots(): Promise<readonly string[]>;
  /** Its files; the process has ended. */
  end(): Promise<string>;
}

export interface Opened {
  readonly disk: Disk;
  save(edits: readonly RecordEdit[]): Promise<void>;
  /** How the round ended; `calls`: what becomes of its first requests. */
  sync(server: Served, calls?: readonly Call[]): Promise<string>;
  /** Values of a record as they are kept, of unknown fields too; undefined: there is none. */
  kept(record: string): Record<string, Json> | undefined;
  /** Values of a record as this version reads them: what its screens can show. */
  shown(record: string): unknown;
  /** What waits on the disk, byte for byte, and how many groups and questions lie there. */
  lies(): Promise<{ waiting: readonly string[]; groups: number; aside: number }>;
  close(): void;
}

export const version: Version = {
  serve: async (folder) => {
    const site = await Site.open({ folder, people: [], remove: () => undefined });
    return {
      answer: (path, init) => site.answer(path, init),
      makeSnapshots: () => site.makeSnapshots(),
      offered: async ({ enrolled: { operation, role } }, schema) => {
        const asked = { schema, format: SNAPSHOT_FORMAT };
        const { snapshot } = await site.server.snapshots.offer({ operation, role }, asked);
        return snapshot ? schemaOf(snapshot) : 'none';
      },
      verifySnapshots: async () => {
        const { store } = site.server;
        const { id } = await store.db
          .selectFrom('operations')
          .select('id')
          .executeTakeFirstOrThrow();
        const found: string[] = [];
        await verifySnapshots(store.db, id, (type) => found.push(type));
        return found;
      },
      end: async () => {
        const left = newFolder();
        copyStore(site.keep().folder, left);
        await site.close();
        return left;
      },
    };
  },
  open: async (person, disk) => {
    const phone = await Phone.enrolled(1, person, 0);
    if (disk) phone.disk = disk;
    return opened(phone, await phone.open());
  },
};

function opened(phone: Phone, tab: Tab): Opened {
  const { states } = tab.store;
  return {
    disk: phone.disk,
    save: async (edits) => {
      const saved = await phone.save(tab, edits, NOON);
      if (saved.length === 0) throw new Error('a phone does not save');
    },
    sync: async ({ answer }, calls = []) => {
      tab.calls.push(...calls);
      return (await phone.sync(tab, soundNetwork(answer))).type;
    },
    kept: (record) => {
      const state = states.get(record);
      return state && state.seen.length > 0 ? valuesOf(state) : undefined;
    },
    shown: (record) => {
      const state = states.get(record);
      if (!state || !isRecordKind(state.kind)) return undefined;
      const read = readRecord(state.kind, record, valuesOf(state));
      return read.ok ? read.value.record : read.error;
    },
    lies: async () => {
      const { queue, groups, attention } = await readPlain(phone.disk);
      const waiting = queue.map(({ envelope }) => Buffer.from(envelope).toString('base64'));
      return { waiting, groups: groups.length, aside: attention.length };
    },
    close: () => phone.close(tab),
  };
}

function soundNetwork(answer: Site['answer']): Network {
  return {
    site: { answer } as Site,
    witness: new Witness(),
    late: [],
    meanwhile: () => Promise.resolve(),
    answered: () => Promise.resolve([]),
  };
}
