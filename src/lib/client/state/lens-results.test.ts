import { describe, expect, test } from 'vitest';
import { buildAccess, NO_RECORDS } from '#lib/domain/access/access-records.ts';
import { everything } from '#lib/domain/access/release.ts';
import type { Dataset } from '#lib/domain/records/dataset.ts';
import { dayFromIso } from '#lib/domain/dates/day.ts';
import { datasetOf, type WrittenRecord } from '../../../../tests/support/fixture-dataset.ts';
import type { LensChoice } from './lens-choice.ts';
import { LensResults } from './lens-results.svelte.ts';
import { peopleByPlace } from './populations.ts';

const day = (iso: string): number => {
  const read = dayFromIso(iso);
  if (!read.ok) throw new Error(iso);
  return read.value;
};
type Records = Record<string, WrittenRecord>;
const number = (n: number) => ({ q: '=', n });

/** A convoy to one place, of which two reports differ, with rations, removals, an incident, a plan. */
function delivered(id: string, place: string, date: string, convoy: object, stop: object): Records {
  return {
    [id]: ['convoy', { name: id, date, status: 'delivered', request: `${id}-plan`, ...convoy }],
    [`${id}-stop`]: [
      'stop',
      {
        ...{ convoy: id, localities: [place], outcome: 'delivered', arrivedOn: date },
        ...{ peopleReached: number(3_000), daysOfSupply: number(15), ...stop },
      },
    ],
    [`${id}-37`]: [
      'report',
      { convoy: id, source: 'src', scope: 'convoy', date, trucks: number(37) },
    ],
    [`${id}-38`]: [
      'report',
      { convoy: id, source: 'src', scope: 'convoy', date, trucks: number(38) },
    ],
    [`${id}-kits`]: [
      'itemLine',
      { convoy: id, stop: `${id}-stop`, item: `kits of ${id}`, stage: 'removed' },
    ],
    [`${id}-shot`]: ['incident', { localities: [place], date }],
    [`${id}-plan`]: [
      'accessRequest',
      { period: date.slice(0, 7), submittedOn: date, answeredOn: date },
    ],
    [`${id}-line`]: [
      'requestLine',
      { request: `${id}-plan`, locality: place, outcome: 'approved_in_full' },
    ],
  };
}

const JOINT = { leadOrganisation: 'wfp', partners: ['sarc'], modality: 'cross_line' };
const ALONE = { leadOrganisation: 'wfp', modality: 'airdrop' };
const FOOD = { sectors: ['FSC'] };
const WATER = { sectors: ['WSH'] };
const status = (locality: string, classifier: string, value: string): WrittenRecord => [
  'accessStatus',
  { locality, classifier, status: value, from: '2013' },
];
const population = (locality: string, series: string, n: number): WrittenRecord => [
  'population',
  { localities: [locality], series, asOf: '2015-06', people: number(n), kind: 'resident' },
];
const place = (name: string, parentArea: string): WrittenRecord => [
  'locality',
  { name, parentArea, lat: 33, lon: 36 },
];

/** Food came to the East jointly, water to the West by air; a third place is only hard to reach. */
const WRITTEN: Records = {
  east: place('East', 'Ghouta'),
  west: place('West', 'Qalamoun'),
  north: place('North', 'Ghouta'),
  src: ['source', { kind: 'published', publisher: 'Reuters' }],
  wfp: ['organisation', { name: 'World Food Programme', acronym: 'WFP', type: 'un' }],
  sarc: ['organisation', { name: 'Red Crescent', acronym: 'SARC', type: 'red_cross_red_crescent' }],
  s1: status('east', 'UN', 'besieged'),
  s2: status('west', 'UN', 'besieged'),
  s3: status('north', 'UN', 'hard_to_reach'),
  s4: status('west', 'Siege Watch', 'besieged'),
  s5: status('north', 'Siege Watch', 'besieged'),
  p1: population('east', 'UN', 20_000),
  p2: population('west', 'UN', 10_000),
  p3: population('north', 'UN', 5_000),
  p4: population('east', 'Siege Watch', 35_000),
  p5: population('west', 'Siege Watch', 15_000),
  ...delivered('e0', 'east', '2015-11-10', JOINT, FOOD),
  ...delivered('e1', 'east', '2016-02-10', JOINT, FOOD),
  ...delivered('e2', 'east', '2016-05-10', JOINT, FOOD),
  ...delivered('w0', 'west', '2015-11-12', ALONE, WATER),
  ...delivered('w1', 'west', '2016-02-12', ALONE, WATER),
  ...delivered('w2', 'west', '2016-05-12', ALONE, WATER),
  ...delivered('n0', 'north', '2015-11-14', ALONE, FOOD),
  ...delivered('n1', 'north', '2016-02-14', JOINT, WATER),
  ...delivered('n2', 'north', '2016-05-14', ALONE, FOOD),
};
const dataset = datasetOf(WRITTEN);

const CHOICE: LensChoice = {
  since: day('2016-01-01'),
  asOf: day('2016-06-30'),
  classifier: 'UN',
  series: 'UN',
  status: 'besieged',
  area: null,
  deliveries: {},
};
const resultsOf = (choice: Partial<LensChoice>, of: Dataset = dataset): LensResults =>
  new LensResults(
    {
      accessRecords: buildAccess(of),
      householdSize: undefined,
      basis: everything(NO_RECORDS, { today: 0 }).basis,
    },
    () => ({
      ...CHOICE,
      ...choice,
    }),
  );

/** What each chart and list is drawn from. */
const DRAWN = {
  waits: ({ rows, firstSince }) => [rows, firstSince],
  reach: ({ reach, peopleDeliveries }) => [reach, peopleDeliveries],
  coverage: ({ coverage }) => coverage,
  months: ({ rows, choice }) => [rows, choice.since],
  map: ({ rows, choice }) => [rows, [...peopleByPlace(dataset, choice.asOf, choice.series)]],
  disagreement: ({ disagreements }) => disagreements,
  requests: ({ requests }) => [requests.periods, requests.answerTimes],
  supply: ({ supply }) => supply,
  removed: ({ removed }) => removed.entries,
  incidents: ({ incidents }) => incidents.entries,
  places: ({ rows }) => rows,
  convoys: ({ convoys }) => [...convoys],
  report: ({ sitrep }) => [sitrep.deliveries, sitrep.coverage, sitrep.reach, sitrep.waits],
} as const satisfies Record<string, (results: LensResults) => unknown>;
type Drawn = keyof typeof DRAWN;

const FIELDS = {
  since: { since: day('2015-10-01') },
  asOf: { asOf: day('2016-03-31') },
  classifier: { classifier: 'Siege Watch' },
  series: { series: 'Siege Watch' },
  status: { status: 'hard_to_reach' },
  area: { area: 'Qalamoun' },
  sector: { deliveries: { sector: 'FSC' } },
  modality: { deliveries: { modality: 'airdrop' } },
  orgType: { deliveries: { orgType: 'red_cross_red_crescent' } },
  org: { deliveries: { org: 'SARC' } },
  joint: { deliveries: { joint: true } },
} as const satisfies Record<string, Partial<LensChoice>>;
type Field = keyof typeof FIELDS;

const KIND: readonly Field[] = ['sector', 'modality', 'orgType', 'org', 'joint'];
/** ADR 0140 says why each of these has no part in a chart; what could mislead is said beside it. */
const WITHOUT: Readonly<Partial<Record<Drawn, readonly Field[]>>> = {
  waits: ['series'],
  coverage: ['series'],
  months: ['series'],
  map: ['since'],
  places: ['series', 'since'],
  convoys: ['series'],
  disagreement: ['series'],
  requests: ['series', ...KIND],
  removed: ['series'],
  incidents: ['series'],
};

describe('every chart and list follows every field of the lens, or ADR 0140 says why not', () => {
  const usual = resultsOf({});
  const text = (drawn: Drawn, results: LensResults): string =>
    JSON.stringify(DRAWN[drawn](results));
  for (const drawn of Object.keys(DRAWN) as Drawn[]) {
    test(drawn, () => {
      const before = text(drawn, usual);
      expect(before.length).toBeGreaterThan(20);
      const followed = (Object.keys(FIELDS) as Field[]).filter(
        (field) => text(drawn, resultsOf(FIELDS[field])) !== before,
      );
      const without = new Set(WITHOUT[drawn]);
      expect(followed).toEqual((Object.keys(FIELDS) as Field[]).filter((one) => !without.has(one)));
    });
  }
});

describe('two columns of a comparison', () => {
  test('marks and bands are those of its own period and classifier', () => {
    const before = resultsOf({ asOf: day('2015-12-31'), since: day('2015-07-01') });
    const [east] = before.rows.filter(({ locality }) => locality.id === 'east');
    expect(east?.deliveries.map(({ convoy }) => convoy)).toEqual(['e0']);
    expect(east?.bands.map(({ to }) => to)).toEqual([day('2015-12-31')]);
    const other = resultsOf({ classifier: 'Siege Watch' });
    expect(other.rows.map(({ locality }) => locality.id).sort()).toEqual(['north', 'west']);
    for (const { bands } of other.rows)
      expect(bands.map(({ classifier }) => classifier)).toEqual(['Siege Watch']);
  });
});

describe('a delivery of an unknown kind', () => {
  const unknown = datasetOf({
    ...WRITTEN,
    ...delivered('e3', 'east', '2016-06-10', JOINT, {}),
  });
  const food = resultsOf({ deliveries: { sector: 'FSC' } }, unknown);

  test('is a possible mark, and only the least of the wait counts it', () => {
    const [east] = food.rows.filter(({ locality }) => locality.id === 'east');
    expect(east?.deliveries.map(({ convoy, isPossible }) => [convoy, isPossible])).toEqual([
      ['e0', false],
      ['e1', false],
      ['e2', false],
      ['e3', true],
    ]);
    expect(east?.wait).toEqual([20, 51]);
  });

  test('is in no number of another chart, and counted beside it', () => {
    expect(food.unknownUnderLens).toBe(1);
    expect([...food.convoys]).not.toContain('e3');
    expect(food.removed.entries.map(({ convoys }) => convoys).flat()).not.toContain('e3');
    expect(food.supply.flatMap(({ deliveries }) => deliveries.map(({ stop }) => stop))).toEqual([
      'e0-stop',
      'e1-stop',
      'e2-stop',
    ]);
  });

  test('is certain where any delivery is asked for', () => {
    const [east] = resultsOf({}, unknown).rows.filter(({ locality }) => locality.id === 'east');
    expect(east?.deliveries.some(({ isPossible }) => isPossible)).toBe(false);
    expect(east?.wait).toEqual([20, 20]);
  });
});
