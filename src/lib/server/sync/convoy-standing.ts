import type { Change, Group, Json } from '#lib/changes/change.ts';
import { deletionOf, type RecordState } from '#lib/changes/fold.ts';
import { foldGroups } from '#lib/changes/fold-changes.ts';
import { parsePartialDate } from '#lib/domain/dates/partial-date.ts';
import { CONVOY_ENDS } from '#lib/domain/records/vocabularies.ts';
import type { ConvoyStanding } from './release-rule.ts';

/** A stored group, and when the server got it. */
export interface ReceivedGroup {
  readonly group: Group;
  readonly receivedAt: number;
}

const ENDS: ReadonlySet<Json> = new Set<Json>(CONVOY_ENDS);

const ASKED: ReadonlySet<string> = new Set(['convoy', 'report', 'stop', 'movement']);

/** Whether what this person says can let the convoy go. Anybody's word can keep it back. */
export type Trusts = (author: string) => boolean;

/**
 * Where a convoy stands, from all groups that tell of it, in the order in which the server got
 * them. Where its records disagree, what keeps it back longer counts: a phone's clock, a single
 * report, an unsettled conflict or a person who is not trusted with it releases nothing early.
 */
export function standingOfConvoy(
  convoy: string,
  received: readonly ReceivedGroup[],
  trusts: Trusts,
): ConvoyStanding {
  const { records } = foldGroups(onlyAsked(received));
  const live = [...records.values()].filter((state) => deletionOf(state) !== 'deleted');
  const own = live.filter((state) => heads(state, 'convoy').includes(convoy));
  const accepted = live.filter((state) => state.id === convoy && state.kind === 'convoy');
  const reports = own
    .filter((state) => state.kind === 'report' && !heads(state, 'scope').includes('total'))
    .map((state) => saidBy(state, trusts));
  const stops = own.filter((state) => state.kind === 'stop');
  const movements = own.filter((state) => state.kind === 'movement');
  const named = recordsThatNamed(convoy, received);
  const said = lastDay([...all(reports, 'date'), ...all(stops, 'arrivedOn')]);
  return {
    ended: hasEnded(accepted, reports, stops),
    // Of a convoy whose own record the server lacks (it lost its tail, S7), what else was said may
    // be missing too, the road above all: then no date lets it go at once.
    lastDay: records.has(convoy) ? (lastDay(all(accepted, 'date')) ?? said) : null,
    // A movement from which the convoy was taken away said of it that it is on the road.
    ...saidOfTheRoad(
      live.filter(({ id, kind }) => kind === 'movement' && named.has(id)),
      received,
      trusts,
    ),
    letGo: movements.some((state) => heads(state, 'released').includes(true)),
  };
}

/**
 * The groups without what was saved with them about other things, or builds on groups that do not
 * tell of this convoy: what is missing there must not hide what is said here.
 */
function onlyAsked(received: readonly ReceivedGroup[]): Group[] {
  const here = new Set(received.flatMap(({ group }) => group.changes.map((change) => change.id)));
  const known = (change: Change): Change => ({
    ...change,
    fields: Object.fromEntries(
      Object.entries(change.fields).map(([field, { value, base }]) => [
        field,
        { value, base: base.filter((id) => here.has(id)) },
      ]),
    ),
  });
  return received.map(({ group }) => ({
    ...group,
    changes: group.changes.filter((change) => ASKED.has(change.kind)).map(known),
  }));
}

/** Records that anybody ever said belong to the convoy, whatever was said of them later. */
function recordsThatNamed(convoy: string, received: readonly ReceivedGroup[]): ReadonlySet<string> {
  const changes = received.flatMap(({ group }) => group.changes);
  return new Set(
    changes
      .filter((change) => change.fields['convoy']?.value === convoy)
      .map(({ record }) => record),
  );
}

/** The record without what others say of it. */
function saidBy(state: RecordState, trusts: Trusts): RecordState {
  const fields = Object.entries(state.fields).map(
    ([field, all]) => [field, all.filter((head) => trusts(head.author))] as const,
  );
  return { ...state, fields: Object.fromEntries(fields) };
}

/** What a person accepted stands; else an end outranks a stage (domain.md, From reports to a convoy). */
function hasEnded(
  accepted: readonly RecordState[],
  reports: readonly RecordState[],
  stops: readonly RecordState[],
): boolean {
  const stated = all(accepted, 'status');
  if (stated.length > 0) return stated.every((status) => ENDS.has(status));
  const reported = reports.map((report) => heads(report, 'status')).filter((s) => s.length > 0);
  if (reported.length > 0) return reported.some((status) => status.every((one) => ENDS.has(one)));
  const outcomes = all(stops, 'outcome');
  return outcomes.length > 0 && outcomes.every((outcome) => ENDS.has(outcome));
}

function lastDay(dates: readonly Json[]): number | null {
  const days = dates.flatMap((date) => {
    const parsed = typeof date === 'string' ? parsePartialDate(date) : null;
    return parsed?.ok ? [parsed.value.latest] : [];
  });
  return days.length > 0 ? Math.max(...days) : null;
}

/** The last that was said about the road, by the order in which the server heard it. */
function saidOfTheRoad(
  movements: readonly RecordState[],
  received: readonly ReceivedGroup[],
  trusts: Trusts,
): Pick<ConvoyStanding, 'onTheRoad' | 'onTheRoadSaidAt'> {
  const ids = new Set(movements.map((state) => state.id));
  let said: { onTheRoad: boolean; onTheRoadSaidAt: number } | null = null;
  for (const { group, receivedAt } of received) {
    for (const change of group.changes) {
      const value = ids.has(change.record) ? change.fields['onTheRoad']?.value : undefined;
      if (value === false && !trusts(change.author)) continue;
      if (typeof value === 'boolean') said = { onTheRoad: value, onTheRoadSaidAt: receivedAt };
    }
  }
  return said ?? { onTheRoad: null, onTheRoadSaidAt: null };
}

const heads = (state: RecordState, field: string): Json[] =>
  (state.fields[field] ?? []).map((head) => head.value).filter((value) => value !== null);

const all = (states: readonly RecordState[], field: string): Json[] =>
  states.flatMap((state) => heads(state, field));
