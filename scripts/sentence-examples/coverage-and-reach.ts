/** Examples of what is said of coverage and of people reached (indicators 3, 4 and 5). */
import type { Coverage } from '#lib/domain/access/coverage.ts';
import type { ReachCaveat } from '#lib/domain/access/counted-people.ts';
import type { PeopleDeliveries, ReachMonth } from '#lib/domain/access/reach.ts';
import type { PublishedTotal } from '#lib/domain/access/published-totals.ts';
import type { Bounds } from '#lib/domain/dates/between.ts';
import { dayOf } from '#lib/domain/dates/day.ts';
import { parsePartialDate } from '#lib/domain/dates/partial-date.ts';
import { ACCESS_STATUSES } from '#lib/domain/records/vocabularies.ts';
import { coverageSentences } from '#lib/statements/coverage.ts';
import { sharePart } from '#lib/statements/figures.ts';
import {
  countedOnce,
  findingOfReach,
  intendedIsNotReached,
  monthSentence,
  monthSentences,
  peopleDeliveriesSentences,
  type ReachScope,
} from '#lib/statements/reach.ts';
import { publishedTotalSentences } from '#lib/statements/published-totals.ts';
import { reachCaveatSentences } from '#lib/statements/reach-caveats.ts';
import { type Sentence, sentence } from '#lib/statements/sentence.ts';
import { periodPart, placesOf, wherePart } from '#lib/statements/where.ts';

const JANUARY = dayOf(2016, 1, 1);
const END_OF_JUNE = dayOf(2016, 6, 30);
const COUNTS = [0, 1, 2, 3, 11, 100];

const placesCalled = (count: number): string[] =>
  Array.from({ length: count }, (_, i) => (i === 0 ? 'Arbin' : `P${i}`));

const COVERAGE: Coverage = {
  definition: 'indicator 3',
  status: 'besieged',
  classifier: 'UN',
  since: JANUARY,
  asOf: END_OF_JUNE,
  lens: {},
  certain: placesCalled(12).map((locality) => ({ locality, stops: [] })),
  possible: [{ locality: 'Kafr Batna', stops: [] }],
  without: ['Zamalka', 'Arbin'],
  total: 18,
  statusUnclear: ['Darayya'],
  from: [],
};

/** The same with other places; the total is what they add up to. */
const coverageOf = (certain: number, possible: number, without: number): Coverage => ({
  ...COVERAGE,
  certain: placesCalled(certain).map((locality) => ({ locality, stops: [] })),
  possible: placesCalled(possible).map((locality) => ({ locality, stops: [] })),
  without: placesCalled(without),
  total: certain + possible + without,
  statusUnclear: [],
});

const OCHA_TOTAL: PublishedTotal = {
  definition: 'published total',
  record: 'p',
  series: 'OCHA',
  total: 'Syria total (18 locations)',
  status: 'besieged',
  asOf: dateOf('2016-06-20'),
  people: { q: '=', n: 590_000 },
  source: null,
  isPossible: false,
  isLatest: true,
};

export const COVERAGE_EXAMPLES: readonly Sentence[] = [
  ...coverageSentences(COVERAGE),
  ...coverageSentences({ ...COVERAGE, lens: { sector: 'FSC' } }).slice(0, 3),
  ...coverageSentences(coverageOf(3, 0, 0)),
  ...coverageSentences(coverageOf(0, 0, 2)),
  ...coverageSentences(coverageOf(0, 2, 1)),
  ...coverageSentences(coverageOf(0, 0, 0)),
  ...ACCESS_STATUSES.flatMap((status) => COUNTS.map((count) => placesOf(status, count))),
  ...publishedTotalSentences([OCHA_TOTAL]),
  ...[1, 2, 3, 11].map((count) => sentence('coverage.possible', { count, places: 'Arbin' })),
];

const UN: ReachScope = { status: 'besieged', classifier: 'UN', series: 'UN' };

function dateOf(edtf: string) {
  const read = parsePartialDate(edtf);
  if (!read.ok) throw new Error(edtf);
  return read.value;
}

const measure = (people: Bounds | null, share: Bounds | null = null, withoutNumber = 0) => ({
  people,
  peopleWithPopulation: people,
  share,
  withoutNumber,
  from: [],
});

const entry = (edtf: string, people: number) => ({
  record: edtf,
  localities: [],
  asOf: dateOf(edtf),
  people: [people, people] as const,
  householdSize: null,
});

const MONTH: ReachMonth = {
  definition: 'indicator 4',
  month: '2016-06',
  day: END_OF_JUNE,
  reached: measure([12_000, 15_000], [0.02, 0.026], 3),
  intended: measure([20_000, 20_000], [0.034, 0.034], 1),
  deliveries: 5,
  population: {
    entries: [entry('2016-01-18', 553_700), entry('2016-06-16', 39_000)],
    people: [592_700, 592_700],
    overlaps: [],
    without: [],
  },
  caveats: [],
};
const ONE_SERIES = { ...MONTH.population!, entries: [entry('2016-06-16', 592_700)] };

const CAVEATS: readonly ReachCaveat[] = [
  { type: 'approximate_date', date: '2016-06-22~' },
  { type: 'household_size', size: 5 },
  { type: 'capped_at_population', population: 'p' },
  { type: 'too_many_overlaps' },
  { type: 'overlapping_populations', records: ['p', 'q'] },
  { type: 'no_population', localities: ['Arbin', 'Zamalka'] },
  { type: 'status_unclear', localities: ['Darayya'] },
];
const COUNTED = [
  'possible_month',
  'number_from_earlier_stage_or_part',
  'about_or_open_number',
] as const;

const SUM: PeopleDeliveries = {
  definition: 'indicator 5',
  includesRepeats: true,
  reached: [62_000, 65_000],
  intended: [148_000, 148_000],
  deliveries: 11,
  withoutNumber: { reached: 2, intended: 0 },
  caveats: [],
  from: [],
};

/** Of one kind of deliveries, to the places of one area. */
const FOOD: ReachScope = { ...UN, lens: { sector: 'FSC' }, area: 'Eastern Ghouta' };
const FOOD_EXAMPLES: readonly Sentence[] = [
  monthSentence({ ...MONTH, population: null }, 'reached', FOOD),
  monthSentence({ ...MONTH, population: null }, 'intended', FOOD),
  monthSentence({ ...MONTH, reached: measure(null), population: null }, 'reached', FOOD),
  monthSentence({ ...MONTH, intended: measure(null), population: null }, 'intended', FOOD),
  monthSentence({ ...MONTH, deliveries: 0 }, 'reached', FOOD),
  monthSentence({ ...MONTH, deliveries: 0 }, 'reached', { ...FOOD, status: 'any' }),
  monthSentence({ ...MONTH, deliveries: 0 }, 'reached', { ...FOOD, status: 'any', area: null }),
  ...peopleDeliveriesSentences(SUM, JANUARY, END_OF_JUNE, FOOD),
  ...peopleDeliveriesSentences(
    { ...SUM, reached: null, intended: null },
    JANUARY,
    END_OF_JUNE,
    FOOD,
  ),
  ...coverageSentences(coverageOf(12, 0, 6), 'Eastern Ghouta').slice(0, 1),
];

export const REACH_EXAMPLES: readonly Sentence[] = [
  ...monthSentences(MONTH, UN),
  monthSentence({ ...MONTH, population: ONE_SERIES }, 'reached', { ...UN, series: 'OCHA' }),
  monthSentence(
    { ...MONTH, reached: { ...MONTH.reached, peopleWithPopulation: [9_000, 9_000] } },
    'reached',
    UN,
  ),
  findingOfReach([{ ...MONTH, reached: measure(null), population: null }], UN),
  findingOfReach([], UN),
  ...monthSentences({ ...MONTH, reached: measure(null), intended: measure(null) }, UN).slice(0, 2),
  ...monthSentences({ ...MONTH, deliveries: 0 }, UN),
  ...monthSentences({ ...MONTH, deliveries: 0 }, { ...UN, status: 'any' }),
  ...monthSentences(
    { ...MONTH, population: { ...ONE_SERIES, people: null } },
    { ...UN, series: 'OCHA' },
  ).slice(4, 5),
  ...([...ACCESS_STATUSES, 'any'] as const).flatMap((status) => [
    monthSentence({ ...MONTH, population: null }, 'reached', { ...UN, status }),
    monthSentence({ ...MONTH, population: null }, 'intended', { ...UN, status }),
  ]),
  ...FOOD_EXAMPLES,
  wherePart('besieged', 'Siege Watch'),
  sentence('reach.share', {
    share: sharePart([0.004, 0.004]),
    population: '1,000',
    series: 'OCHA',
    dates: '2016',
  }),
  sentence('reach.share', {
    share: sharePart([0.995, 0.999]),
    population: '1,000',
    series: 'OCHA',
    dates: '2016',
  }),
  ...COUNTS.filter((count) => count > 0).flatMap((count) => [
    sentence('reach.withoutReached', { without: Math.min(count, 2), count }),
    sentence('reach.withoutIntended', { without: 1, count }),
  ]),
  intendedIsNotReached(),
  countedOnce(),
  periodPart(END_OF_JUNE, END_OF_JUNE),
];

export const CUMULATIVE_EXAMPLES: readonly Sentence[] = [
  ...peopleDeliveriesSentences(SUM, JANUARY, END_OF_JUNE),
  ...peopleDeliveriesSentences({ ...SUM, reached: null, intended: null }, JANUARY, END_OF_JUNE),
];

export const REACH_CAVEAT_EXAMPLES: readonly Sentence[] = [
  ...reachCaveatSentences(CAVEATS),
  ...COUNTED.flatMap((type) =>
    COUNTS.filter((count) => count > 0).map((count) => sentence(`reachCaveat.${type}`, { count })),
  ),
];
