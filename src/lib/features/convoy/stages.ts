import type { ConvoyView } from '#lib/client/state/views.ts';
import { CONVOY_ENDS, CONVOY_STAGES, type ConvoyStatus } from '#lib/domain/records/vocabularies.ts';

export type StageName = 'departed' | 'at_checkpoint' | 'entered' | 'end' | 'returned';

/** One step of a convoy's way: recorded or not; an end that is none of a delivery is a stop short. */
export interface Stage {
  readonly name: StageName;
  readonly isRecorded: boolean;
  readonly status: ConvoyStatus | null;
}

const isEnd = (status: ConvoyStatus | null): boolean =>
  (CONVOY_ENDS as readonly (ConvoyStatus | null)[]).includes(status);

/**
 * The way of a convoy as far as reports tell. A stage counts as recorded where some report says it;
 * that one was passed before another is not concluded. Trucks that entered make the entry recorded.
 */
export function stagesOf(view: ConvoyView, onTheRoad: boolean | null): readonly Stage[] {
  const said = new Set(view.sourced.flatMap(({ report }) => report.status ?? []));
  const rank = (status: ConvoyStatus): number =>
    (CONVOY_STAGES as readonly string[]).indexOf(status);
  const furthest = Math.max(-1, ...[...said].map(rank));
  const status = view.status;
  const delivered = status === 'delivered' || status === 'partially_delivered';
  return [
    { name: 'departed', isRecorded: said.has('departed') || furthest > 3, status: null },
    { name: 'at_checkpoint', isRecorded: said.has('at_checkpoint'), status: null },
    {
      name: 'entered',
      isRecorded: said.has('arrived') || (delivered && view.derived.trucks !== null),
      status: null,
    },
    { name: 'end', isRecorded: isEnd(status), status },
    { name: 'returned', isRecorded: onTheRoad === false, status: null },
  ];
}
