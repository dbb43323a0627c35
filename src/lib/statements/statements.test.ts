import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readerOf } from '../../../tests/support/readers.ts';
import { caveatSentence } from './caveats.ts';
import { convoyLine } from './convoy-line.ts';
import { disagreementSentence } from './disagreement.ts';
import { figureWithUnit, peopleSentence, spreadFigure, spreadSentence } from './figures.ts';
import { firstSinceOfPlaces } from './first-since.ts';
import { lensPhrase } from './lens.ts';
import type { Bounds } from './length.ts';
import { render, renderAlone } from './render.ts';
import { vocabularyWord } from './vocabulary.ts';
import { lensWaitSentence, waitOfPlaces, waitSentence, waitSinceSentence } from './wait.ts';

const en = await readerOf('en');
const ar = await readerOf('ar');
const fr = await readerOf('fr');

describe('indicator 1: an open wait', () => {
  const kafrBatna = { from: '2016-02-23', days: [127, 127] as Bounds };

  test('is a wait on our record while nobody says from when the record is complete', () => {
    expect(render(waitOfPlaces(['kafrbatna'], kafrBatna), en)).toBe(
      'Kafr Batna: no delivery on our record for 127 days',
    );
    expect(render(waitOfPlaces(['kafrbatna'], kafrBatna), ar)).toBe(
      'كفر بطنا: لا إيصال في سجلنا منذ 127 يوماً',
    );
    expect(render(waitSentence(kafrBatna), fr)).toBe(
      'aucune livraison dans nos données depuis 127 jours',
    );
    expect(render(waitSinceSentence(kafrBatna), en)).toBe(
      'no delivery on our record since 23 February 2016',
    );
    expect(render(waitSentence({ ...kafrBatna, recordsSince: '2014' }), en)).toBe(
      'no delivery for 127 days',
    );
  });

  test('none on record has no length', () => {
    expect(render(waitSentence({ from: null, days: null }), en)).toBe('no delivery on our record');
    expect(render(waitSentence({ from: null, days: null }), ar)).toBe('لا إيصال في سجلنا');
  });

  test('under a lens: at least the possible, at most the recorded', () => {
    const words = lensWaitSentence([60, 60], [167, 167], { sector: 'FSC' });
    expect(renderAlone(words, en)).toBe(
      'Wait for a further food delivery: at least 60 days and at most 167 days',
    );
    expect(render(words, ar)).toBe(
      'انتظار إيصال آخر للغذاء: 60 يوماً على الأقل و167 يوماً على الأكثر',
    );
    expect(render(words, fr)).toBe(
      'attente d’une autre livraison de nourriture\u00a0: au moins 60 jours et au plus 167 jours',
    );
  });
});

describe('a convoy and its figures', () => {
  const zamalka = {
    localities: ['zamalka', 'arbin'],
    date: '2016-06-29',
    trucks: { q: '..', n: 37, m: 38 },
    status: 'delivered',
  } as const;

  test('its title', () => {
    expect(render(convoyLine(zamalka), en)).toBe(
      'Zamalka and Arbin, 29 June 2016: 37 or 38 trucks, delivered',
    );
    expect(render(convoyLine(zamalka), ar)).toBe(
      'زملكا وعربين، 29 حزيران 2016: 37 أو 38 شاحنة، سُلّمت',
    );
    expect(render(convoyLine(zamalka), fr)).toBe(
      'Zamalka et Arbin, 29 juin 2016\u00a0: 37 ou 38 camions, convoi livré',
    );
    const unknown = { localities: [], date: null, trucks: null, status: null };
    expect(render(convoyLine(unknown), en)).toBe(
      'place not known, date not known: outcome not known',
    );
  });

  test('people: what was counted, and with whom the figure is shared', () => {
    const people = { q: '~', n: 20_000, unit: 'people' } as const;
    expect(renderAlone(peopleSentence(people, 'intended', { with: ['zamalka'] }), en)).toBe(
      'About 20,000 people intended, shared with Zamalka',
    );
    expect(render(peopleSentence(people, 'intended', { by: ['zamalka', 'arbin'] }), ar)).toBe(
      'نحو 20,000 شخص، مستهدفون، رقم واحد مشترك بين زملكا وعربين',
    );
    expect(render(peopleSentence({ ...people, unit: 'families' }, 'reached'), fr)).toBe(
      'environ 20\u202f000 familles atteintes',
    );
  });

  test('a spread, with how many reports give a number', () => {
    const trucks = { q: '..', n: 37, m: 38 } as const;
    expect(render(spreadSentence(trucks, 'trucks', 5, 8), en)).toBe(
      '37–38 trucks (5 of 8 reports give a number)',
    );
    expect(render(spreadSentence(trucks, 'trucks', 5, 8), ar)).toBe(
      '37–38 شاحنة (العدد وارد في 5 من 8 تقارير)',
    );
    expect(render(spreadSentence(trucks, 'trucks', 5, 8), fr)).toBe(
      '37–38 camions (5 rapports sur 8 donnent un nombre)',
    );
  });

  test('a spread is what reports state, unless a person accepted a number', () => {
    const number = {
      value: { q: '=', n: 37 },
      accepted: false,
      fromEarlierStageOrPart: false,
      values: [
        { figure: { q: '=', n: 37 }, reports: 4 },
        { figure: { q: '~', n: 38 }, reports: 1 },
      ],
      given: 5,
      of: 8,
    } as const;
    expect(spreadFigure(number)).toEqual({ q: '..', n: 37, m: 38 });
    expect(spreadFigure({ ...number, accepted: true })).toEqual({ q: '=', n: 37 });
    const bound = [...number.values, { figure: { q: '>', n: 30 }, reports: 1 }] as const;
    expect(spreadFigure({ ...number, values: bound })).toEqual({ q: '=', n: 37 });
  });

  test('a qualifier is never lost in a plural', () => {
    expect(render(figureWithUnit({ q: '>', n: 1 }, 'trucks'), ar)).toBe('أكثر من 1 شاحنة');
    expect(render(figureWithUnit({ q: '..', n: 1, m: 2 }, 'trucks'), ar)).toBe('1–2 شاحنة');
    expect(render(figureWithUnit({ q: '=', n: 2 }, 'trucks'), ar)).toBe('شاحنتان');
  });

  test('indicator 10: disagreement', () => {
    const facts = {
      figure: 'trucks',
      values: [
        { figure: { q: '=', n: 37 }, reports: 4 },
        { figure: { q: '=', n: 38 }, reports: 1 },
      ],
      value: { q: '=', n: 37 },
    } as const;
    expect(renderAlone(disagreementSentence(facts), en)).toBe(
      'Reports differ on the number of trucks: 37 (4 reports) and 38 (1 report); shown: 37',
    );
    expect(render(disagreementSentence(facts), ar)).toBe(
      'تختلف التقارير في عدد الشاحنات: 37 (4 تقارير) و38 (تقرير واحد)؛ المعروض: 37',
    );
    expect(render(disagreementSentence(facts), fr)).toBe(
      'les rapports diffèrent sur le nombre de camions\u00a0: 37 (4 rapports) et 38 (1 rapport)\u00a0; affiché\u00a0: 37',
    );
  });
});

describe('words of the field', () => {
  test('what a newer schema brings is shown as its code', () => {
    expect(vocabularyWord('status', 'half_open')).toBe('half_open');
    expect(lensPhrase({})).toBeNull();
    const phrase = lensPhrase({ sector: 'XYZ' });
    expect(phrase && render(phrase, en)).toBe('XYZ ');
  });

  test('caveats', () => {
    const missing = { type: 'delivery_not_on_record', claim: 'c', date: '2016-04' } as const;
    expect(render(caveatSentence(missing), en)).toBe(
      'a report mentions a delivery of April 2016 that is not on our record',
    );
    const about = { type: 'approximate_date', date: '2016-06-22~' } as const;
    expect(render(caveatSentence(about), fr)).toBe('date approximative\u00a0: 22 juin 2016');
  });
});

describe('no result is without its sentence', () => {
  const edtf = fc.constantFrom('2012', '2012-11', '2016-06-29', '2014-07-14/2014-07-17', '2016~');
  const bounds = (max: number): fc.Arbitrary<Bounds> =>
    fc.tuple(fc.nat(max), fc.nat(max)).map(([a, b]) => [Math.min(a, b), Math.max(a, b)]);
  const length = fc.record({ days: bounds(40_000), months: bounds(1_300) });
  const text = fc.option(fc.string());
  const lens = fc.record(
    {
      sector: fc.string(),
      modality: fc.string(),
      orgType: fc.string(),
      org: fc.string(),
      joint: fc.constant(true as const),
    },
    { requiredKeys: [] },
  );
  const facts = fc.record({
    date: edtf,
    localities: fc.array(fc.string(), { maxLength: 6 }),
    since: fc.option(edtf),
    length: fc.option(length),
    lens,
    recordsSince: fc.option(edtf),
    possiblyNotFirst: fc.boolean(),
    source: text,
    modality: fc.constantFrom('airdrop', 'airlift', 'cross_line', null),
  });
  const figure = fc.record({
    q: fc.constantFrom('=', '~', '>', '<', '..'),
    n: fc.nat(),
    m: fc.nat(),
  });

  test('in any language, without throwing and without a hole', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(en, ar, fr),
        facts,
        bounds(9_999),
        figure,
        (reader, first, days, n) => {
          const wait = { from: first.since, days, lens: first.lens };
          const sentences = [
            firstSinceOfPlaces(first),
            waitOfPlaces(first.localities, wait),
            waitSinceSentence(wait),
            peopleSentence(n, 'reached', { with: first.localities }),
            convoyLine({ ...first, trucks: n, status: first.source }),
          ];
          for (const words of sentences) {
            const said = render(words, reader);
            expect(said.length).toBeGreaterThan(5);
            expect(said).not.toMatch(/undefined|null|\[object|NaN/);
          }
        },
      ),
    );
  });
});
