import { expect, test } from 'vitest';
import { datasetOf } from '../../../../tests/support/fixture-dataset.ts';
import { placeRecords } from './place-records.ts';

const dataset = datasetOf({
  duma: ['locality', { name: 'Duma' }],
  un: ['source', { publisher: 'UN' }],
  old: ['accessStatus', { locality: 'duma', from: '2015', classifier: 'UN', status: 'besieged' }],
  new: [
    'accessStatus',
    {
      locality: 'duma',
      from: '2016-03',
      classifier: 'Siege Watch',
      status: 'hard_to_reach',
      source: 'un',
    },
  ],
  other: [
    'accessStatus',
    { locality: 'arbin', from: '2016', classifier: 'UN', status: 'besieged' },
  ],
  shared: [
    'population',
    {
      series: 'UN',
      localities: ['duma', 'arbin'],
      asOf: '2016-06-16',
      people: { q: '=', n: 39_000 },
    },
  ],
  total: ['population', { series: 'UN', total: 'Syria', asOf: '2016', people: { q: '=', n: 1 } }],
  shot: ['incident', { localities: ['duma'], date: '2016-06-29' }],
});

test('a place shows what every classifier says, the newest first, with who says it', () => {
  const found = placeRecords(dataset, 'duma');
  expect(found.statuses.map(({ record }) => record.id)).toEqual(['new', 'old']);
  expect(found.statuses[0]?.source?.publisher).toBe('UN');
  expect(found.statuses[1]?.source).toBeUndefined();
});

test('a count that it shares is its own too; a total without places is nobody’s', () => {
  const found = placeRecords(dataset, 'duma');
  expect(found.populations.map(({ record }) => record.id)).toEqual(['shared']);
  expect(found.incidents.map(({ record }) => record.id)).toEqual(['shot']);
  expect(placeRecords(dataset, 'nowhere')).toEqual({
    statuses: [],
    populations: [],
    incidents: [],
  });
});
