import { isSurelyAfterDay, isSurelyBefore } from './comparisons.ts';
import { type Check, warnIf } from './warning.ts';

/** Degrees: as near to the middle of all places a place of this operation is expected. */
const NEAR = 5;

/** Far from where the places are, and among them with latitude and longitude exchanged. */
export const localityCoordinates: Check<'locality'> = ({ id, lat, lon }, { whereabouts }) => {
  const fields = ['lat', 'lon'];
  if (lat === undefined || lon === undefined) {
    return warnIf(lat !== lon, 'coordinates_incomplete', [id], fields);
  }
  const middle = whereabouts();
  if (!middle) return [];
  const isNear = (a: number, b: number): boolean =>
    Math.abs(a - middle.lat) <= NEAR && Math.abs(b - middle.lon) <= NEAR;
  return warnIf(!isNear(lat, lon) && isNear(lon, lat), 'coordinates_swapped', [id], fields);
};

export const statusDates: Check<'accessStatus'> = ({ id, from, until }, { today }) => [
  ...warnIf(isSurelyBefore(until, from), 'status_until_before_from', [id], ['from', 'until']),
  ...warnIf(isSurelyAfterDay(from, today), 'date_in_future', [id], ['from']),
];

export const populationDate: Check<'population'> = ({ id, asOf }, { today }) =>
  warnIf(isSurelyAfterDay(asOf, today), 'date_in_future', [id], ['asOf']);

export const incidentDates: Check<'incident'> = (incident, { dataset, today }) => {
  const { id, date, phase } = incident;
  const convoy = dataset.convoy.get(incident.convoy ?? '');
  const isAgainst =
    (phase === 'before' && isSurelyBefore(convoy?.date, date)) ||
    (phase === 'after' && isSurelyBefore(date, convoy?.date));
  const both = convoy ? [id, convoy.id] : [id];
  return [
    ...warnIf(isAgainst, 'incident_phase_against_date', both, ['phase', 'date']),
    ...warnIf(isSurelyAfterDay(date, today), 'date_in_future', [id], ['date']),
  ];
};
