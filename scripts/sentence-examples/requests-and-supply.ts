/** Examples of what is said of requests, supply, removed items and incidents (indicators 6 to 9). */
import type { IncidentNearDelivery } from '#lib/domain/access/incidents.ts';
import type { ItemsRemoved, RemovedItem } from '#lib/domain/access/items-removed.ts';
import { ANSWERS, type Answer } from '#lib/domain/access/request-lines.ts';
import type { FunnelPeriod, FunnelStage, RequestFunnel } from '#lib/domain/access/requests.ts';
import type { LocalitySupply } from '#lib/domain/access/supply.ts';
import type { SupplyCaveat } from '#lib/domain/access/supply-delivery.ts';
import type { Bounds } from '#lib/domain/dates/between.ts';
import { dayOf } from '#lib/domain/dates/day.ts';
import { parsePartialDate, type PartialDate } from '#lib/domain/dates/partial-date.ts';
import { findingOfIncidents, incidentSentence } from '#lib/statements/incidents.ts';
import { findingOfItemsRemoved, removedSentence } from '#lib/statements/items-removed.ts';
import { findingOfRequests, requestsSentences } from '#lib/statements/requests.ts';
import { type Sentence, sentence } from '#lib/statements/sentence.ts';
import {
  findingOfSupply,
  supplyCaveatSentences,
  supplyLabel,
  supplySentence,
} from '#lib/statements/supply.ts';

const COUNTS = [1, 2, 3, 11, 100];
const JANUARY = dayOf(2016, 1, 1);
const JUNE_29 = dayOf(2016, 6, 29);

function dateOf(edtf: string): PartialDate {
  const read = parsePartialDate(edtf);
  if (!read.ok) throw new Error(edtf);
  return read.value;
}

const people = (bounds: Bounds | null, isLoose = false) => ({
  people: bounds,
  withoutNumber: 0,
  isLoose,
});
const stage = (lines: Bounds, asked: Bounds | null): FunnelStage => ({
  lines,
  people: people(asked),
  from: [],
});
const LINES: Readonly<Partial<Record<Answer, Bounds>>> = { approved_in_full: [15, 17] };

const PERIOD: FunnelPeriod = {
  period: '2016-06',
  span: { earliest: dayOf(2016, 6, 1), latest: dayOf(2016, 6, 30) },
  requested: {
    ...stage([34, 34], [900_000, 900_000]),
    people: { ...people([900_000, 900_000]), withoutNumber: 2 },
  },
  answers: Object.fromEntries(
    ANSWERS.map((answer) => [
      answer,
      stage(LINES[answer] ?? [2, 2], answer === 'withdrawn' ? null : [50_000, 50_000]),
    ]),
  ) as unknown as FunnelPeriod['answers'],
  approvedPeople: people([450_000, 500_000], true),
  departed: stage([20, 21], null),
  delivered: stage([18, 18], null),
  reached: people([210_000, 230_000]),
  intended: people([300_000, 300_000]),
  notSubmitted: ['a', 'b', 'c'],
};

const FUNNEL: RequestFunnel = {
  definition: 'indicator 6',
  asOf: JUNE_29,
  since: JANUARY,
  periods: [PERIOD],
  lines: [],
  answerTimes: [{ request: 'r', days: [7, 7], isPossible: false }],
  medianDays: [7, 9],
  unansweredRequests: ['q'],
  undatedRequests: [],
  householdSize: 5,
  leftOut: [],
};

const counted = (count: number) => ({ count, figure: String(count) });

export const REQUEST_EXAMPLES: readonly Sentence[] = [
  findingOfRequests(FUNNEL),
  ...requestsSentences(FUNNEL),
  requestsSentences({
    ...FUNNEL,
    periods: [{ ...PERIOD, period: '2016-04/2016-06', requested: stage([33, 34], null) }],
  })[0]!,
  ...requestsSentences({ ...FUNNEL, periods: [] }),
  ...COUNTS.flatMap((count) => [
    sentence('unit.requests', counted(count)),
    sentence('figure.of.requests', counted(count)),
    sentence('funnel.withoutNumber', { without: Math.min(count, 2), count }),
    sentence('funnel.notSubmitted', { count }),
    sentence('funnel.unanswered', { count }),
    sentence('requestCaveat.undated_answer', { count }),
    sentence('requestCaveat.undated_convoy', { count }),
    sentence('requestCaveat.disputed_status', { count }),
  ]),
];

const SUPPLY: LocalitySupply = {
  definition: 'indicator 7',
  locality: 'Madaya',
  asOf: JUNE_29,
  since: JANUARY,
  ofRecordedDeliveriesAlone: true,
  notComputed: null,
  endsOn: [dayOf(2016, 5, 30), dayOf(2016, 6, 14)],
  covered: { days: [60, 90], of: 181, share: [0.33, 0.5] },
  deliveries: [],
  caveats: [],
  from: [],
};
const ended = (endsOn: LocalitySupply['endsOn']): LocalitySupply => ({
  ...SUPPLY,
  covered: null,
  endsOn,
});
const SUPPLY_CAVEATS: readonly SupplyCaveat[] = [
  { type: 'shared_delivery', stop: 's', localities: ['Arbin', 'Zamalka'] },
  { type: 'number_from_earlier_stage_or_part', stop: 's' },
  { type: 'household_size', size: 5 },
  { type: 'undated_delivery', convoy: 'c' },
];
const COUNTED_SUPPLY = [
  'not_people_reached',
  'about_or_open_number',
  'own_people',
  'population_from_later',
  'without_ration_length',
  'without_people',
] as const;

export const SUPPLY_EXAMPLES: readonly Sentence[] = [
  findingOfSupply([SUPPLY, { ...SUPPLY, endsOn: [dayOf(2016, 6, 30), dayOf(2016, 7, 4)] }]),
  findingOfSupply([]),
  supplySentence(SUPPLY),
  supplySentence(ended([dayOf(2016, 7, 4), dayOf(2016, 7, 4)])),
  supplySentence(ended([dayOf(2016, 7, 4), null])),
  supplySentence(ended([null, dayOf(2016, 7, 4)])),
  supplySentence(ended([null, null])),
  supplySentence({ ...SUPPLY, notComputed: 'no_ration_length' }),
  supplySentence({ ...SUPPLY, notComputed: 'no_people' }),
  supplyLabel(),
  ...COUNTS.map((count) => sentence('supply.finding', { asOf: 'X', ended: 1, count, lens: '' })),
  ...supplyCaveatSentences(SUPPLY_CAVEATS),
  ...COUNTED_SUPPLY.flatMap((type) =>
    COUNTS.map((count) => sentence(`supplyCaveat.${type}`, { count })),
  ),
];

const REMOVED: RemovedItem = {
  month: '2016-02',
  item: 'trauma kits',
  unit: 'boxes',
  quantity: [12, 15],
  lines: 2,
  withoutQuantity: 0,
  from: [],
  convoys: [],
  localities: ['Madaya'],
  caveats: [],
};
const ALL_REMOVED: ItemsRemoved = {
  definition: 'indicator 8',
  asOf: JUNE_29,
  since: JANUARY,
  entries: [REMOVED, { ...REMOVED, item: 'insulin' }],
  leftOut: [],
};

export const REMOVED_EXAMPLES: readonly Sentence[] = [
  findingOfItemsRemoved(ALL_REMOVED),
  findingOfItemsRemoved({ ...ALL_REMOVED, since: null, entries: [] }),
  removedSentence(REMOVED),
  removedSentence({ ...REMOVED, unit: null, withoutQuantity: 1 }),
  removedSentence({ ...REMOVED, quantity: null, localities: [] }),
  ...COUNTS.flatMap((count) => [
    sentence('removedCaveat.possible_month', { count }),
    sentence('removedCaveat.about_or_open_quantity', { count }),
  ]),
];

const INCIDENT: IncidentNearDelivery = {
  incident: 'i',
  date: dateOf('2016-06-12'),
  stop: 's',
  convoy: 'c',
  deliveryDate: dateOf('2016-06-10'),
  localities: ['Darayya'],
  days: [2, 2],
  side: 'after',
  certainty: 'certain',
  constraint: 'HOSTILITIES',
  verification: 'reported',
  caveats: [],
  from: [],
};

export const INCIDENT_EXAMPLES: readonly Sentence[] = [
  findingOfIncidents({ entries: [] }),
  ...COUNTS.map((count) => sentence('incidents.finding', { count, hours: 72 })),
  incidentSentence(INCIDENT),
  incidentSentence({ ...INCIDENT, side: 'before', days: [-3, -1], localities: [] }),
  incidentSentence({ ...INCIDENT, side: 'same_day', days: [0, 0], constraint: null }),
  incidentSentence({
    ...INCIDENT,
    date: dateOf('2016-06-08/2016-06-12'),
    side: 'unclear',
    certainty: 'possible',
    verification: null,
  }),
];
