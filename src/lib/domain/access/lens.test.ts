import { describe, expect, test } from 'vitest';
import { datasetOf } from '../../../../tests/support/fixture-dataset.ts';
import { buildAccess } from './access-records.ts';
import { lensTest, lensToText, parseLens } from './lens.ts';

const dataset = datasetOf({
  a: ['locality', { name: 'A' }],
  b: ['locality', { name: 'B' }],
  wfp: ['organisation', { name: 'World Food Programme', acronym: 'WFP', type: 'un' }],
  icrc: ['organisation', { name: 'ICRC', type: 'red_cross_red_crescent' }],
  someone: ['organisation', { name: 'Someone' }],
  src: ['source', { kind: 'published' }],
  c: ['convoy', {}],
  r: [
    'report',
    {
      convoy: 'c',
      source: 'src',
      status: 'delivered',
      date: '2016-01-18',
      localities: ['a', 'b'],
      sectors: ['HEA', 'FSC@b'],
      organisations: ['wfp', 'someone'],
    },
  ],
  d: ['convoy', { status: 'delivered', date: '2016' }],
  e: ['stop', { convoy: 'd', localities: ['a'] }],
});
const access = buildAccess(dataset);
const stopOf = (convoy: string) => access.convoys.get(convoy)!.stops[0]!;
const match = (text: string, locality = 'a', convoy = 'c') => {
  const lens = parseLens(text);
  if (!lens.ok) throw new Error(lens.error.type);
  return lensTest(lens.value, dataset.organisation)(stopOf(convoy), locality);
};

describe('lenses', () => {
  test.each([
    ['sector=HEA', 'a', 'yes'],
    ['sector=FSC', 'a', 'no'],
    ['sector=FSC', 'b', 'yes'],
    ['modality=airdrop', 'a', 'unknown'],
    ['org=wfp', 'a', 'yes'],
    ['org=World Food Programme', 'a', 'yes'],
    ['org=ICRC', 'a', 'no'],
    ['org-type=un', 'a', 'yes'],
    ['org-type=ingo', 'a', 'unknown'],
    ['joint', 'a', 'unknown'],
    ['org=WFP; sector=FSC', 'b', 'yes'],
    ['org=ICRC; modality=airdrop', 'a', 'no'],
    ['', 'a', 'yes'],
  ])('%s at %s is %s', (text, locality, answer) => {
    expect(match(text, locality)).toBe(answer);
  });

  test('what is not recorded may match', () => {
    for (const text of ['sector=FSC', 'org=ICRC', 'org-type=un', 'joint', 'modality=airlift']) {
      expect(match(text, 'a', 'd')).toBe('unknown');
    }
  });

  test.each([
    ['colour=red', 'unknown_lens'],
    ['sector=', 'empty_value'],
    ['modality=boat', 'unknown_modality'],
    ['org-type=army', 'unknown_organisation_type'],
  ])('%s is refused as %s', (text, type) => {
    expect(parseLens(text)).toMatchObject({ ok: false, error: { type } });
  });

  test('its text is read back', () => {
    for (const text of ['org=WFP; sector=FSC', 'joint', 'org-type=un; modality=airdrop', '']) {
      const lens = parseLens(text);
      expect(lens.ok && lensToText(lens.value)).toBe(text);
    }
  });
});
