/** One protection taken out of the code: the fuzz has to notice. */
export interface Mutation {
  /** The protection, and the invariant that it keeps. */
  readonly removes: string;
  readonly file: string;
  /** Stands in the file exactly once. */
  readonly find: string;
  readonly put: string;
}

const QUEUE = 'src/lib/client/db/queue.ts';
const RECEIVE = 'src/lib/client/db/receive.ts';
const STORE = 'src/lib/client/db/record-store.ts';
const SYNC = 'src/lib/server/sync';
const LOCKED = 'src/lib/client/sync/locked-sender.ts';

export const MUTATIONS: readonly Mutation[] = [
  {
    removes: 'deduplication by id (S3)',
    file: `${SYNC}/sort-pushes.ts`,
    find: 'if (before) remark(remarks, incoming, before, n);',
    put: 'if (before && n === undefined) remark(remarks, incoming, before, n);',
  },
  {
    removes: 'the slot check: a number that is taken counts as received (S8)',
    file: `${SYNC}/sort-pushes.ts`,
    find: "return { type: 'fork', n, ...remarks };",
    put: 'continue;',
  },
  {
    removes: 'the check for missing numbers (S8)',
    file: `${SYNC}/sort-pushes.ts`,
    find: 'if (from > slots.last(push) + 1)',
    put: 'if (from > slots.last(push) + 1e9)',
  },
  {
    removes: 'holding what has no base, on the server (S9)',
    file: `${SYNC}/admit.ts`,
    find: "return change?.state !== 'stored' || undecided.has(change.groupId);",
    put: "return change !== undefined && change.state !== 'stored' && undecided.has(change.groupId);",
  },
  {
    removes: 'letting go of what was held when its base comes (S9)',
    file: `${SYNC}/bases.ts`,
    find: 'return candidates.filter((id) => !stillWaiting.has(id));',
    put: 'return candidates.filter((id) => stillWaiting.has(id));',
  },
  {
    removes: 'holding what has no base, where records are folded (S5, S9)',
    file: 'src/lib/changes/fold.ts',
    find: 'if (missing.length > 0) return err(',
    put: 'if (missing.length > 99) return err(',
  },
  {
    removes: 'counting a change once (S5)',
    file: 'src/lib/changes/fold.ts',
    find: 'if (state && hasSeen(state, change.id)) return ok(state);',
    put: '',
  },
  {
    removes: 'the rewind where the cursor names another past (S7)',
    file: `${SYNC}/pull.ts`,
    find: 'if (cursor.id !== name && cursor.id !== early)',
    put: "if (cursor.id === '')",
  },
  {
    removes: 'what came before the group from what a cursor names (S7)',
    file: `${SYNC}/past.ts`,
    find: '`crossline past 1|${past}|${group}`',
    put: '`crossline past 1||${group}`',
  },
  {
    removes: 'doubt in what was confirmed before a rewind (S7)',
    file: QUEUE,
    find: '.modify({ confirmed: 0 });',
    put: '.modify({ confirmed: 1 });',
  },
  {
    removes: 'sending again what the server does not have (S7)',
    file: QUEUE,
    find: 'if (missing.length === 0) return 0;',
    put: 'if (missing.length < 999) return 0;',
  },
  {
    removes: 'showing again what was set aside and comes back (S5)',
    file: RECEIVE,
    find: 'const candidates = [...fresh, ...again, ',
    put: 'const candidates = [...fresh, ',
  },
  {
    removes: 'keeping back a convoy that the server has lost (S4)',
    file: `${SYNC}/convoy-standing.ts`,
    find: 'records.has(convoy) ?',
    put: 'records.size > 0 ?',
  },
  {
    removes: 'the order in which lost groups are sent again (S7, S9)',
    file: QUEUE,
    find: '.sort((a, b) => a.at - b.at)',
    put: '.sort((a, b) => b.at - a.at)',
  },
  {
    removes: 'doubt in what was acknowledged and did not come back (S2)',
    file: 'src/lib/client/db/queue-state.ts',
    find: '.modify({ acked: 0 });',
    put: '.modify({ acked: 1 });',
  },
  {
    removes: 'waiting until a group was pulled back (S2)',
    file: QUEUE,
    find: '|| stored[index]?.confirmed === 1)',
    put: '|| stored[index] !== undefined)',
  },
  {
    removes: 'waiting until a group was acknowledged (S2)',
    file: RECEIVE,
    find: '.and((row) => row.acked === 1)',
    put: '.and((row) => row.acked < 2)',
  },
  {
    removes: 'attention for what the server set aside (S2)',
    file: QUEUE,
    find: 'await db.attention.bulkPut([...codeOf]',
    put: 'await db.attention.bulkPut([...codeOf].slice(0, 0)',
  },
  {
    removes: 'leaving out of the view what was set aside (S9)',
    file: 'src/lib/client/sync/round.ts',
    find: 'if (aside.length > 0) await refold(store);',
    put: '',
  },
  {
    removes: 'one transaction of page and cursor (S1)',
    file: RECEIVE,
    find: 'return store.inTurn(() =>\n    store.writing(async () => {\n      const ids',
    put: 'return store.inTurn(() =>\n    store.writing(async () => {\n      if (page.cursor) await db.cursors.put(page.cursor);\n      const ids',
  },
  {
    removes: 'the revision that two tabs compare (S1, S8)',
    file: STORE,
    find: 'if ((at?.rev ?? 0) !== rev) throw new RevisionMismatch();',
    put: '',
  },
  {
    removes: 'one transaction of records, groups, queue and counter (S1)',
    file: STORE,
    find: 'await putOwnGroups(this.db, sealed, this.nextRevision);\n          },\n        };',
    put: '},\n        };\n        await putOwnGroups(this.db, sealed, this.nextRevision);',
  },
  {
    removes: 'strict durability (S1)',
    file: 'src/lib/client/db/database.ts',
    find: "chromeTransactionDurability: 'strict'",
    put: "chromeTransactionDurability: 'relaxed'",
  },
  {
    removes: 'new numbers after a fork (S8)',
    file: QUEUE,
    find: 'const replica = randomShortId();',
    put: 'const { replica } = transport;',
  },
  {
    removes: 'the queue on renumbering (S2)',
    file: QUEUE,
    find: 'rows.map((row, index) => ({ ...row, replica',
    put: 'rows.slice(1).map((row, index) => ({ ...row, replica',
  },
  {
    removes: 'the counter that goes on (S8)',
    file: 'src/lib/client/db/group-rows.ts',
    find: 'await db.transport.put({ ...transport, n });',
    put: 'await db.transport.put({ ...transport, n: n + 1 });',
  },
  {
    removes: 'hearing of a revocation when tokens have died (S6)',
    file: 'src/lib/client/sync/renewing-round.ts',
    find: 'return (await renew(signal)) ??',
    put: 'return (await renew(signal)) ? outcome :',
  },
  {
    removes: 'the last word of a device that is leaving (S6)',
    file: LOCKED,
    find: 'if ((await nextBatch(db, most))?.rows.length === 0) return',
    put: 'return',
  },
  {
    removes: 'what a locked device still has to send, when it hears that it is leaving (S6)',
    file: 'src/lib/server/http/endpoints.ts',
    find: 'if (isEmpty && caller.revokedAs)',
    put: 'if (caller.revokedAs)',
  },
  {
    removes: 'the end of a locked device that is leaving',
    file: 'src/lib/server/http/endpoints.ts',
    find: 'if (isEmpty && caller.revokedAs)',
    put: "if (isEmpty && caller.revokedAs === 'lost')",
  },
  {
    removes: 'the wait of what a locked device sent until it was pulled back (S2)',
    file: LOCKED,
    find: "tx.objectStore('queue').put({ ...row, acked: 1 });",
    put: "tx.objectStore('queue').delete([row.replica, row.n]);",
  },
  {
    removes: 'attention for what was set aside of a locked device (S2)',
    file: LOCKED,
    find: "tx.objectStore('attention').put({ group: row.group, code: String(aside.code) });",
    put: '',
  },
  {
    removes: 'strict durability of what a locked device notes (S1)',
    file: LOCKED,
    find: "durability: 'strict',",
    put: "durability: 'relaxed',",
  },
  {
    removes: 'leaving out of the view what was set aside while the device was locked (S9)',
    file: 'src/lib/client/db/refold.ts',
    find: 'if (!isShown) continue;',
    put: 'if (isShown !== undefined) continue;',
  },
  {
    removes: 'believing a device by its certificate that the server has forgotten (S7)',
    file: 'src/lib/server/sync/push.ts',
    find: 'if (request.certificates && request.certificates.length > 0)',
    put: 'if (request.certificates && request.certificates.length > 999)',
  },
  {
    removes: 'the release rule (S4)',
    file: `${SYNC}/release-rule.ts`,
    find: "if (telling === 'not') return { type: 'wait', endedAt: null, dueAt: null };",
    put: '',
  },
  {
    removes: 'the wait of a convoy that is on the road (S4)',
    file: `${SYNC}/publish-groups.ts`,
    find: 'const isFree = own.every((convoy) => released.has(convoy));',
    put: 'const isFree = own.length >= 0 || released.size > 0;',
  },
  {
    removes: 'the right of a logger to his own movements alone (S4)',
    file: `${SYNC}/pull.ts`,
    find: "$if(right === 'own', (query) => query.where('publication.author', '=', caller.member))",
    put: "$if(right === 'own', (query) => query)",
  },
  {
    removes: 'the end of a stream for whoever may no longer read it (S4)',
    file: `${SYNC}/pull.ts`,
    find: "if (right === 'none') {",
    put: "if (right === 'none' && cursor === undefined) {",
  },
  {
    removes: "the server's transaction (S3)",
    file: 'src/lib/server/store/store.ts',
    find: 'write: (work) => db.transaction().execute(work),',
    put: 'write: (work) => work(db as unknown as Tx),',
  },
  {
    removes: 'fields that this version does not know (S5)',
    file: 'src/lib/changes/record-page.ts',
    find: 'for (const [field, heads] of Object.entries(fields)) {',
    put: "for (const [field, heads] of Object.entries(fields)) {\n      if (field === 'laterField') continue;",
  },
  {
    removes: 'leaving alone what is under way already (S2)',
    file: QUEUE,
    find: 'unconfirmed.filter((row) => !underway.has(row.id))',
    put: 'unconfirmed.filter((row) => underway.size >= 0 || row.held === 1)',
  },
  {
    removes: 'attention for what was built on a group that was set aside (S2)',
    file: 'src/lib/client/db/note-held.ts',
    find: 'changed.filter((row) => row.held === 1 && row.confirmed === 0)',
    put: 'changed.filter((row) => row.held > 1 && row.confirmed === 0)',
  },
  {
    removes: 'folding again where a row of records was damaged (S5)',
    file: 'src/lib/client/db/refold.ts',
    find: 'if (store.damaged > 0) {',
    put: 'if (store.damaged > 999) {',
  },
  {
    removes: 'what follows a convoy by way of other records (S4)',
    file: `${SYNC}/publish-groups.ts`,
    find: 'await bindFollowers(store, groups, bound);',
    put: 'await Promise.resolve(bindFollowers);',
  },
  {
    removes: 'which own groups a snapshot has brought back (S2)',
    file: 'src/lib/client/db/snapshot-rows.ts',
    find: 'await db.groups.bulkPut(back.map(({ row }): GroupRow => ({ ...row, confirmed: 1 })));',
    put: 'await db.groups.bulkPut(back.map(({ row }): GroupRow => row));',
  },
  {
    removes: 'the end of what was under way when a right ended (S4)',
    file: 'src/lib/client/sync/take-over.ts',
    find: 'const isStranded = role && readOf(role) === 0 &&',
    put: 'const isStranded = role && readOf(role) < 0 &&',
  },
];
