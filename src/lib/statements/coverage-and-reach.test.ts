import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { buildAccess } from '#lib/domain/access/access-records.ts';
import { computeCoverage, type CoverageOptions } from '#lib/domain/access/coverage.ts';
import { computePeopleDeliveries, computeReach } from '#lib/domain/access/reach.ts';
import { dayOf } from '#lib/domain/dates/day.ts';
import { fixtureDataset } from '../../../tests/support/fixture-dataset.ts';
import { readerOf } from '../../../tests/support/readers.ts';
import { coverageSentences, findingOfCoverage } from './coverage.ts';
import { sharePart } from './figures.ts';
import { findingOfReach, monthSentences, peopleDeliveriesSentences } from './reach.ts';
import { reachCaveatSentences } from './reach-caveats.ts';
import { type Reader, render, renderAlone } from './render.ts';
import { sentence, type Sentence } from './sentence.ts';
import { placesOf } from './where.ts';

const dataset = fixtureDataset(
  ...['localities', 'organisations', 'convoy_reports', 'siege_population'].map(
    (name) => `${name}.csv`,
  ),
);
const records = buildAccess(dataset);
const named = (reader: Reader): Reader => ({
  ...reader,
  localityName: (id) =>
    dataset.locality.get(id)?.names?.[reader.language.locale] ??
    dataset.locality.get(id)?.name ??
    id,
});
const en = named(await readerOf('en'));
const ar = named(await readerOf('ar', 'arab'));
const fr = named(await readerOf('fr'));
const texts = (sentences: readonly Sentence[], reader: Reader): string[] =>
  sentences.map((one) => renderAlone(one, reader));

const asOf = dayOf(2016, 6, 29);
const since = dayOf(2016, 1, 1);
const SCOPE = { status: 'besieged', classifier: 'UN', series: 'UN' } as const;

describe('indicator 3: coverage', () => {
  const found = computeCoverage(records, { ...SCOPE, since, asOf });

  test('says how many of which list, since when, as of when, and who is without', () => {
    expect(texts(coverageSentences(found), en)).toEqual([
      'Since 1 January 2016, 15 of 17 besieged places (UN list as of 29 June 2016) had at least one delivery on our record',
      'No delivery on our record since 1 January 2016: Jisrein and Zebdin',
    ]);
    expect(texts(coverageSentences(found), ar)[0]).toBe(
      'منذ ١ كانون الثاني ٢٠١٦، وصل إيصال مرة واحدة على الأقل إلى ١٥ من ١٧ مكاناً محاصَراً (قائمة الأمم المتحدة حتى ٢٩ حزيران ٢٠١٦)، بحسب سجلنا',
    );
    expect(texts(coverageSentences(found), fr)[0]).toBe(
      'Depuis le 1er janvier 2016, 15 des 17 lieux assiégés (liste ONU au 29 juin 2016) ont reçu au moins une livraison selon nos données',
    );
  });

  test('what is only possible is never counted among the certain', () => {
    const options: CoverageOptions = { ...SCOPE, since, asOf, lens: { sector: 'WSH' } };
    const water = computeCoverage(records, options);
    const [finding, possible] = texts(coverageSentences(water), en);
    expect([water.certain.length, water.possible.length]).toEqual([5, 1]);
    expect(finding).toContain(
      ', 5 of 17 besieged places (UN list as of 29 June 2016) had at least',
    );
    expect(finding).toContain('one water and hygiene delivery');
    expect(possible).toContain('For 1 more place a delivery is possible but not certain: ');
  });

  test('all, none, none for certain, and no list at all are four different things', () => {
    const covered = found.certain.slice(0, 2);
    const say = (change: Partial<typeof found>): string =>
      render(findingOfCoverage({ ...found, possible: [], without: [], ...change }), en);
    expect(say({ certain: covered, total: 2 })).toContain('every one of the 2 besieged places');
    expect(say({ certain: [], without: ['a', 'b'], total: 2 })).toContain(
      'none of the 2 besieged places',
    );
    expect(say({ certain: [], possible: covered, total: 2 })).toContain(
      'no delivery is certain for any of the 2 besieged places',
    );
    expect(say({ certain: [], total: 0 })).toBe(
      'our record does not name besieged places (UN list) as of 29 June 2016',
    );
  });
});

describe('indicator 4: people reached, people intended', () => {
  const months = computeReach(records, { ...SCOPE, since, asOf });

  test('prints numerator, denominator, series, classifier and the dates of both', () => {
    const march = months.find(({ month }) => month === '2016-03');
    if (!march) throw new Error('no March');
    expect(texts(monthSentences(march, SCOPE), en)).toEqual([
      'In March 2016, no delivery to besieged places (UN list) gives a number of people reached',
      'In March 2016, deliveries to besieged places (UN list) were intended for 20,000 people, that is 5% of the 441,500 people counted there (UN figures, 18 January 2016 to 17 February 2016)',
      'No number of people intended for 1 of 2 deliveries',
      'The list of places is the one that held on 31 March 2016',
    ]);
    expect(texts(monthSentences(march, SCOPE), fr)[1]).toContain(
      'soit 5\u00a0% des 441\u202f500 personnes',
    );
  });

  test('gives no share where population figures overlap, and says why', () => {
    const june = texts(monthSentences(months[5]!, SCOPE), en);
    expect(june.join('. ')).not.toContain('%');
    expect(june).toContain(
      'No share is given, because population figures of the series count some places twice',
    );
  });

  test('the finding is the last month, and calls people intended by that name', () => {
    expect(render(findingOfReach(months, SCOPE), en)).toBe(
      'in June 2016, deliveries to besieged places (UN list) were intended for 59,900–61,500 people',
    );
  });

  test('rounding never says none of some, nor all of nearly all', () => {
    const share = (least: number, greatest: number): string =>
      render(sentence('figure.about', { number: sharePart([least, greatest]) }), en);
    expect(share(0.0004, 0.0004)).toBe('about less than 1%');
    expect(share(0.9996, 0.9996)).toBe('about more than 99%');
    expect(share(0, 0.03)).toBe('about 0–3%');
    expect(share(0.021, 0.024)).toBe('about 2%');
    expect(share(1, 1)).toBe('about 100%');
    fc.assert(
      fc.property(fc.double({ min: 1e-9, max: 1 - 1e-9, noNaN: true }), (one) => {
        expect(share(one, one)).not.toMatch(/about (0|100)%/);
      }),
    );
  });
});

test('indicator 5: a sum over deliveries is always labelled as one that includes repeats', () => {
  const found = computePeopleDeliveries(records, { asOf, since });
  const [sum, without] = texts(peopleDeliveriesSentences(found, since, asOf), en);
  expect(sum).toBe(
    'From 1 January 2016 to 29 June 2016, deliveries added up to 622,650–624,250 people intended; this includes repeats: whoever was meant several times is counted each time',
  );
  expect(without).toBe('No number of people intended for 14 of 36 deliveries');
  const nothing = { ...found, reached: null, intended: null };
  expect(texts(peopleDeliveriesSentences(nothing, since, asOf), en)).toEqual([
    'From 1 January 2016 to 29 June 2016, no delivery on our record gives a number of people',
  ]);
});

test('indicator 4: caveats of single deliveries are said once, with their number', () => {
  const said = reachCaveatSentences([
    { type: 'possible_month', stop: 'a' },
    { type: 'possible_month', stop: 'b' },
    { type: 'household_size', size: 5.5 },
    { type: 'no_population', localities: ['Arbin'] },
  ]);
  expect(texts(said, en)).toEqual([
    '2 deliveries are dated by a range of days that also lies outside this period',
    'Families are counted as 5.5 people each',
    'Without a population figure, and so on neither side of the share: Arbin',
  ]);
});

test('places are counted in all the plural forms of the three languages', () => {
  const said = (reader: Reader): string[] =>
    [0, 1, 2, 3, 11, 100].map((count) => render(placesOf('besieged', count), reader));
  expect(said(en)).toEqual([
    '0 besieged places',
    '1 besieged place',
    '2 besieged places',
    '3 besieged places',
    '11 besieged places',
    '100 besieged places',
  ]);
  expect(said(ar)).toEqual([
    '٠ مكان محاصَر',
    'مكان محاصَر واحد',
    'مكانين محاصَرين',
    '٣ أماكن محاصَرة',
    '١١ مكاناً محاصَراً',
    '١٠٠ مكان محاصَر',
  ]);
  expect(said(fr).slice(0, 3)).toEqual(['0 lieu assiégé', '1 lieu assiégé', '2 lieux assiégés']);
});
