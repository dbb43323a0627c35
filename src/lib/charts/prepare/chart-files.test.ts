import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import Papa from 'papaparse';
import { NOTHING_HELD, released } from '../../../../tests/support/released.ts';
import { chartToCsv, chartToText } from './chart-csv.ts';
import { chartToSvg } from './chart-svg.ts';
import { cell } from './chart.ts';
import { type Token, TOKENS } from './looks.ts';
import { diamond, line, rect, text } from './scene.ts';
import { roughWidth } from './timeline-input.ts';

const CHART = released({
  basis: NOTHING_HELD,
  kind: 'places',
  asOf: 16_981,
  finding: 'Arbin & Zamalka: "nearly 4 years" <without>',
  caveats: ['Hatching is unknown.', 'Dotted: nothing on our record.'],
  source: 'Records to 29 June 2016.',
  table: {
    columns: [{ title: 'place' }, { title: 'wait', isNumber: true }],
    rows: [{ cells: [cell('Arbin'), cell('1,307–1,336 days', '1307-1336')], records: ['c1'] }],
  },
  draw: ({ width, rightToLeft }) => ({
    width,
    height: 50,
    rightToLeft,
    shapes: [
      line('gap', [0, 10], [50, 10], 3),
      rect('unknown', [0, 20], 50, 4),
      diamond([10, 10], 4),
      { kind: 'path', look: 'land', d: 'M0 0L1 1' },
      text('second', 'عربين', [5, 5], { lang: 'ar', anchor: 'end' }),
    ],
    targets: [],
  }),
});
const palette = Object.fromEntries(
  TOKENS.map((token, index) => [token, `#0000${String(index + 10)}`]),
) as Record<Token, string>;
const OPTIONS = {
  width: 300,
  rightToLeft: false,
  measure: roughWidth,
  palette,
  fonts: 'system-ui, "Noto Sans"',
  language: 'en',
};

/** Every element that is opened is closed, in order; a reader of XML would stop otherwise. */
function isWellFormed(xml: string): boolean {
  const open: string[] = [];
  for (const [, close, name, self] of xml.matchAll(
    /<(\/?)([a-zA-Z]+)(?:\s[\w:-]+="[^"<>]*")*(\/?)>/g,
  )) {
    if (self === '/') continue;
    if (close === '/') {
      if (open.pop() !== name) return false;
    } else open.push(name ?? '');
  }
  return open.length === 0;
}

describe('a chart as SVG', () => {
  const svg = chartToSvg(CHART, OPTIONS);

  test('stands by itself: colours, fonts, title and description are in it', () => {
    expect(svg).not.toMatch(/var\(|class=|style=|<script|href|@import/);
    expect(svg).toContain(`stroke="${palette.ink}"`);
    expect(svg).toContain('url(#hatch-band)');
    expect(svg).toContain('<pattern id="hatch-band"');
    expect(svg).toContain('font-family="system-ui, &quot;Noto Sans&quot;"');
    expect(svg).toContain('<title id="title">Arbin &amp; Zamalka');
    expect(svg).toContain('Hatching is unknown. Dotted: nothing on our record. Records to');
  });

  test('is well-formed whatever the records hold', () => {
    expect(isWellFormed(svg)).toBe(true);
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (words) => {
        const chart = { ...CHART, finding: words, caveats: [words], source: words };
        const drawn = chartToSvg(chart, OPTIONS);
        expect(isWellFormed(drawn)).toBe(true);

        expect(drawn).not.toMatch(/[\u0000-\u0008]/);
      }),
    );
  });

  test('in Arabic its texts begin at the right', () => {
    const arabic = chartToSvg(CHART, { ...OPTIONS, rightToLeft: true, language: 'ar' });
    expect(arabic).toContain('direction="rtl"');
    expect(arabic).toContain('<text x="300"');
  });
});

describe('a chart as CSV and as text', () => {
  test('what a file needs stands in its cells, and finding, caveats and source below', () => {
    expect(chartToCsv(CHART)).toBe(
      [
        '\uFEFFplace,wait',
        'Arbin,1307-1336',
        '',
        '"Arbin & Zamalka: ""nearly 4 years"" <without>"',
        'Hatching is unknown.',
        'Dotted: nothing on our record.',
        'Records to 29 June 2016.',
        '',
      ].join('\r\n'),
    );
  });

  test('no cell begins like a formula, and every other is read back as it was', () => {
    fc.assert(
      fc.property(fc.array(fc.string(), { minLength: 1, maxLength: 4 }), (cells) => {
        const table = {
          columns: cells.map(() => ({ title: 'x' })),
          rows: [{ cells: cells.map((each) => cell(each)), records: [] }],
        };
        const csv = chartToCsv({ ...CHART, table }).slice(1);
        const read = Papa.parse<string[]>(csv, { newline: '\r\n' }).data[1] ?? [];
        cells.forEach((each, index) => {
          expect(read[index]).not.toMatch(/^[=+\-@\t\r]/);
          expect(read[index]).toBe(/^[=+\-@\t\r]/.test(each) ? `'${each}` : each);
        });
      }),
    );
  });

  test('copied text never goes without its caveats and its source', () => {
    expect(chartToText(CHART).split('\n')).toEqual([
      CHART.finding,
      'Hatching is unknown. Dotted: nothing on our record.',
      'Records to 29 June 2016.',
    ]);
  });
});
