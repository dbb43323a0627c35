import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type AccessRecords, buildAccess } from '#lib/domain/access/access-records.ts';
import {
  anyLens,
  historyDay,
  historySteps,
  recordsAfter,
} from '#lib/domain/access/histories.arbitrary.ts';
import { computeSitrep, type SitrepOptions } from '#lib/domain/access/sitrep.ts';
import { dayOf } from '#lib/domain/dates/day.ts';
import {
  datasetOf,
  fixtureDataset,
  type WrittenRecord,
} from '../../../tests/support/fixture-dataset.ts';
import { readerOf } from '../../../tests/support/readers.ts';
import type { Reader } from './render.ts';
import { renderSitrep, sitrepHtml, sitrepLines, type SitrepText } from './sitrep-text.ts';
import { sitrepSections, sitrepTitle } from './sitrep.ts';

const OPTIONS: SitrepOptions = {
  since: dayOf(2016, 6, 1),
  asOf: dayOf(2016, 6, 29),
  today: dayOf(2026, 1, 1),
  classifier: 'UN',
  series: 'UN',
  status: 'besieged',
};

function sitrepOf(
  records: AccessRecords,
  reader: Reader,
  options: Partial<SitrepOptions> = {},
): SitrepText {
  const { dataset } = records;
  const found = computeSitrep(records, { ...OPTIONS, ...options });
  const names = {
    sourceName: (id: string) => dataset.source.get(id)?.publisher ?? '',
    convoy: (id: string) => dataset.convoy.get(id),
    derivedConvoy: (id: string) => records.convoys.get(id),
  };
  const localityName = (id: string): string =>
    dataset.locality.get(id)?.names?.[reader.language.locale] ??
    dataset.locality.get(id)?.name ??
    id;
  const named = { ...reader, localityName };
  return renderSitrep(sitrepTitle(found), sitrepSections(found, names), named);
}

const real = buildAccess(
  fixtureDataset(
    ...['localities', 'organisations', 'convoy_reports', 'claims', 'siege_population'].map(
      (name) => `${name}.csv`,
    ),
  ),
);
const en = await readerOf('en');
const ar = await readerOf('ar', 'arab');
const fr = await readerOf('fr');

const WRITTEN: Readonly<Record<string, WrittenRecord>> = {
  arbin: ['locality', { name: 'Arbin' }],
  secret: ['locality', { name: 'Secret <place>' }],
  done: ['convoy', { status: 'delivered', date: '2016-06-10' }],
  doneStop: ['stop', { convoy: 'done', localities: ['arbin'] }],
  refused: [
    'convoy',
    {
      status: 'denied',
      date: '2016-06-12',
      refusedBy: 'a & b',
      refusedWhere: 'the last checkpoint',
      constraint: 'MOVEMENT',
    },
  ],
  refusedStop: ['stop', { convoy: 'refused', localities: ['arbin'] }],
};

describe('the situation report of June 2016, from the real reports', () => {
  const lines = sitrepLines(sitrepOf(real, en));

  test('names the deliveries, what they ended, and who still waits', () => {
    expect(lines[0]).toBe('Humanitarian access, 1–29 June 2016');
    expect(lines).toContain(
      '• Arbin and Zamalka, 29 June 2016: 37 or 38 trucks, delivered; 20,000 people intended.',
    );
    expect(lines).toContain('• 29 June 2016: Arbin and Zamalka: first on our record.');
    expect(lines.join('\n')).toContain('7 of 17 besieged places (UN list as of 29 June 2016)');
    expect(lines).toContain(
      '• Az-Zabdani, Foah, Kafraya and Madaya: no delivery on our record for 60 days.',
    );
  });

  test('counts what is possible apart from what is certain', () => {
    const [counted] = lines.filter((line) => line.includes('convoys delivered'));
    expect(counted).toContain('10 convoys delivered on our record. 1 more convoy is possible only');
    expect(lines).toContain(
      '• Bloudan, about 22 June 2016: delivered; 25,000 people intended (possibly in this period).',
    );
  });

  test('a part of which nothing is on record says so', () => {
    expect(lines).toContain('No request for access of a period that is over is on our record.');
    expect(lines).toContain('No incident on our record within 72 hours of a delivery.');
  });

  test('has the same sections in every language, each with words of its own', () => {
    const [english, arabic, french] = [en, ar, fr].map((reader) => sitrepOf(real, reader));
    const shape = ({ sections }: SitrepText) =>
      sections.map(({ id, blocks }) => [id, blocks.map(({ kind }) => kind)]);
    expect(shape(arabic!)).toEqual(shape(english!));
    expect(shape(french!)).toEqual(shape(english!));
    // What a source calls its total is quoted as it is.
    const own = sitrepLines(arabic!)
      .join('\n')
      .replaceAll(/«[^»]*»/g, '');
    expect(own).not.toMatch(/[0-9]/);
    for (const text of [english!, arabic!, french!]) {
      expect(sitrepLines(text).join('\n')).not.toMatch(/undefined|null|\[object|\{/);
    }
  });
});

describe('a report is handed on, so no plan goes with it', () => {
  const underWayStop = (arrivedOn: string): WrittenRecord => [
    'stop',
    { convoy: 'going', localities: ['secret'], arrivedOn, peopleReached: { q: '=', n: 7_777 } },
  ];
  const underWay = (convoy: Record<string, unknown>, more: Record<string, WrittenRecord> = {}) =>
    buildAccess(
      datasetOf({
        ...WRITTEN,
        going: ['convoy', convoy],
        goingStop: [
          'stop',
          { convoy: 'going', localities: ['secret'], peopleReached: { q: '=', n: 7_777 } },
        ],
        taken: ['itemLine', { convoy: 'going', item: 'secret thing', stage: 'removed' }],
        shot: ['incident', { convoy: 'going', localities: ['secret'], date: '2016-06-28' }],
        ...more,
      }),
    );
  const said = (records: AccessRecords, options: Partial<SitrepOptions> = {}): string =>
    sitrepLines(sitrepOf(records, en, options)).join('\n');

  test('a convoy on the road is in none of it, whatever its status says', () => {
    const convoy = { status: 'delivered', date: '2016-06-28' };
    expect(said(underWay(convoy))).toContain('Secret');
    const hidden = said(
      underWay(convoy, { move: ['movement', { convoy: 'going', onTheRoad: true }] }),
    );
    expect(hidden).not.toMatch(/secret|7,777/i);
    expect(hidden).toContain('Convoys that are still under way are left out of this report.');
    const released = { convoy: 'going', onTheRoad: true, released: true };
    expect(said(underWay(convoy, { move: ['movement', released] }))).toContain('Secret');
  });

  test('a convoy that came to an end yesterday is not, until all are back or it was let go', () => {
    const convoy = { status: 'delivered', date: '2016-06-28' };
    const move = (values: Record<string, unknown>): Record<string, WrittenRecord> => ({
      move: ['movement', { convoy: 'going', ...values }],
    });
    const yesterday = { today: dayOf(2016, 6, 29) };
    expect(said(underWay(convoy), yesterday)).not.toMatch(/secret|7,777/i);
    expect(said(underWay(convoy, move({ onTheRoad: false })), yesterday)).toContain('Secret');
    expect(said(underWay(convoy, move({ released: true })), yesterday)).toContain('Secret');
    expect(said(underWay(convoy), { today: dayOf(2016, 6, 30) })).toContain('Secret');
    // It left long ago and unloaded today.
    const slow = { goingStop: underWayStop('2016-06-29') };
    const left = { status: 'delivered', date: '2016-06-20' };
    expect(said(underWay(left, slow), yesterday)).not.toMatch(/secret|7,777/i);
  });

  test('requests are told of months that are over, and of no other', () => {
    const plan = (period: string): Record<string, WrittenRecord> => ({
      plan: ['accessRequest', { period, submittedOn: '2016-05-20', answeredOn: '2016-05-25' }],
      line: [
        'requestLine',
        {
          request: 'plan',
          locality: 'secret',
          peopleRequested: { q: '=', n: 4_321 },
          outcome: 'approved_in_full',
        },
      ],
    });
    const told = (period: string, options: Partial<SitrepOptions> = {}): string =>
      said(buildAccess(datasetOf({ ...WRITTEN, ...plan(period) })), options);
    expect(told('2016-06', { asOf: dayOf(2016, 6, 30) })).toContain('4,321');
    for (const open of ['2016-06', '2016-06-05', '2016-07', '2016-06/2016-08']) {
      const report = told(open);
      expect(report).not.toMatch(/4,321|approved|answer/i);
      expect(report).toContain('No request for access of a period that is over is on our record.');
    }
    const onTheLastDay = { asOf: dayOf(2016, 6, 30), today: dayOf(2016, 6, 30) };
    expect(told('2016-06', onTheLastDay)).not.toContain('4,321');
  });

  test('a convoy without an end is not either, however long ago: the server keeps it too', () => {
    expect(said(underWay({ status: 'at_checkpoint', date: '2016-06-28' }))).not.toMatch(/secret/i);
    expect(said(underWay({ status: 'planned', date: '2016-07-03' }))).not.toMatch(/secret/i);
    expect(said(underWay({ status: 'at_checkpoint', date: '2016-06-10' }))).not.toMatch(/secret/i);
  });
});

test('a refusal is named with who, where and why, as far as that is recorded', () => {
  const lines = sitrepLines(sitrepOf(buildAccess(datasetOf(WRITTEN)), en));
  expect(lines).toContain(
    'From 1 June 2016 to 29 June 2016, 1 convoy ended without a delivery on our record.',
  );
  expect(lines).toContain(
    '• Arbin, 12 June 2016: turned back; refused by a & b; at the last checkpoint; restrictions on movement within the country.',
  );
});

test('stops with numbers of their own keep them: nothing is added up or split', () => {
  const people = (n: number) => ({ q: '=', n });
  const records = buildAccess(
    datasetOf({
      ...WRITTEN,
      two: ['convoy', { status: 'delivered', date: '2016-06-20' }],
      first: [
        'stop',
        { convoy: 'two', order: 1, localities: ['arbin'], peopleReached: people(500) },
      ],
      second: [
        'stop',
        { convoy: 'two', order: 2, localities: ['secret'], peopleIntended: people(700) },
      ],
    }),
  );
  expect(sitrepLines(sitrepOf(records, en))).toContain(
    '• Arbin and Secret <place>, 20 June 2016: delivered; Arbin: 500 people reached and Secret <place>: 700 people intended.',
  );
});

test('under a lens, what does not match is left out and what may match is possible', () => {
  const records = buildAccess(datasetOf(WRITTEN));
  const text = sitrepLines(sitrepOf(records, en, { lens: { sector: 'FSC' } })).join('\n');
  expect(text).toContain(
    'no convoy surely delivered on our record. 1 more convoy is possible only',
  );
  expect(text).toContain('Deliveries, waits and coverage are of food deliveries only');
});

describe('HTML to paste', () => {
  test('is escaped, and has its language and direction', () => {
    const html = sitrepHtml(sitrepOf(buildAccess(datasetOf(WRITTEN)), en));
    expect(html).toMatch(/^<article lang="en" dir="ltr"><h1>Humanitarian access, /);
    expect(html).toContain('refused by a &amp; b');
    expect(html).not.toMatch(/<(?!\/?(article|h1|h2|section|p|ul|li|bdi)\b)/);
  });

  test('sets names and ranges apart where the script runs from right to left', () => {
    const html = sitrepHtml(sitrepOf(real, ar));
    expect(html).toMatch(/^<article lang="ar" dir="rtl">/);
    expect(html).toContain('<bdi>داريا</bdi>');
    expect(html).toContain('<bdi dir="rtl">٣٦–٣٩</bdi>');
    expect(html).not.toMatch(/[\u2066-\u2069]/);
    const open = html.match(/<bdi/g)?.length;
    expect(html.match(/<\/bdi>/g)).toHaveLength(open ?? -1);
    expect(sitrepLines(sitrepOf(real, ar)).join()).not.toMatch(/[\u2066-\u2069]/);
  });
});

test('of any history, each language has a report of the same shape without a hole', () => {
  fc.assert(
    fc.property(historySteps(20), historyDay, historyDay, anyLens, (steps, a, b, lens) => {
      const [since, asOf] = a < b ? [a, b] : [b, a];
      const records = buildAccess(recordsAfter(steps));
      const shapes = [en, ar, fr].map((reader) => {
        const text = sitrepOf(records, reader, { since, asOf, lens });
        expect(sitrepLines(text).join('\n')).not.toMatch(/undefined|null|NaN|Infinity|\[object|\{/);
        return text.sections.map(({ id, blocks }) => [id, blocks.map(({ kind }) => kind)]);
      });
      expect(shapes[1]).toEqual(shapes[0]);
      expect(shapes[2]).toEqual(shapes[0]);
    }),
    { numRuns: 100 },
  );
});
