import { describe, expect, test } from 'vitest';
import { readerOf } from '../../../tests/support/readers.ts';
import {
  firstSinceDeck,
  firstSinceHeadline,
  firstSinceOfPlaces,
  firstSinceSentence,
  type FirstSinceFacts,
} from './first-since.ts';
import { render, renderAlone } from './render.ts';

const en = await readerOf('en');
const ar = await readerOf('ar');
const fr = await readerOf('fr');

const ZAMALKA: FirstSinceFacts = {
  date: '2016-06-29',
  localities: ['zamalka', 'arbin'],
  since: '2012-11',
  length: { days: [1307, 1336], months: [43, 43] },
};

describe('indicator 2: the sentence Crossline exists for', () => {
  test('in English', () => {
    expect(render(firstSinceSentence(ZAMALKA), en)).toBe(
      'first delivery since November 2012, after nearly 4 years (3 years 7 months)',
    );
    expect(renderAlone(firstSinceHeadline(ZAMALKA), en)).toBe(
      'First delivery since November 2012, after nearly 4 years',
    );
    expect(render(firstSinceOfPlaces(ZAMALKA), en)).toBe(
      'Arbin and Zamalka: first delivery since November 2012, after nearly 4 years (3 years 7 months)',
    );
    expect(renderAlone(firstSinceDeck('2016-06-29', ['zamalka']), en)).toBe(
      'On 29 June 2016, in one convoy with Zamalka',
    );
  });

  test('in Arabic, in either digits', async () => {
    expect(render(firstSinceSentence(ZAMALKA), ar)).toBe(
      'المساعدات تصل للمرة الأولى منذ تشرين الثاني 2012، بعد قرابة أربع سنوات (3 سنوات و7 أشهر)',
    );
    expect(render(firstSinceSentence(ZAMALKA), await readerOf('ar', 'arab'))).toBe(
      'المساعدات تصل للمرة الأولى منذ تشرين الثاني ٢٠١٢، بعد قرابة أربع سنوات (٣ سنوات و٧ أشهر)',
    );
    expect(render(firstSinceDeck('2016-06-29', ['zamalka']), ar)).toBe(
      'في 29 حزيران 2016، ضمن قافلة واحدة مع زملكا',
    );
    expect(render(firstSinceOfPlaces(ZAMALKA), ar)).toMatch(/^زملكا وعربين: /);
  });

  test('in French', () => {
    expect(render(firstSinceSentence(ZAMALKA), fr)).toBe(
      'première livraison depuis novembre 2012, après presque 4 ans (3 ans et 7 mois)',
    );
    expect(render(firstSinceOfPlaces(ZAMALKA), fr)).toMatch(/^Arbin et Zamalka\u00a0: première/);
  });

  test('who says the earlier delivery is said with it', () => {
    const facts = { ...ZAMALKA, source: 'Reuters' };
    expect(render(firstSinceSentence(facts), en)).toMatch(/, according to Reuters$/);
    expect(render(firstSinceSentence(facts), ar)).toMatch(/، بحسب Reuters$/);
    expect(render(firstSinceSentence(facts), fr)).toMatch(/, selon Reuters$/);
  });
});

describe('indicator 2: nothing earlier on record', () => {
  const none: FirstSinceFacts = { ...ZAMALKA, since: null, length: null };

  test('says so, and how far back the record is believed complete', () => {
    expect(render(firstSinceSentence(none), en)).toBe('first on our record');
    expect(render(firstSinceSentence(none), ar)).toBe('أول إيصال في سجلنا');
    expect(render(firstSinceSentence(none), fr)).toBe('première livraison dans nos données');
    expect(render(firstSinceSentence({ ...none, recordsSince: '2014' }), en)).toBe(
      'first on our record, which is believed complete since 2014',
    );
  });

  test('no source is named for what nobody says', () => {
    expect(render(firstSinceSentence({ ...none, source: 'Reuters' }), en)).toBe(
      'first on our record',
    );
  });
});

describe('lenses, doubts, and the air', () => {
  const rastan: FirstSinceFacts = {
    date: '2016-04-21',
    localities: ['rastan'],
    since: '2012',
    length: { days: [1207, 1572], months: [40, 51] },
    lens: { org: 'WFP', sector: 'FSC' },
  };

  test('a lens says that only recorded matches count', () => {
    expect(render(firstSinceSentence(rastan), en)).toBe(
      'first recorded WFP food delivery since 2012, after between 3 years 4 months and 4 years 3 months',
    );
    expect(render(firstSinceSentence(rastan), ar)).toBe(
      'أول إيصال مسجَّل للغذاء من WFP منذ 2012، بعد مدة لا تقل عن 3 سنوات و4 أشهر ولا تزيد على 4 سنوات و3 أشهر',
    );
    expect(render(firstSinceSentence(rastan), fr)).toBe(
      'première livraison de nourriture par WFP enregistrée depuis 2012, après une durée de 3 ans et 4 mois à 4 ans et 3 mois',
    );
    const joint = firstSinceSentence({ ...ZAMALKA, lens: { joint: true } });
    expect(render(joint, en)).toMatch(/^first recorded joint delivery since November 2012/);
    expect(render(joint, ar)).toMatch(/^أول إيصال مسجَّل مشترك منذ/);
  });

  test('a day, an interval and an approximate day after since', () => {
    const since = (edtf: string): FirstSinceFacts => ({ ...ZAMALKA, since: edtf });
    expect(render(firstSinceSentence(since('2012-11-05')), fr)).toMatch(
      /depuis le 5 novembre 2012,/,
    );
    expect(render(firstSinceSentence(since('2014-07-14/2014-07-17')), en)).toMatch(
      /since 14–17 July 2014,/,
    );
    expect(render(firstSinceSentence(since('2016-06-22~')), en)).toMatch(
      /since about 22 June 2016,/,
    );
    expect(render(firstSinceSentence(since('2016-06-22~')), ar)).toMatch(/منذ نحو 22 حزيران 2016،/);
    expect(render(firstSinceSentence(since('2016-06-22~')), fr)).toMatch(
      /depuis le 22 juin 2016 environ,/,
    );
  });

  test('a possible first is only that; an airdrop is named as such', () => {
    const facts: FirstSinceFacts = { ...ZAMALKA, possiblyNotFirst: true, modality: 'airdrop' };
    expect(render(firstSinceSentence(facts), en)).toBe(
      'first delivery since November 2012, after nearly 4 years (3 years 7 months), by airdrop, possibly not the first',
    );
    expect(render(firstSinceSentence(facts), ar)).toMatch(
      /عبر إسقاط جوي، وربما ليست المرة الأولى$/,
    );
  });
});
