/**
 * Runs inside Chromium: a device with many groups after an update, which reads all of them anew while
 * its person logs (ADR 0166). The Node side is fold-anew.bench.ts.
 */
import type { Change, Group, Json } from '#lib/changes/change.ts';
import { editRecord } from '#lib/changes/edit.ts';
import { applyGroup } from '#lib/changes/fold-changes.ts';
import type { RecordState } from '#lib/changes/fold.ts';
import { sealingCipher } from '#lib/client/db/cipher.ts';
import { DeviceDatabase } from '#lib/client/db/database.ts';
import { foldAnew } from '#lib/client/db/fold-anew.ts';
import type { SignedGroupOf } from '#lib/client/db/group-rows.ts';
import { receive } from '#lib/client/db/receive.ts';
import { RecordStore } from '#lib/client/db/record-store.ts';
import { readSigned } from '#lib/client/sync/signed-groups.ts';
import { concatBytes } from '#lib/crypto/encoding.ts';
import { randomId } from '#lib/crypto/random.ts';
import { SIGNATURE_BYTES } from '#lib/crypto/signatures.ts';
import { encodeGroup } from '#lib/protocol/group-codec.ts';

const GROUPS_A_PAGE = 500;
/** Milliseconds between two saves. */
const PAUSE = 100;

const key = await crypto.subtle.importKey('raw', new Uint8Array(32).fill(7), 'AES-GCM', false, [
  'encrypt',
  'decrypt',
]);

type Edit = readonly [kind: string, id: string, values: Readonly<Record<string, Json>>];

function groupOf(states: ReadonlyMap<string, RecordState>, edits: readonly Edit[]): SignedGroupOf {
  const context = {
    operation: 'operation',
    author: 'member',
    deviceTime: '2016-06-29T10:00:00.000Z',
    schema: 1,
    newId: randomId,
  };
  const changes = edits.flatMap(
    ([kind, id, values]): readonly Change[] | Change =>
      editRecord(states.get(id), kind, id, values, context) ?? [],
  );
  const head = { id: randomId(), operation: 'operation', stream: 'log', device: 'device' } as const;
  const group: Group = { ...head, changes };
  return { group, signed: concatBytes(new Uint8Array(SIGNATURE_BYTES), encodeGroup(group)) };
}

/** Convoys with their source, report and two stops, and as many groups that correct a report. */
function* groups(count: number): Generator<SignedGroupOf> {
  const states = new Map<string, RecordState>();
  for (let index = 0; index < count / 2; index++) {
    const [id, source, report] = [randomId(), randomId(), randomId()];
    const localities = [`locality${index % 300}`];
    const people = { q: '~', n: 1_000 + (index % 90) * 100, unit: 'people' };
    const made = groupOf(states, [
      ['convoy', id, { eventKey: `event ${index}` }],
      ['source', source, { kind: 'seen' }],
      ['report', report, { convoy: id, source, localities, status: 'delivered', people }],
      ['stop', randomId(), { convoy: id, order: 0, localities, peopleIntended: people }],
      ['stop', randomId(), { convoy: id, order: 1, localities, peopleIntended: people }],
    ]);
    for (const state of applyGroup(states, made.group) ?? []) states.set(state.id, state);
    yield made;
    yield groupOf(states, [['report', report, { status: 'partial' }]]);
    states.clear();
  }
}

async function openStore(): Promise<RecordStore> {
  const store = new RecordStore(new DeviceDatabase('fold-anew'), sealingCipher(key), readSigned);
  const opened = await store.catchUp();
  if (!opened.ok) throw new Error(opened.error.reason);
  return store;
}

const foldAnewPage = {
  async fill(count: number): Promise<void> {
    const store = await openStore();
    let page: SignedGroupOf[] = [];
    for (const one of groups(count)) {
      page.push(one);
      if (page.length < GROUPS_A_PAGE) continue;
      const received = await receive(store, { groups: page });
      if (!received.ok) throw new Error(received.error.reason);
      page = [];
    }
    await store.close();
  },

  /** Milliseconds until all is read anew, to the first count, and of each save meanwhile. */
  async read(): Promise<{
    ms: number;
    first: number;
    blocked: number;
    records: number;
    saves: number[];
  }> {
    const marking = new DeviceDatabase('fold-anew');
    await marking.revision.update('revision', { schema: 0 });
    marking.close();
    const store = await openStore();
    let blocked = 0;
    const observer = new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) blocked = Math.max(blocked, duration);
    });
    observer.observe({ entryTypes: ['longtask'] });
    const saves: number[] = [];
    let isOver = false;
    const saving = (async (): Promise<void> => {
      while (!isOver) {
        const begun = performance.now();
        const made = groupOf(store.states, [['convoy', randomId(), { eventKey: 'meanwhile' }]]);
        const saved = await store.commit(() => Promise.resolve([made]));
        if (!saved.ok) throw new Error(saved.error.reason);
        saves.push(performance.now() - begun);
        await new Promise((resolve) => setTimeout(resolve, PAUSE));
      }
    })();
    const start = performance.now();
    let first = 0;
    const onProgress = (): void => void (first ||= performance.now() - start);
    const folded = await foldAnew(store, { onProgress });
    const ms = performance.now() - start;
    isOver = true;
    await saving;
    observer.disconnect();
    if (!folded.ok || !folded.value) throw new Error(JSON.stringify(folded));
    const records = store.states.size - saves.length;
    await store.close();
    return { ms, first, blocked, records, saves };
  },
};

export type FoldAnewPage = typeof foldAnewPage;

Object.assign(window, { foldAnewPage });
