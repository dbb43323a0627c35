import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { anyPartialDate, partialDate } from '../../../../tests/support/arbitrary-dates.ts';
import { withoutApproximate } from '../dates/partial-date.ts';
import type { Report, Stop } from '../records/dataset.ts';
import { CONVOY_STATUSES, type ConvoyStatus } from '../records/vocabularies.ts';
import { agreedDate, agreedFigure, agreedStatus, isEnd } from './agreement.ts';
import { deriveConvoy } from './from-reports.ts';

const report = (id: string, values: Partial<Report>): Report => ({
  id,
  convoy: 'c',
  source: `s-${id}`,
  ...values,
});
const derive = (
  reports: readonly Report[],
  convoy: Partial<Parameters<typeof deriveConvoy>[0]['convoy']> = {},
  stops: readonly Stop[] = [],
) => deriveConvoy({ convoy: { id: 'c', ...convoy }, reports, stops });

describe('status', () => {
  const cases: [ConvoyStatus[], ConvoyStatus, boolean][] = [
    [['planned', 'arrived', 'departed'], 'arrived', false],
    [['departed', 'departed', 'denied'], 'denied', false],
    [['delivered', 'delivered', 'denied'], 'delivered', true],
    [['delivered', 'denied'], 'partially_delivered', true],
    [['delivered', 'partially_delivered'], 'partially_delivered', true],
    [['denied', 'aborted'], 'denied', true],
    [['attacked', 'not_deployed', 'postponed'], 'not_deployed', true],
    [['partially_delivered', 'diverted'], 'diverted', true],
  ];
  test.each(cases)('From reports: %j is %s', (given, status, disputed) => {
    expect(agreedStatus(given)).toMatchObject({ status, disputed });
  });

  test('From reports: the order of the reports changes nothing, an end is never lost to a stage', () => {
    const statuses = fc.array(fc.constantFrom(...CONVOY_STATUSES), { maxLength: 6 });
    fc.assert(
      fc.property(statuses, (given) => {
        const agreed = agreedStatus(given);
        expect(agreedStatus([...given].reverse())).toEqual(agreed);
        if (agreed) expect(isEnd(agreed.status)).toBe(given.some(isEnd));
        else expect(given).toEqual([]);
      }),
    );
  });

  test('From reports: what a person accepted stands, and is no longer disputed', () => {
    const reports = [report('1', { status: 'delivered' }), report('2', { status: 'denied' })];
    expect(derive(reports)).toMatchObject({ status: 'partially_delivered', disputed: true });
    expect(derive(reports, { status: 'denied' })).toMatchObject({
      status: 'denied',
      disputed: false,
      statusAccepted: true,
    });
  });
});

describe('date', () => {
  const agreed = (...dates: string[]) => agreedDate(dates.map(partialDate))?.edtf;

  test('From reports: the value most give, then the narrowest, then the earliest', () => {
    expect(agreed('2016-06', '2016-06', '2016-06-29')).toBe('2016-06');
    expect(agreed('2016-06', '2016-06-29')).toBe('2016-06-29');
    expect(agreed('2016-06-30', '2016-06-29')).toBe('2016-06-29');
    expect(agreed()).toBeUndefined();
  });

  test('From reports: ~ is not compared, and kept only if all that give it carry it', () => {
    expect(agreed('2016-06-29~', '2016-06-29', '2016-06-30')).toBe('2016-06-29');
    expect(agreed('2016-06-29~', '2016-06-29~')).toBe('2016-06-29~');
  });

  test('From reports: it is one of the dates given, whatever their order', () => {
    fc.assert(
      fc.property(fc.array(anyPartialDate, { minLength: 1, maxLength: 6 }), (dates) => {
        const date = agreedDate(dates);
        expect(agreedDate([...dates].reverse())).toEqual(date);
        const given = dates.map((one) => withoutApproximate(one).edtf);
        expect(given).toContain(date && withoutApproximate(date).edtf);
      }),
    );
  });

  test('From reports: from reports of another status only where none of the status gives one', () => {
    const planned = report('1', { status: 'planned', date: '2016-06-28' });
    const without = report('2', { status: 'delivered' });
    const dated = report('3', { status: 'delivered', date: '2016-06-29' });
    expect(derive([planned, without]).date?.edtf).toBe('2016-06-28');
    expect(derive([planned, without, dated]).date?.edtf).toBe('2016-06-29');
  });
});

describe('places and numbers', () => {
  const both: Partial<Report> = { status: 'delivered', localities: ['a', 'b'] };
  const figure = (n: number) => ({ q: '=', n }) as const;

  test('From reports: one stop with the union of the places of the reports with that status', () => {
    const derived = derive([
      report('1', { status: 'delivered', localities: ['a'] }),
      report('2', { status: 'delivered', localities: ['b'] }),
      report('3', { status: 'departed', localities: ['z'] }),
      report('4', { status: 'delivered', localities: ['y'], scope: 'total' }),
    ]);
    expect(derived.stops.map((stop) => stop.localities)).toEqual([['a', 'b']]);
    expect(derived.totals).toEqual(['4']);
  });

  test('From reports: a tie stays a range', () => {
    expect(agreedFigure([figure(44), figure(50)])).toEqual({ q: '..', n: 44, m: 50 });
    expect(agreedFigure([figure(44), figure(50), figure(50)])).toEqual(figure(50));
    expect(agreedFigure([figure(100), { q: '~', n: 100 }])).toEqual({ q: '~', n: 100 });
    expect(agreedFigure([{ q: '>', n: 115 }, figure(114)])).toEqual({ q: '>', n: 114 });
    expect(agreedFigure([{ q: '=', n: 9, unit: 'families' }, figure(45)])).toEqual(figure(45));
    expect(agreedFigure([])).toBeNull();
  });

  test('From reports: a number of an earlier stage or of a part is marked as such', () => {
    const earlier = report('1', { status: 'departed', localities: ['a', 'b'], trucks: figure(50) });
    const part = report('2', { status: 'delivered', localities: ['a'], trucks: figure(20) });
    expect(derive([earlier, report('3', both)]).trucks).toMatchObject({
      value: { n: 50 },
      fromEarlierStageOrPart: true,
      given: 1,
      of: 2,
    });
    const exact = report('4', { ...both, trucks: figure(45) });
    expect(derive([earlier, part, exact]).trucks).toMatchObject({
      value: { n: 45 },
      fromEarlierStageOrPart: false,
      given: 3,
    });
  });

  test('From reports: accepted stops and numbers stand', () => {
    const stop: Stop = {
      id: 's',
      convoy: 'c',
      localities: ['a', 'a'],
      peopleReached: { q: '~', n: 900 },
    };
    const derived = derive(
      [report('1', { ...both, trucks: figure(44) })],
      { trucksEntered: figure(45) },
      [stop],
    );
    expect(derived.stops).toHaveLength(1);
    expect(derived.stops[0]).toMatchObject({ id: 's', localities: ['a'], delivered: true });
    expect(derived.stops[0]?.people.reached).toMatchObject({ accepted: true, value: { n: 900 } });
    expect(derived.trucks).toMatchObject({ accepted: true, value: { n: 45 } });
  });

  test('From reports: people intended, approved and reached are never mixed; blank is intended', () => {
    const derived = derive([
      report('1', { ...both, people: figure(20_000) }),
      report('2', { ...both, people: figure(18_000), peopleKind: 'reached' }),
    ]);
    expect(derived.people.intended?.value.n).toBe(20_000);
    expect(derived.people.reached?.value.n).toBe(18_000);
    expect(derived.people.approved).toBeNull();
  });

  test('From reports: sectors, organisations and modality are the union, blank is unknown', () => {
    const derived = derive([
      report('1', { ...both, organisations: ['un'], sectors: ['FSC', 'LOG@b'] }),
      report('2', { ...both, organisations: ['icrc'], modality: 'cross_line' }),
    ]);
    expect(derived.organisations).toEqual(['icrc', 'un']);
    expect(derived.modalities).toEqual(['cross_line']);
    expect(derived.stops[0]?.sectors).toEqual([
      { sector: 'FSC', locality: null },
      { sector: 'LOG', locality: 'b' },
    ]);
    expect(derive([report('1', both)]).stops[0]).toMatchObject({
      sectors: null,
      organisations: null,
      modalities: null,
    });
  });
});
