import type { Day } from '../dates/day.ts';
import type { Dataset } from '../records/dataset.ts';
import { type AccessRecords, updateAccess } from './access-records.ts';
import { isEnd } from './agreement.ts';
import type { DerivedConvoy } from './from-reports.ts';

/** For how many days a convoy without an end may still be under way. */
const DAYS_UNDER_WAY = 2;

/** When what is handed on is made. */
export interface HandingOn {
  /** Nothing after this day counts. */
  readonly asOf: Day;
  /** The day that it really is: what ended yesterday may still be on its way back. */
  readonly today: Day;
}

/** The last day on which anything of a convoy can have been; null: nothing says when. */
function lastDayOf({ date, stops }: DerivedConvoy): Day | null {
  const days = [date, ...stops.map((stop) => stop.date)].flatMap((one) => one?.latest ?? []);
  return days.length === 0 ? null : Math.max(...days);
}

/**
 * Convoys that nobody outside may read about yet, as the server keeps them in `movements`: on the
 * road by their movement; without an end and not long ago; or at an end that is no older than
 * yesterday while nobody said that all are back (docs/security.md, Movements).
 */
function convoysUnderWay(
  { dataset, convoys }: Pick<AccessRecords, 'dataset' | 'convoys'>,
  { asOf, today }: HandingOn,
): ReadonlySet<string> {
  const ids = new Set<string>();
  const letGo = new Set<string>();
  for (const { convoy, onTheRoad, released } of dataset.movement.values()) {
    if (convoy === undefined) continue;
    if (onTheRoad === true && released !== true) ids.add(convoy);
    if (onTheRoad === false || released === true) letGo.add(convoy);
  }
  for (const convoy of convoys.values()) {
    const { id, status, date } = convoy;
    if (status === null || !isEnd(status)) {
      if (!date || date.latest + DAYS_UNDER_WAY >= asOf) ids.add(id);
      continue;
    }
    const last = lastDayOf(convoy);
    if (last !== null && last >= today - 1 && !letGo.has(id)) ids.add(id);
  }
  return ids;
}

/**
 * The same records without convoys that are under way and all that belongs to them: what a report
 * that is made to be handed on is computed from, so that no number counts them either.
 */
export function withoutUnderWay(access: AccessRecords, handingOn: HandingOn): AccessRecords {
  const hidden = convoysUnderWay(access, handingOn);
  if (hidden.size === 0) return access;
  const { dataset } = access;
  const without = <T>(
    records: ReadonlyMap<string, T>,
    convoyOf: (record: T) => string | undefined,
  ) => new Map([...records].filter(([, record]) => !hidden.has(convoyOf(record) ?? '')));
  const shown: Dataset = {
    ...dataset,
    convoy: without(dataset.convoy, ({ id }) => id),
    stop: without(dataset.stop, ({ convoy }) => convoy),
    report: without(dataset.report, ({ convoy }) => convoy),
    claim: without(dataset.claim, ({ convoy }) => convoy),
    incident: without(dataset.incident, ({ convoy }) => convoy),
    itemLine: without(
      dataset.itemLine,
      ({ convoy, stop: at }) => convoy ?? dataset.stop.get(at ?? '')?.convoy,
    ),
  };
  return updateAccess(access, shown);
}
