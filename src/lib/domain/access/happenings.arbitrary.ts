import fc from 'fast-check';
import { dayOf, dayToIso } from '../dates/day.ts';
import { type PartialDate, parsePartialDate } from '../dates/partial-date.ts';
import type { Dataset } from '../records/dataset.ts';
import { emptyDataset, readRecord } from '../records/read-record.ts';
import type { RecordKind } from '../records/registry.ts';
import {
  CONVOY_STATUSES,
  ITEM_STAGES,
  LOG_ENTRY_KINDS,
  REQUEST_OUTCOMES,
} from '../records/vocabularies.ts';

/**
 * Few convoys, plans, items and incidents within some weeks of 2016, so that dates are equal, touch,
 * overlap and reach across the as-of date. Seeds are fixed: what fails once fails again.
 */

export const SEED = 20_160_629;
const FIRST = dayOf(2016, 1, 20);
const LAST = dayOf(2016, 3, 10);
/** Before, within and after what happens. */
export const asOfDay = fc.integer({ min: FIRST - 3, max: LAST + 5 });

const day = fc.integer({ min: FIRST, max: LAST });
const oneOf = fc.constantFrom;

/** Days, short ranges, months, a year, and dates that are only about right. */
export const happeningDate: fc.Arbitrary<string> = fc.oneof(
  { weight: 6, arbitrary: day.map(dayToIso) },
  {
    weight: 3,
    arbitrary: fc
      .tuple(day, fc.integer({ min: 1, max: 5 }))
      .map(([from, days]) => `${dayToIso(from)}/${dayToIso(from + days)}`),
  },
  { weight: 1, arbitrary: oneOf('2016-01', '2016-02', '2016-03', '2016', '2016-01/2016-02') },
  { weight: 1, arbitrary: day.map((one) => `${dayToIso(one)}~`) },
);

export const happeningFigure = fc.oneof(
  { weight: 5, arbitrary: fc.nat(40).map((n) => ({ q: '=', n })) },
  { weight: 1, arbitrary: fc.record({ q: oneOf('~', '>', '<'), n: fc.nat(40) }) },
  {
    weight: 1,
    arbitrary: fc.tuple(fc.nat(40), fc.nat(9)).map(([n, more]) => ({ q: '..', n, m: n + more })),
  },
  { weight: 1, arbitrary: fc.nat(9).map((n) => ({ q: '=', n, unit: 'families' })) },
);

const PLACES = ['l0', 'l1', 'l2'];
const CONVOYS = ['c0', 'c1', 'c2', 'c3'];
const places = fc.uniqueArray(oneOf(...PLACES), { minLength: 1, maxLength: 2 });
const status = fc.oneof(
  { weight: 3, arbitrary: oneOf('delivered', 'partially_delivered') },
  { weight: 2, arbitrary: oneOf(...CONVOY_STATUSES) },
);

type Values = Readonly<Record<string, fc.Arbitrary<unknown>>>;
const KINDS: Readonly<
  Partial<Record<RecordKind, readonly [most: number, must: Values, may: Values]>>
> = {
  convoy: [
    4,
    { date: happeningDate },
    {
      status,
      trucksEntered: happeningFigure,
      trucksDispatched: happeningFigure,
      request: oneOf('q0', 'q1'),
      notSameAs: fc.uniqueArray(oneOf(...CONVOYS), { maxLength: 1 }),
    },
  ],
  stop: [
    5,
    { convoy: oneOf(...CONVOYS, 'gone'), localities: places },
    {
      outcome: status,
      arrivedOn: happeningDate,
      peopleReached: happeningFigure,
      peopleIntended: happeningFigure,
    },
  ],
  report: [
    5,
    { convoy: oneOf(...CONVOYS), source: oneOf('z0') },
    {
      localities: places,
      status,
      date: happeningDate,
      trucks: happeningFigure,
      people: happeningFigure,
      peopleKind: oneOf('intended', 'approved', 'reached'),
      scope: oneOf('convoy', 'convoy', 'total'),
    },
  ],
  incident: [4, { localities: places, date: happeningDate }, { convoy: oneOf(...CONVOYS) }],
  itemLine: [
    6,
    { item: oneOf('Kits', 'kits ', 'insulin') },
    {
      convoy: oneOf(...CONVOYS, 'gone'),
      stop: oneOf('s0', 's1', 's9'),
      unit: oneOf('box', 'Box', 'kg'),
      quantity: happeningFigure,
      stage: oneOf('removed', 'removed', ...ITEM_STAGES),
    },
  ],
  accessRequest: [
    2,
    { period: oneOf('2016-01', '2016-02', '2016-03', '2016-01/2016-02', '2016-02-01/2016-02-14') },
    { convoy: oneOf(...CONVOYS), submittedOn: happeningDate, answeredOn: happeningDate },
  ],
  requestLine: [
    5,
    { request: oneOf('q0', 'q1', 'q9'), locality: oneOf(...PLACES) },
    {
      peopleRequested: happeningFigure,
      peopleApproved: happeningFigure,
      outcome: oneOf(...REQUEST_OUTCOMES),
    },
  ],
  movement: [1, { convoy: oneOf(...CONVOYS) }, {}],
  logEntry: [
    2,
    { movement: oneOf('m0'), time: oneOf('2016-02-01T10:00:00Z'), kind: oneOf(...LOG_ENTRY_KINDS) },
    {},
  ],
};

const LETTERS: Readonly<Record<string, string>> = {
  accessRequest: 'q',
  requestLine: 'n',
  itemLine: 'i',
  incident: 'x',
  logEntry: 'e',
};

const recordsOf = (kind: RecordKind) => {
  const [most, must, may] = KINDS[kind]!;
  const values = fc
    .tuple(fc.record(must), fc.record(may, { requiredKeys: [] }))
    .map(([one, other]) => ({ ...one, ...other }));
  const letter = LETTERS[kind] ?? kind.charAt(0);
  return fc
    .array(values, { maxLength: most })
    .map((all) => all.map((one, i) => [kind, `${letter}${i}`, one] as const));
};

/** Data sets in which something happens, all of whose fields can be read. */
export const happenings: fc.Arbitrary<Dataset> = fc
  .tuple(...(Object.keys(KINDS) as RecordKind[]).map(recordsOf))
  .map((all) => {
    const dataset: Record<RecordKind, Map<string, unknown>> = emptyDataset();
    for (const [kind, id, values] of all.flat()) {
      const read = readRecord(kind, id, values);
      if (!read.ok || read.value.problems.length > 0) throw new Error(`${kind} cannot be read`);
      dataset[kind].set(id, read.value.record);
    }
    return dataset as Dataset;
  });

/** Every day that a date can be. */
export function daysOf({ earliest, latest }: PartialDate): number[] {
  return Array.from({ length: latest - earliest + 1 }, (_, i) => earliest + i);
}

/** The days of a date as it is written; null: none is written. */
export function daysOfText(edtf: string | undefined): number[] | null {
  const read = edtf === undefined ? null : parsePartialDate(edtf);
  return read?.ok ? daysOf(read.value) : null;
}

/** The numbers that a figure of people stands for, read as slowly as can be; null: not in people. */
export function peopleRange(
  figure: { q: string; n: number; m?: number; unit?: string } | undefined | null,
  householdSize: number | null,
): readonly [number, number] | null {
  if (!figure || figure.unit === 'baskets') return null;
  if (figure.unit === 'families' && householdSize === null) return null;
  const size = figure.unit === 'families' ? householdSize! : 1;
  const n = Math.round(figure.n * size);
  if (figure.q === '<') return [0, n];
  return [n, figure.q === '..' ? Math.round(figure.m! * size) : n];
}
