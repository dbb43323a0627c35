import { isSurelyBefore, isSurelyMore } from './comparisons.ts';
import { type Check, warnIf } from './warning.ts';

export const requestDates: Check<'accessRequest'> = ({ id, submittedOn, answeredOn, period }) => [
  ...warnIf(
    isSurelyBefore(answeredOn, submittedOn),
    'answered_before_submitted',
    [id],
    ['submittedOn', 'answeredOn'],
  ),
  ...warnIf(
    isSurelyBefore(period, submittedOn),
    'submitted_after_period',
    [id],
    ['submittedOn', 'period'],
  ),
];

export const requestLineFigures: Check<'requestLine'> = (line) =>
  warnIf(
    isSurelyMore(line.peopleApproved, line.peopleRequested),
    'approved_more_than_requested',
    [line.id],
    ['peopleApproved', 'peopleRequested'],
  );

/** The same place twice in one request: said by every line but the first, by id. */
export const requestLineTwice: Check<'requestLine'> = ({ id, request, locality }, { linesFor }) => {
  const [first = id] = linesFor(request, locality);
  return warnIf(first !== id, 'request_line_twice', [id, first], ['locality']);
};
