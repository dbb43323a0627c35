import { figureBounds } from '../../figures/figure.ts';
import type { RecordOf } from '../dataset.ts';
import type { ConvoyStatus } from '../vocabularies.ts';
import { isSurelyAfterDay, isSurelyBefore } from './comparisons.ts';
import type { WarningContext } from './context.ts';
import { type Warning, warnIf } from './warning.ts';

/** A question to a report: it needs its source, and no list of all records. */
type ReportCheck = (
  report: RecordOf<'report'>,
  context: Pick<WarningContext, 'dataset' | 'today'>,
) => readonly Warning[];

export const DELIVERED: ReadonlySet<ConvoyStatus | undefined> = new Set<ConvoyStatus>([
  'delivered',
  'partially_delivered',
]);
/** Ends at which nothing came to anybody. */
export const NOTHING_CAME: ReadonlySet<ConvoyStatus | undefined> = new Set<ConvoyStatus>([
  'aborted',
  'denied',
  'postponed',
  'not_deployed',
]);

export const reportDates: ReportCheck = ({ id, date, source, status }, { dataset, today }) => {
  const publishedOn = dataset.source.get(source)?.publishedOn;
  // A report of a plan is published before the day that it speaks of.
  const isOfTheFuture = DELIVERED.has(status);
  return [
    ...warnIf(
      isOfTheFuture && isSurelyBefore(publishedOn, date),
      'report_after_publication',
      [id, source],
      ['date'],
    ),
    ...warnIf(isOfTheFuture && isSurelyAfterDay(date, today), 'date_in_future', [id], ['date']),
  ];
};

/** What a report says of people and trucks, against how it says the convoy ended. */
export const reportFigures: ReportCheck = (report) => {
  const { id, status, people, peopleKind, trucks, modality } = report;
  const isReached = people !== undefined && peopleKind === 'reached';
  const isSome = isReached && figureBounds(people).min > 0;
  const isNone = (figure: typeof people): boolean =>
    figure !== undefined && figureBounds(figure).max === 0;
  const hasNoTrucks = isNone(trucks) && modality !== 'airdrop' && modality !== 'airlift';
  const nothing = [
    ...(hasNoTrucks ? ['trucks'] : []),
    ...(isReached && isNone(people) ? ['people'] : []),
  ];
  const isDelivered = DELIVERED.has(status);
  return [
    ...warnIf(
      NOTHING_CAME.has(status) && isSome,
      'reached_without_delivery',
      [id],
      ['people', 'status'],
    ),
    ...warnIf(isDelivered && nothing.length > 0, 'delivered_nothing', [id], ['status', ...nothing]),
  ];
};
