import type { ConvoyView } from '#lib/client/state/views.ts';
import { CONVOY_ENDS, type ConvoyEnd } from '#lib/domain/records/vocabularies.ts';

/** A value that reports give, and how many of them do. */
export interface GivenValue<T> {
  readonly value: T;
  readonly reports: number;
}

/** Fields of a convoy that a coordinator settles here, in the order of the page. */
const ACCEPTED = ['status', 'date', 'trucksEntered'] as const;
type Accepted = (typeof ACCEPTED)[number];

function counted<T>(given: readonly T[]): readonly GivenValue<T>[] {
  const counts = new Map<T, number>();
  for (const value of given) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts]
    .map(([value, reports]) => ({ value, reports }))
    .sort((a, b) => b.reports - a.reports || (String(a.value) < String(b.value) ? -1 : 1));
}

type Sourced = Pick<ConvoyView, 'sourced'>;

const ofOne = ({ sourced }: Sourced) =>
  sourced.flatMap(({ report }) => (report.scope === 'total' ? [] : [report]));

const isEnd = (status: string | undefined): status is ConvoyEnd =>
  (CONVOY_ENDS as readonly (string | undefined)[]).includes(status);

/** How the convoy ended, as its reports tell; totals of several convoys tell nothing of it. */
export function differingOutcomes(view: Sourced): readonly GivenValue<ConvoyEnd>[] {
  return counted(ofOne(view).flatMap(({ status }) => (isEnd(status) ? [status] : [])));
}

/** The dates that its reports give, as precisely as each gives it (EDTF), compared without `~`. */
export function differingDates(view: Sourced): readonly GivenValue<string>[] {
  return counted(ofOne(view).flatMap(({ date }) => date?.replaceAll('~', '') ?? []));
}

/** Which values of a convoy stand because somebody accepted them. */
export function acceptedFields(convoy: Readonly<Record<string, unknown>>): readonly Accepted[] {
  return ACCEPTED.filter((field) => convoy[field] !== undefined && convoy[field] !== null);
}
