import fc from 'fast-check';
import { dayOf, dayToIso } from '../dates/day.ts';
import type { Dataset } from '../records/dataset.ts';
import { emptyDataset } from '../records/read-record.ts';
import type { RecordKind } from '../records/registry.ts';
import {
  ACCESS_STATUSES,
  CLAIM_KINDS,
  CONVOY_STATUSES,
  MODALITIES,
} from '../records/vocabularies.ts';
import { type Lens } from './lens.ts';

/**
 * Histories of few records close to each other in time and place, so that dates touch, overlap and
 * are equal, deliveries and populations are shared, statuses turn inside a month, and records come
 * before those that they hang on, or never.
 */

const FIRST = dayOf(2015, 11, 1);
const LAST = dayOf(2016, 4, 30);
export const historyDay = fc.integer({ min: FIRST, max: LAST });

const oneOf = fc.constantFrom;
const ids = (letter: string, count: number): string[] =>
  Array.from({ length: count }, (_, i) => `${letter}${i}`);
const LOCALITIES = ids('l', 5);
const CONVOYS = ids('c', 6);
const ORGANISATIONS = ids('o', 4);
const STOPS = ids('s', 8);
const SOURCES = ids('z', 3);

const written = fc.oneof(
  { weight: 5, arbitrary: historyDay.map(dayToIso) },
  { weight: 2, arbitrary: historyDay.map((day) => dayToIso(day).slice(0, 7)) },
  { weight: 1, arbitrary: oneOf('2015', '2016') },
);
/** Dates of every precision, some approximate; a reversed interval is no date. */
export const historyDate: fc.Arbitrary<string> = fc.oneof(
  { weight: 6, arbitrary: written },
  { weight: 1, arbitrary: fc.tuple(written, written).map(([from, to]) => `${from}/${to}`) },
  { weight: 1, arbitrary: written.map((date) => `${date}~`) },
);

const few = (values: readonly string[], most = 3): fc.Arbitrary<string[]> =>
  fc.uniqueArray(oneOf(...values), { minLength: 1, maxLength: most });
const figure = fc.oneof(
  { weight: 5, arbitrary: fc.record({ q: oneOf('=', '=', '~', '>', '<'), n: fc.nat(9) }) },
  { weight: 1, arbitrary: fc.nat(9).map((n) => ({ q: '..', n, m: n + 3 })) },
  { weight: 1, arbitrary: fc.nat(9).map((n) => ({ q: '=', n, unit: 'families' })) },
);
const sectors = few(['FSC', 'WSH', 'FSC@l0', 'HEA@l1'], 2);
const classifier = oneOf('UN', 'UN', 'un ', 'Siege Watch');
const statuses = ['besieged', 'besieged', 'besieged', ...ACCESS_STATUSES.slice(0, 4)] as const;
const ended = fc.oneof(
  { weight: 4, arbitrary: oneOf('delivered', 'partially_delivered') },
  { weight: 1, arbitrary: oneOf(...CONVOY_STATUSES) },
);
type Values = Record<string, fc.Arbitrary<unknown>>;
const record = (required: Values, others: Values): fc.Arbitrary<Record<string, unknown>> =>
  fc
    .tuple(fc.record(required), fc.record(others, { requiredKeys: [] }))
    .map(([one, other]) => ({ ...one, ...other }));

const VALUES = {
  locality: record({ name: oneOf('Arbin', 'Zamalka', 'Douma') }, { recordsSince: historyDate }),
  organisation: record(
    { name: oneOf('WFP', 'ICRC') },
    { type: oneOf('un', 'ingo'), acronym: oneOf('WFP', 'SARC') },
  ),
  convoy: record(
    {},
    {
      name: oneOf('one', 'two'),
      date: historyDate,
      status: ended,
      modality: oneOf(...MODALITIES.slice(0, 4)),
      leadOrganisation: oneOf(...ORGANISATIONS),
      partners: few(ORGANISATIONS),
      trucksEntered: figure,
    },
  ),
  report: record(
    { convoy: oneOf(...CONVOYS), source: oneOf(...SOURCES) },
    {
      date: historyDate,
      status: ended,
      localities: few(LOCALITIES),
      organisations: few(ORGANISATIONS),
      modality: oneOf(...MODALITIES.slice(0, 4)),
      sectors,
      people: figure,
      peopleKind: oneOf('intended', 'reached'),
      trucks: figure,
      scope: oneOf('total', 'event'),
    },
  ),
  stop: record(
    { convoy: oneOf(...CONVOYS), localities: few(LOCALITIES) },
    {
      outcome: ended,
      arrivedOn: historyDate,
      peopleReached: figure,
      peopleIntended: figure,
      otherPeopleThan: oneOf(...STOPS),
      sectors,
      order: fc.nat(2),
    },
  ),
  claim: record(
    { convoy: oneOf(...CONVOYS) },
    {
      kind: oneOf(...CLAIM_KINDS),
      localities: few(LOCALITIES, 2),
      since: historyDate,
      sinceIs: oneOf('delivery', 'date'),
      lens: oneOf('', 'sector=FSC', 'joint', 'status=besieged', 'status=besieged; sector=FSC'),
      source: oneOf(...SOURCES),
      text: oneOf('first', 'first'),
    },
  ),
  accessStatus: record(
    {
      locality: oneOf(...LOCALITIES),
      from: historyDate,
      classifier,
      status: oneOf(...statuses),
    },
    { until: historyDate },
  ),
  population: record(
    { series: oneOf('UN', 'un'), asOf: historyDate, people: figure },
    { localities: few(LOCALITIES, 2), kind: oneOf('resident', 'in_need') },
  ),
} satisfies Partial<Record<RecordKind, fc.Arbitrary<Record<string, unknown>>>>;

type Kind = keyof typeof VALUES;
const IDS: Readonly<Record<Kind, readonly string[]>> = {
  locality: LOCALITIES,
  organisation: ORGANISATIONS,
  convoy: CONVOYS,
  report: ids('r', 10),
  stop: STOPS,
  claim: ids('k', 4),
  accessStatus: ids('a', 8),
  population: ids('p', 5),
};

/** One change of one record: other values for all of its fields, or the record gone. */
export interface Step {
  readonly kind: Kind;
  readonly id: string;
  readonly values: Readonly<Record<string, unknown>> | null;
}

const stepOf = (kind: Kind): fc.Arbitrary<Step> =>
  fc.record({
    kind: fc.constant(kind),
    id: oneOf(...IDS[kind]),
    values: fc.oneof({ weight: 6, arbitrary: VALUES[kind] }, { weight: 1, arbitrary: oneOf(null) }),
  });

export const historyStep: fc.Arbitrary<Step> = fc.oneof(
  ...Object.entries({
    locality: 2,
    organisation: 2,
    convoy: 3,
    report: 3,
    stop: 6,
    claim: 1,
    accessStatus: 3,
    population: 3,
  }).map(([kind, weight]) => ({ weight, arbitrary: stepOf(kind as Kind) })),
);

/** Changes of records of one kind, for what a history has to be full of. */
export const stepsOf = (kind: Kind, least: number): fc.Arbitrary<readonly Step[]> =>
  fc.array(stepOf(kind), { minLength: least, maxLength: least + 6 });

const STARTING: readonly Kind[] = [
  'locality',
  'organisation',
  'convoy',
  'stop',
  'accessStatus',
  'population',
];

/** Most of these are there from the start; the rest comes as it comes. */
const startingSteps: fc.Arbitrary<readonly Step[]> = fc
  .tuple(
    ...STARTING.flatMap((kind) =>
      IDS[kind].map((id) =>
        fc.option(
          stepOf(kind).map((step) => ({ ...step, id })),
          { nil: null, freq: 3 },
        ),
      ),
    ),
  )
  .map((steps) => steps.filter((step) => step !== null));

/** Changes in any order: the first ones make the records that most histories have. */
export const historySteps = (most: number): fc.Arbitrary<readonly Step[]> =>
  fc
    .tuple(startingSteps, fc.array(historyStep, { maxLength: most }))
    .map(([first, others]) => [...first, ...others]);

/** The records that are left after all steps. */
export function recordsAfter(steps: readonly Step[]): Dataset {
  const dataset: Record<RecordKind, Map<string, unknown>> = emptyDataset();
  for (const { kind, id, values } of steps) {
    if (values) dataset[kind].set(id, { id, ...values });
    else dataset[kind].delete(id);
  }
  return dataset as Dataset;
}

export const anyLens: fc.Arbitrary<Lens> = fc.oneof(
  { weight: 2, arbitrary: oneOf<Lens>({}) },
  {
    weight: 3,
    arbitrary: fc.record(
      {
        sector: oneOf('FSC', 'HEA'),
        modality: oneOf(...MODALITIES.slice(0, 4)),
        orgType: oneOf('un', 'ingo'),
        org: oneOf('WFP', 'o1'),
        joint: oneOf(true as const),
      },
      { requiredKeys: [] },
    ),
  },
);
