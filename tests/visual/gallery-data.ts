import claims from '../fixtures/claims.csv?raw';
import convoys from '../fixtures/convoy_reports.csv?raw';
import localities from '../fixtures/localities.csv?raw';
import organisations from '../fixtures/organisations.csv?raw';
import populations from '../fixtures/siege_population.csv?raw';
import { type Day, dayFromIso, dayOf, dayToIso } from '#lib/domain/dates/day.ts';
import type { Dataset } from '#lib/domain/records/dataset.ts';
import { emptyDataset, readRecord } from '#lib/domain/records/read-record.ts';
import type { RecordKind } from '#lib/domain/records/registry.ts';
import { readFiles } from '#lib/exchange/read-files.ts';
import { type Amount, LONG_NAMES, randomFrom } from './amounts.ts';

export const AS_OF: Day = (() => {
  const day = dayFromIso('2016-06-29');
  if (!day.ok) throw new Error('no day');
  return day.value;
})();

type Written = readonly [RecordKind, string, Readonly<Record<string, unknown>>];

function datasetOf(records: readonly Written[], existing: Dataset = emptyDataset()): Dataset {
  const dataset = { ...existing } as unknown as Record<RecordKind, Map<string, unknown>>;
  for (const [kind, id, values] of records) {
    const read = readRecord(kind, id, values);
    if (!read.ok) throw new Error(`${kind} ${id} cannot be read`);
    dataset[kind].set(id, read.value.record);
  }
  return dataset as unknown as Dataset;
}

const MILESTONE: Written = [
  'milestone',
  'm1',
  {
    date: '2016-02-27',
    labels: {
      en: 'cessation of hostilities',
      ar: 'وقف الأعمال العدائية',
      fr: 'cessation des hostilités',
    },
  },
];

/** The real reports of Syria, to June 2016, and what they do not hold, made up. */
function example(): Dataset {
  const files = [
    { name: 'localities.csv', content: localities },
    { name: 'organisations.csv', content: organisations },
    { name: 'convoy_reports.csv', content: convoys },
    { name: 'siege_population.csv', content: populations },
    { name: 'claims.csv', content: claims },
  ];
  const read = readFiles(files, { operation: 'gallery' });
  if (!read.ok) throw new Error(JSON.stringify(read.error[0]));
  return datasetOf([MILESTONE, ...madeUp()], read.value.dataset);
}

/** One place with one delivery in a month that nobody knows the day of. */
function one(): Dataset {
  return datasetOf([
    [
      'locality',
      'l1',
      { name: 'Madaya', names: { ar: 'مضايا' }, kind: 'town', lat: 33.69, lon: 36.1 },
    ],
    [
      'accessStatus',
      's1',
      { locality: 'l1', from: '2015-11', classifier: 'UN', status: 'besieged' },
    ],
    ['convoy', 'c1', { eventKey: 'c1', status: 'delivered', date: '2016-02' }],
    [
      'stop',
      'c1s',
      { convoy: 'c1', order: 0, localities: ['l1'], outcome: 'delivered', arrivedOn: '2016-02' },
    ],
    [
      'population',
      'p1',
      {
        series: 'UN',
        localities: ['l1'],
        asOf: '2016-01-12',
        people: { q: '~', n: 42_000 },
        kind: 'resident',
      },
    ],
  ]);
}

const STATUSES = [
  'besieged',
  'hard_to_reach',
  'accessible',
  'siege_lifted',
  'evacuated',
  'unknown',
] as const;
const OUTCOMES = [
  'delivered',
  'delivered',
  'delivered',
  'partially_delivered',
  'denied',
  'aborted',
] as const;

/** 300 places, five years, long names, huge and missing figures, ranges, shared figures. */
export function generated(places: number, seed = 7): Dataset {
  const random = randomFrom(seed);
  const records: Written[] = [MILESTONE];
  const first = dayOf(2011, 7, 1);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
  const anyDate = (): string => {
    const day = dayToIso(first + Math.floor(random() * (AS_OF - first)));
    const kind = random();
    if (kind < 0.1) return day.slice(0, 7);
    return kind < 0.12 ? day.slice(0, 4) : day;
  };
  for (let index = 0; index < places; index += 1) {
    const [en, ar] = LONG_NAMES[index] ?? [`Place ${index}`, `مكان ${index}`];
    const position = { lat: 32.5 + random() * 4.5, lon: 36 + random() * 5.5 };
    records.push([
      'locality',
      `l${index}`,
      { name: en, names: { ar }, kind: 'town', parentArea: `Area ${index % 7}`, ...position },
    ]);
    records.push([
      'accessStatus',
      `s${index}`,
      { locality: `l${index}`, from: anyDate(), classifier: 'UN', status: pick(STATUSES) },
    ]);
    const people = { q: '~', n: Math.round(500 + random() ** 3 * 250_000) };
    records.push([
      'population',
      `p${index}`,
      { series: 'UN', localities: [`l${index}`], asOf: '2012-01-12', people, kind: 'resident' },
    ]);
    for (let convoy = 0; convoy < 10; convoy += 1) {
      const id = `c${index}-${convoy}`;
      const outcome = pick(OUTCOMES);
      const date = anyDate();
      const shared = random() < 0.15 && index > 0 ? [`l${index}`, `l${index - 1}`] : [`l${index}`];
      records.push(['convoy', id, { eventKey: id, status: outcome, date }]);
      const figure =
        random() < 0.6
          ? { peopleReached: { q: '..', n: Math.round(random() ** 2 * 90_000), m: 120_000 } }
          : {};
      records.push([
        'stop',
        `${id}s`,
        { convoy: id, order: 0, localities: shared, outcome, arrivedOn: date, ...figure },
      ]);
    }
  }
  return datasetOf(records);
}

/** What the real reports do not hold: requests, rations, removed items, incidents; made up. */
function madeUp(): readonly Written[] {
  const place = (id: string, name: string, lat: number, lon: number): Written[] => [
    ['locality', id, { name, names: { ar: 'مكان' }, kind: 'town', lat, lon }],
    [
      'accessStatus',
      `${id}s`,
      { locality: id, from: '2015-11', classifier: 'UN', status: 'besieged' },
    ],
    [
      'population',
      `${id}p`,
      {
        series: 'UN',
        localities: [id],
        asOf: '2016-01-12',
        people: { q: '~', n: 42_000 },
        kind: 'resident',
      },
    ],
  ];
  const delivery = (id: string, at: string, date: string, days: number): Written[] => [
    ['convoy', id, { eventKey: id, status: 'delivered', date }],
    [
      'stop',
      `${id}s`,
      {
        convoy: id,
        order: 0,
        localities: [at],
        outcome: 'delivered',
        arrivedOn: date,
        peopleReached: { q: '=', n: 30_000 },
        daysOfSupply: { q: '=', n: days },
      },
    ],
  ];
  const request = (id: string, at: string, outcome: string, answeredOn: string): Written[] => [
    [
      'accessRequest',
      id,
      { period: '2016-05', authority: 'authority', submittedOn: '2016-04-20', answeredOn },
    ],
    [
      'requestLine',
      `${id}l`,
      { request: id, locality: at, outcome, peopleRequested: { q: '~', n: 20_000 } },
    ],
  ];
  return [
    ...place('x1', 'First made-up town', 33.6, 36.4),
    ...place('x2', 'Second made-up town of a long name', 34.2, 37.1),
    ...place('x3', 'Third made-up town', 35.1, 40.1),
    ...delivery('xc1', 'x1', '2016-05-10', 30),
    ...delivery('xc2', 'x2', '2016-06-10/2016-06-14', 30),
    ['convoy', 'xc3', { eventKey: 'xc3', status: 'delivered', date: '2016-05' }],
    [
      'stop',
      'xc3s',
      { convoy: 'xc3', order: 0, localities: ['x3'], outcome: 'delivered', arrivedOn: '2016-05' },
    ],
    ...request('xr1', 'x1', 'approved_in_full', '2016-04-27'),
    ...request('xr2', 'x2', 'approved_in_part', '2016-05'),
    ...request('xr3', 'x3', 'not_approved', '2016-04-25/2016-05-02'),
    [
      'itemLine',
      'xi1',
      {
        convoy: 'xc1',
        item: 'surgical kits',
        quantity: { q: '=', n: 12 },
        unit: 'kits',
        stage: 'removed',
      },
    ],
    [
      'itemLine',
      'xi2',
      {
        convoy: 'xc2',
        item: 'surgical kits',
        quantity: { q: '..', n: 4, m: 9 },
        unit: 'kits',
        stage: 'removed',
      },
    ],
    ['itemLine', 'xi3', { convoy: 'xc2', item: 'scabies medicine', stage: 'removed' }],
    [
      'incident',
      'xn1',
      {
        localities: ['x1'],
        date: '2016-05-11',
        constraint: 'HOSTILITIES',
        verification: 'reported',
      },
    ],
    [
      'incident',
      'xn2',
      {
        localities: ['x2'],
        date: '2016-06-09/2016-06-12',
        constraint: 'VIOLENCE',
        verification: 'verified',
      },
    ],
  ];
}

export function datasetFor(amount: Amount): Dataset {
  if (amount === 'empty') return datasetOf([]);
  if (amount === 'one') return one();
  return amount === 'many' ? example() : generated(300);
}
