import { figureBounds } from '../../figures/figure.ts';
import { isSurelyAfterDay, isSurelyBefore, isSurelyMore } from './comparisons.ts';
import { DELIVERED, NOTHING_CAME } from './report-warnings.ts';
import { type Check, warnIf } from './warning.ts';

export const convoyTrucks: Check<'convoy'> = (convoy) => {
  const { id, trucksDispatched, trucksEntered, trucksUnloaded } = convoy;
  return [
    ...warnIf(
      isSurelyMore(trucksEntered, trucksDispatched),
      'entered_more_than_dispatched',
      [id],
      ['trucksEntered', 'trucksDispatched'],
    ),
    ...warnIf(
      isSurelyMore(trucksUnloaded, trucksEntered),
      'unloaded_more_than_entered',
      [id],
      ['trucksUnloaded', 'trucksEntered'],
    ),
    ...warnIf(
      isSurelyMore(trucksUnloaded, trucksDispatched),
      'unloaded_more_than_dispatched',
      [id],
      ['trucksUnloaded', 'trucksDispatched'],
    ),
  ];
};

export const convoyRefusal: Check<'convoy'> = (convoy) => {
  const fields = (['refusedBy', 'refusedWhere', 'reason'] as const).filter(
    (field) => (convoy[field] ?? '').trim() !== '',
  );
  const isRefused = convoy.status === 'delivered' && fields.length > 0;
  return warnIf(isRefused, 'delivered_with_refusal', [convoy.id], ['status', ...fields]);
};

/** A planned convoy may lie in the future; one that has ended cannot. */
export const convoyDate: Check<'convoy'> = ({ id, date, status }, { today }) => {
  const isDone = DELIVERED.has(status) || status === 'attacked' || status === 'diverted';
  return warnIf(isDone && isSurelyAfterDay(date, today), 'date_in_future', [id], ['date']);
};

export const stopFigures: Check<'stop'> = (stop, { dataset }) => {
  const { id, peopleIntended, peopleApproved, peopleReached, trucksUnloaded, outcome } = stop;
  const convoy = dataset.convoy.get(stop.convoy);
  const isNothing = NOTHING_CAME.has(outcome ?? convoy?.status);
  const isReached = peopleReached !== undefined && figureBounds(peopleReached).min > 0;
  return [
    ...warnIf(
      isSurelyMore(peopleReached, peopleIntended),
      'reached_more_than_intended',
      [id],
      ['peopleReached', 'peopleIntended'],
    ),
    ...warnIf(
      isSurelyMore(peopleReached, peopleApproved),
      'reached_more_than_approved',
      [id],
      ['peopleReached', 'peopleApproved'],
    ),
    ...warnIf(
      isNothing && isReached,
      'reached_without_delivery',
      [id, stop.convoy],
      ['peopleReached', 'outcome'],
    ),
    ...warnIf(
      isSurelyMore(trucksUnloaded, convoy?.trucksEntered),
      'unloaded_more_than_entered',
      [id, stop.convoy],
      ['trucksUnloaded'],
    ),
  ];
};

export const stopAgainstConvoy: Check<'stop'> = (stop, { dataset }) => {
  const { id, outcome, arrivedOn } = stop;
  const convoy = dataset.convoy.get(stop.convoy);
  const status = convoy?.status;
  const isAgainst =
    (DELIVERED.has(outcome) && NOTHING_CAME.has(status)) ||
    (NOTHING_CAME.has(outcome) && status === 'delivered');
  return [
    ...warnIf(isAgainst, 'stop_outcome_against_convoy', [id, stop.convoy], ['outcome']),
    ...warnIf(
      isSurelyBefore(arrivedOn, convoy?.date),
      'stop_before_convoy',
      [id, stop.convoy],
      ['arrivedOn'],
    ),
    ...warnIf(stop.otherPeopleThan === id, 'other_people_of_itself', [id], ['otherPeopleThan']),
  ];
};

export const stopDate: Check<'stop'> = ({ id, arrivedOn }, { today }) =>
  warnIf(isSurelyAfterDay(arrivedOn, today), 'date_in_future', [id], ['arrivedOn']);

export const claimDates: Check<'claim'> = (claim, { dataset }) =>
  warnIf(
    isSurelyBefore(dataset.convoy.get(claim.convoy)?.date, claim.since),
    'claim_since_after_convoy',
    [claim.id, claim.convoy],
    ['since'],
  );

/** More of an item removed from a convoy than was loaded, where one line each says so. */
export const itemsAgainstLoaded: Check<'itemLine'> = (line, { loadedLike }) => {
  if (line.stage !== 'removed') return [];
  const [loaded, ...others] = loadedLike(line);
  if (!loaded || others.length > 0) return [];
  const isMore = isSurelyMore(line.quantity, loaded.quantity);
  return warnIf(isMore, 'removed_more_than_loaded', [line.id, loaded.id], ['quantity']);
};
