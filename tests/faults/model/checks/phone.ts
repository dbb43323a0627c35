import type { Group } from '#lib/changes/change.ts';
import { hasSeen } from '#lib/changes/fold.ts';
import { foldGroups } from '#lib/changes/fold-changes.ts';
import { mayRead } from '#lib/protocol/rights.ts';
import { seededRandom } from '../../server/seed.ts';
import { readPlain, type Plain } from '../disk.ts';
import type { Phone, Tab } from '../phone.ts';
import { Broken, type Witness } from '../witness.ts';
import { difference, textsOf } from './states.ts';

/** Groups of which this disk may let go, because the server had said that it has them. */
export type LetGo = Set<string>;

/** S1: what a person was told is saved is on his disk, and was written so that it stays there. */
export function checkSaved(phone: Phone, now: Plain, letGo: LetGo, witness: Witness): void {
  const open = phone.tabs.reduce((sum, tab) => sum + tab.life.relaxedWrites, 0);
  if (phone.relaxedWrites + open > 0) {
    throw new Broken('S1', `phone ${phone.index} wrote without "strict"`);
  }
  const here = new Set(now.groups.map((row) => row.id));
  for (const [group, promise] of witness.promised) {
    if (promise.phone !== phone.index || promise.diskIsGone || here.has(group)) continue;
    if (witness.dismissed.has(group)) continue;
    if (letGo.has(group) && phone.hadOtherRole) {
      promise.diskIsGone = true; // it left with a stream that may no longer be read
      continue;
    }
    throw new Broken('S1', `phone ${phone.index} said that ${group} is saved, and has it no more`);
  }
}

/** S2: what left the queue was acknowledged and pulled back, or recorded as set aside. */
export function checkQueue(
  phone: Phone,
  before: Plain,
  now: Plain,
  letGo: LetGo,
  witness: Witness,
): void {
  const waiting = new Set(now.queue.map((row) => row.group));
  const attention = new Set(now.attention.map((row) => row.group));
  const { pulled, acked, aside } = phone.told;
  for (const { group, replica, n } of before.queue) {
    if (waiting.has(group) || witness.dismissed.has(group)) continue;
    const isAcked = acked.has(group);
    const isAside = aside.has(group) || aside.has(`${replica}/${n}`);
    const isGone = isAcked && mayRead(phone.role, 'movements') !== 'all';
    if (isAside && (attention.has(group) || pulled.has(group))) continue;
    if (isAside || (!(isAcked && pulled.has(group)) && !isGone)) {
      const said = `acknowledged: ${isAcked}, pulled back: ${pulled.has(group)}, aside: ${isAside}`;
      throw new Broken('S2', `phone ${phone.index}: ${group} left the queue (${said})`);
    }
    letGo.add(group);
  }
  for (const id of pulled) letGo.add(id);
}

/** S8: a number of a replica is given once, each above the one before it. */
export function checkNumbers(phone: Phone, before: Plain, now: Plain): void {
  const { replica = '', n = 0 } = before.transport ?? {};
  const known = new Map(before.queue.map((row) => [`${row.replica}/${row.n}`, row.group]));
  for (const row of now.queue) {
    const was = known.get(`${row.replica}/${row.n}`);
    const where = `phone ${phone.index}, number ${row.n} of ${row.replica}`;
    if (was !== undefined && was !== row.group) {
      throw new Broken('S8', `${where}: given to ${was}, then to ${row.group}`);
    }
    if (was === undefined && row.replica === replica && row.n <= n) {
      throw new Broken('S8', `${where}: given again to ${row.group}, after ${n}`);
    }
    if (row.replica === now.transport?.replica && row.n > now.transport.n) {
      throw new Broken('S8', `${where}: beyond the counter, ${now.transport.n}`);
    }
  }
}

/**
 * S5, S9: what the phone shows is the fold of the groups it holds, in any order and twice, without
 * those that were set aside; exactly the groups whose bases are missing are held.
 */
export async function checkFold(phone: Phone, tab: Tab, now: Plain, seed: number): Promise<void> {
  const aside = new Set(now.attention.map((row) => row.group));
  const groups: Group[] = [];
  const held = new Set<string>();
  for (const row of now.groups) {
    const signed = await tab.store.cipher.open(row.id, row.bytes);
    const group = signed && tab.store.readGroup(signed);
    if (!group) throw new Broken('S1', `phone ${phone.index}: group ${row.id} cannot be opened`);
    if (aside.has(row.id)) continue;
    groups.push(group);
    if (row.held === 1) held.add(row.id);
  }
  const random = seededRandom(seed);
  for (const order of [groups, shuffled(groups, random)]) {
    const once = foldGroups(order);
    const folded = { ...once, records: foldGroups(order, once.records).records };
    const differs = difference(textsOf(tab.store.states), textsOf(folded.records));
    if (differs) {
      throw new Broken('S5', `phone ${phone.index} shows other than its groups: ${differs}`);
    }
    const ids = folded.held.map((group) => group.id);
    if (ids.length !== held.size || ids.some((id) => !held.has(id))) {
      throw new Broken('S9', `phone ${phone.index} holds ${[...held].join()}, not ${ids.join()}`);
    }
  }
}

/**
 * S5, S9: an open page shows what came, and no more what it hears was set aside; for neither does it
 * have to be opened anew.
 */
export async function checkShown(phone: Phone, tab: Tab): Promise<void> {
  const { groups, attention } = await readPlain(phone.disk);
  const aside = new Set(attention.map((row) => row.group));
  for (const row of groups) {
    const signed = await tab.store.cipher.open(row.id, row.bytes);
    const changes = (signed && tab.store.readGroup(signed)?.changes) ?? [];
    const shown = changes.filter(({ id, record }) => {
      const state = tab.store.states.get(record);
      return state && hasSeen(state, id);
    });
    if (aside.has(row.id) && shown.length > 0)
      throw new Broken('S9', `phone ${phone.index} shows ${row.id}, which was set aside`);
    if (!aside.has(row.id) && row.held === 0 && shown.length < changes.length)
      throw new Broken('S5', `phone ${phone.index} has ${row.id}, and does not show it`);
  }
}

function shuffled<T>(items: readonly T[], random: () => number): T[] {
  return items
    .map((item) => [random(), item] as const)
    .sort(([a], [b]) => a - b)
    .map(([, item]) => item);
}
