import { foldGroups } from '#lib/changes/fold-changes.ts';
import { mergeStates } from '#lib/changes/snapshot.ts';
import type { Plain } from '../disk.ts';
import type { Phone, Tab } from '../phone.ts';
import { groupOf, visible, type ServerRows } from '../server-rows.ts';
import { Broken, type Witness } from '../witness.ts';
import { mayRead } from '#lib/protocol/rights.ts';
import { difference, textsOf } from './states.ts';

/** A phone that is alive at the end, with its disk and an open page. */
export interface Survivor {
  readonly phone: Phone;
  readonly tab: Tab;
  readonly plain: Plain;
}

/**
 * Everybody shows the same: the fold of all that he may read on the server, and of what he gave it
 * himself and may not read (any more), which is what still waits to be pulled back.
 */
export function checkConvergence(
  { phone, tab, plain }: Survivor,
  rows: ServerRows,
  serverLosses: number,
): void {
  const mayKnowMore = phone.told.hasSnapshot && serverLosses > 0;
  const { member } = phone.person.enrolled;
  const given = plain.queue.map((row) => row.group).filter((id) => isStored(rows, id));
  const ids = [...visible(rows, member, 'log'), ...visible(rows, member, 'movements'), ...given];
  const folded = foldGroups([...new Set(ids)].map((id) => groupOf(rows, id)));
  const there = new Map(folded.records);
  if (mayKnowMore) {
    // What a snapshot told of and the server has lost since: shown, though it cannot be given back.
    for (const [id, state] of tab.store.states) {
      const known = there.get(id);
      there.set(id, known ? mergeStates(known, state) : state);
    }
  }
  const differs = difference(textsOf(tab.store.states), textsOf(there));
  if (differs) throw new Broken('convergence', `phone ${phone.index} and the server: ${differs}`);
}

/** A device that was ended wipes itself when it is next in contact, however old its tokens are. */
export function checkWiped({ phone }: Survivor, rows: ServerRows): void {
  if (!rows.revoked.has(phone.person.enrolled.device)) return;
  throw new Broken('revoked', `phone ${phone.index} was revoked, and is not wiped`);
}

/** S4: of a stream that may no longer be read nothing stays but what asks for attention. */
export async function checkLeft({ phone, tab, plain }: Survivor): Promise<void> {
  if (mayRead(phone.role, 'movements') !== 'none') return;
  const attention = new Set(plain.attention.map((row) => row.group));
  for (const row of plain.groups) {
    const signed = await tab.store.cipher.open(row.id, row.bytes);
    const group = signed && tab.store.readGroup(signed);
    if (group?.stream !== 'movements' || attention.has(row.id)) continue;
    throw new Broken('S4', `phone ${phone.index} may not read movements, and keeps ${row.id}`);
  }
}

const isStored = (rows: ServerRows, id: string): boolean => rows.groups.get(id)?.state === 'stored';

/** S2: nothing waits that could go; what is left in a queue asks for attention, or cannot come back. */
export function checkQuiet({ phone, plain }: Survivor, rows: ServerRows): void {
  const { member } = phone.person.enrolled;
  const attention = new Set(plain.attention.map((row) => row.group));
  const readable = new Set([
    ...visible(rows, member, 'log'),
    ...visible(rows, member, 'movements'),
  ]);
  const held = new Set(plain.groups.flatMap((row) => (row.held === 1 ? [row.id] : [])));
  for (const { group } of plain.queue) {
    if (attention.has(group)) continue;
    if (rows.groups.get(group)?.state === 'held') {
      // What it is built on will not come any more: it is not shown, so it has to be told of.
      if (held.has(group))
        throw new Broken('S2', `phone ${phone.index}: ${group} is held, and nobody is told`);
      continue;
    }
    if (isStored(rows, group) && !readable.has(group)) continue;
    throw new Broken('S2', `phone ${phone.index}: ${group} stays in the queue`);
  }
}

/** What a person may hear of his own work: the rights of its author, or what it is built on. */
const REASONS: ReadonlySet<string> = new Set(['not_allowed', 'device_revoked', 'base_missing']);

/**
 * S7, S9: what the application wrote is never set aside for being wrong, nor for being of nobody
 * where the phone that holds it can prove whose it is.
 */
export async function checkSetAside({ phone, tab, plain }: Survivor): Promise<void> {
  for (const { group: id, code } of plain.attention) {
    if (REASONS.has(code)) continue;
    const row = plain.groups.find((one) => one.id === id);
    const signed = row && (await tab.store.cipher.open(id, row.bytes));
    const group = signed && tab.store.readGroup(signed);
    const proofs = group ? await tab.signers.of([group]) : [];
    if (code === 'device_unknown' && proofs.length === 0) continue;
    throw new Broken('set aside', `phone ${phone.index}: ${id} is set aside as ${code}`);
  }
}

/**
 * S7 and the whole point: every save that a person was told of is with the server, stored or set
 * aside, or asks for attention; unless its disk was thrown away and nobody else holds it.
 */
export function checkNothingLost(
  survivors: readonly Survivor[],
  rows: ServerRows,
  witness: Witness,
): void {
  for (const { phone, plain } of survivors) {
    const attention = new Set(plain.attention.map((row) => row.group));
    for (const { id, held } of plain.groups) {
      if (rows.groups.has(id) || attention.has(id) || held === 1) continue;
      throw new Broken('S7', `phone ${phone.index} holds ${id}, the server does not`);
    }
  }
  const asking = new Set(survivors.flatMap(({ plain }) => plain.attention.map((row) => row.group)));
  for (const [group, { phone, operation, diskIsGone }] of witness.promised) {
    if (rows.groups.has(group) || witness.dismissed.has(group) || asking.has(group)) continue;
    if (diskIsGone) continue;
    throw new Broken(
      'nothing lost',
      `${group}, saved on phone ${phone} at ${operation}, is nowhere`,
    );
  }
}

/** S8: numbers without gaps and repeats never make the server ask for others. */
export function checkRenumberings(witness: Witness, mayRenumber: boolean): void {
  const [first] = witness.renumberings;
  if (first && !mayRenumber) throw new Broken('S8', `${first}, though nothing was copied or lost`);
}
