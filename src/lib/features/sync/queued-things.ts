import type { OpenOperation } from '#lib/client/state/open-operation.svelte.ts';
import type { BadgeView } from '../shell/badge-view.ts';

type LocalGroup = OpenOperation['sync']['queued'][number];

/** What a person logged and that is only here: a convoy, whose changes may travel as several groups. */
export interface QueuedThing {
  /** Of the convoy; of the group where it is about something else. */
  readonly id: string;
  readonly convoy: string | null;
  readonly deviceTime: string;
  /** Of the records that it is about, each once. */
  readonly kinds: readonly string[];
  /** Why the server set it aside, each reason once; empty: it only waits. */
  readonly codes: readonly string[];
}

function convoyOf(group: LocalGroup, { records }: OpenOperation): string | null {
  const { report, movement, stop } = records.dataset;
  for (const { kind, id } of group.records) {
    if (kind === 'convoy') return id;
    const convoy = (report.get(id) ?? movement.get(id) ?? stop.get(id))?.convoy;
    if (convoy !== undefined) return convoy;
  }
  return null;
}

/** Groups about one convoy are one thing to the person who logged it. */
export function queuedThings(
  groups: readonly LocalGroup[],
  operation: OpenOperation,
): readonly QueuedThing[] {
  const things = new Map<string, QueuedThing>();
  for (const group of groups) {
    const convoy = convoyOf(group, operation);
    const id = convoy ?? group.id;
    const known = things.get(id);
    const { deviceTime, records, code } = group;
    const kinds = union(
      known?.kinds,
      records.map(({ kind }) => kind),
    );
    const codes = union(known?.codes, code === undefined ? [] : [code]);
    things.set(id, { id, convoy, deviceTime, kinds, codes });
  }
  return [...things.values()].sort((a, b) => (a.deviceTime < b.deviceTime ? 1 : -1));
}

function union(known: readonly string[] = [], more: readonly string[]): readonly string[] {
  return [...new Set([...known, ...more])];
}

/** The badge of an open operation. */
export function badgeOf(operation: OpenOperation): BadgeView {
  if (operation.isExample) return { kind: 'example' };
  const { badge, queued } = operation.sync;
  if (badge.kind === 'attention') return { kind: 'attention', count: badge.count };
  if (badge.kind === 'all_sent') {
    return { kind: 'all_sent', at: badge.at === '' ? null : new Date(badge.at) };
  }
  return { kind: 'only_here', count: queuedThings(queued, operation).length || badge.count };
}
