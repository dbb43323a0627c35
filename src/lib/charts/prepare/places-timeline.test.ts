import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dayOf, type Span } from '#lib/domain/dates/day.ts';
import { monthCells, monthsBefore } from './month-cells.ts';
import { placesFoot } from './places-foot.ts';
import {
  layoutPlaces,
  orderPlaces,
  type PlaceLine,
  type PlacesOptions,
  rowsBetween,
} from './places-layout.ts';
import {
  placesBody,
  placesColumns,
  placesHead,
  placesTargets,
  placesTime,
  type PlacesView,
  timeLeft,
} from './places-timeline.ts';
import { merged } from './merged.ts';
import { diamond, line, rect, type Scene, type Shape, text, type TextShape } from './scene.ts';
import { roughWidth } from './timeline-input.ts';

const AS_OF = dayOf(2016, 6, 29);
const on = (year: number, month: number, day: number): Span => {
  const only = dayOf(year, month, day);
  return { earliest: only, latest: only };
};
const MONTHS = monthsBefore(AS_OF, 6);

function place(id: string, given: Partial<PlaceLine> = {}): PlaceLine {
  const deliveries = given.input?.deliveries ?? [];
  return {
    id,
    name: { text: id },
    other: null,
    input: {
      asOf: AS_OF,
      deliveries,
      refusals: [],
      gaps: [],
      statuses: [],
      milestones: [],
      unknownLabel: '',
    },
    wait: '60 days',
    label: `${id}: 60 days`,
    waitDays: 60,
    isRanked: true,
    status: 'besieged',
    area: '',
    months: monthCells({ deliveries, refusals: [], recordsSince: null }, MONTHS, AS_OF),
    records: [],
    ...given,
  };
}

const OPTIONS: PlacesOptions = {
  asOf: AS_OF,
  width: 1_200,
  rightToLeft: false,
  measure: roughWidth,
};
const VIEW: PlacesView = {
  window: { from: dayOf(2014, 1, 1), to: AS_OF },
  milestones: [{ date: on(2016, 2, 27), label: 'cessation of hostilities' }],
  tag: 'en-GB-u-ca-gregory-nu-latn',
  number: String,
  waitTitle: 'wait',
};
const texts = ({ shapes }: Scene): TextShape[] =>
  shapes.filter((shape): shape is TextShape => shape.kind === 'text');
const wordsOf = (scene: Scene): string[] => texts(scene).map((shape) => shape.text);
const looks = ({ shapes }: Scene, look: string) => shapes.filter((shape) => shape.look === look);

describe('the time line of all places', () => {
  test('on a phone no name, no other name and no wait reaches into the column of time', () => {
    const lines = [
      place('Kherbet Elma-Qulei’at al-Sharqiyah (Upper Quarter)', {
        other: { text: 'خربة الماء – القليعات الشرقية (الحي الأعلى)', lang: 'ar' },
        wait: '1,126–1,156 days',
      }),
    ];
    for (const rightToLeft of [false, true]) {
      const options = { ...OPTIONS, width: 328, rightToLeft };
      const layout = layoutPlaces(lines, options);
      const row = layout.rows[0]!;
      expect(row.otherLines.join(' ')).toBe(lines[0]?.other?.text);
      expect(row.waitLines).toEqual(['1,126–1,156', 'days']);
      const columns = placesColumns(layout, String, { from: 0, to: layout.height });
      const [from, to] = [timeLeft(layout), timeLeft(layout) + layout.timeWidth];
      for (const shape of columns) {
        if (shape.kind !== 'text') continue;
        const width = roughWidth(shape.text, shape.size, shape.isBold ?? false);
        const isLeft = (shape.anchor === 'start') !== rightToLeft;
        const [start, end] = isLeft ? [shape.x, shape.x + width] : [shape.x - width, shape.x];
        expect(end <= from + 1 || start >= to - 1, shape.text).toBe(true);
        expect(shape.y).toBeLessThan(row.height);
      }
    }
  });

  test('a delivery that several places share is tied between neighbouring rows only', () => {
    const shared = [{ id: '1', date: on(2016, 3, 1), people: 20_000, shared: 'one figure' }];
    const alone = [{ id: '1', date: on(2016, 3, 1), people: 20_000 }];
    const lines = ['Arbin', 'Zamalka', 'Duma'].map((id, index) =>
      place(id, { input: { ...place(id).input, deliveries: index < 2 ? shared : alone } }),
    );
    const tiesOf = (order: readonly PlaceLine[]) =>
      looks(placesBody(layoutPlaces(order, OPTIONS), VIEW), 'tie');
    expect(tiesOf(lines)).toHaveLength(1);
    expect(tiesOf([lines[0]!, lines[2]!, lines[1]!])).toHaveLength(0);
  });

  test('a place without any delivery on record has a dotted line and words, never a number', () => {
    const none = place('Jisrein', { waitDays: null, wait: 'none on our record' });
    const scene = placesBody(layoutPlaces([none], OPTIONS), VIEW);
    expect(looks(scene, 'dotted')).toHaveLength(1);
    expect(looks(scene, 'gap')).toHaveLength(0);
    expect(looks(scene, 'cellUnknown')).toHaveLength(6);
    expect(wordsOf(scene).join(' ')).toBe('Jisrein none on our record');
  });

  test('a name wraps and makes its row higher; nothing of it is left out', () => {
    const name = 'Kherbet Elma-Qulei’at al-Sharqiyah Upper Quarter of the Old Town';
    const layout = layoutPlaces([place('1', { name: { text: name } }), place('2')], OPTIONS);
    expect(layout.rows[0]?.height).toBeGreaterThan(30);
    expect(layout.rows[1]?.top).toBe(layout.rows[0]?.height);
    expect(layout.rows[0]?.nameLines.join(' ')).toBe(name);
  });

  test('the head names years, milestones and months; a milestone of a range has both its days', () => {
    const layout = layoutPlaces([place('Duma')], OPTIONS);
    const words = wordsOf(placesHead(layout, VIEW));
    for (const word of ['2014', '2015', '2016', 'cessation of hostilities', 'Jan', 'Jun', 'wait']) {
      expect(words).toContain(word);
    }
    const range = { earliest: dayOf(2016, 2, 1), latest: dayOf(2016, 2, 29) };
    const ranged = { ...VIEW, milestones: [{ date: range, label: 'February' }] };
    const lines = looks(placesHead(layout, ranged), 'milestone');
    const verticals = lines.filter((line) => line.kind === 'line' && line.x1 === line.x2);
    expect(verticals).toHaveLength(2);
  });

  test('months are named by a letter where one of their names has no room', () => {
    const wide = { ...OPTIONS, measure: (text: string) => text.length * 20 };
    const words = wordsOf(placesHead(layoutPlaces([place('Duma')], wide), VIEW));
    expect(words).not.toContain('Jan');
    expect(words).toContain('J');
  });

  test('the foot counts certain and possible places apart, and no record is no count of none', () => {
    const inMay = [{ id: '1', date: on(2016, 5, 2), people: null }];
    const mayOrJune = { earliest: dayOf(2016, 5, 28), latest: dayOf(2016, 6, 3) };
    const some = [{ id: '2', date: mayOrJune, people: null }];
    const lines = [inMay, some].map((deliveries, index) =>
      place(String(index), {
        months: monthCells({ deliveries, refusals: [], recordsSince: null }, MONTHS, AS_OF),
      }),
    );
    const words = { title: 'with a delivery', possibly: 'possibly', number: String };
    const foot = wordsOf(placesFoot(layoutPlaces(lines, OPTIONS), words));
    expect(foot.filter((word) => word === '–')).toHaveLength(5);
    expect(foot.filter((word) => word === '1')).toHaveLength(1);
    expect(foot.filter((word) => word === '+1')).toHaveLength(2);
    expect(foot).not.toContain('0');
  });

  test('right to left everything is mirrored but the order of drawing', () => {
    const deliveries = [{ id: '1', date: on(2015, 3, 1), people: 5_000 }];
    const lines = [place('Duma', { input: { ...place('Duma').input, deliveries } })];
    const [ltr, rtl] = [false, true].map((rightToLeft) =>
      placesBody(layoutPlaces(lines, { ...OPTIONS, rightToLeft }), VIEW),
    );
    expect(rtl?.shapes.map(({ look }) => look)).toEqual(ltr?.shapes.map(({ look }) => look));
    ltr?.shapes.forEach((shape, index) => {
      const other = rtl?.shapes[index];
      if (shape.kind === 'rect' && other?.kind === 'rect') {
        expect(other.x).toBeCloseTo(1_200 - shape.x - shape.width);
      }
      if (shape.kind === 'text' && other?.kind === 'text') {
        expect(other.x).toBeCloseTo(1_200 - shape.x);
        expect(other.anchor).toBe(shape.anchor);
      }
    });
  });

  test('zoomed in, no mark is drawn outside the column of time', () => {
    const layout = layoutPlaces([place('Duma')], OPTIONS);
    const left = timeLeft(layout);
    const right = left + layout.timeWidth;
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 800 }),
        fc.integer({ min: 60, max: 900 }),
        (at, days) => {
          const from = VIEW.window.from + at;
          const window = { from, to: Math.min(AS_OF, from + days) };
          const deliveries = Array.from({ length: 20 }, (_, index) => {
            const day = VIEW.window.from + index * 45;
            return { id: String(index), date: { earliest: day, latest: day + 20 }, people: 900 };
          });
          const line = place('Duma', { input: { ...place('Duma').input, deliveries } });
          const scene = placesBody(layoutPlaces([line], OPTIONS), { ...VIEW, window });
          for (const shape of looks(scene, 'delivery')) {
            if (shape.kind !== 'rect') continue;
            expect(shape.x + (shape.radius ?? 0)).toBeGreaterThanOrEqual(left - 0.01);
            expect(shape.x + shape.width - (shape.radius ?? 0)).toBeLessThanOrEqual(right + 0.01);
          }
        },
      ),
    );
  });
});

describe('rows on the screen', () => {
  test('exactly those of which anything lies between two heights', () => {
    const names = fc.array(fc.string({ maxLength: 60 }), { minLength: 1, maxLength: 80 });
    fc.assert(
      fc.property(
        names,
        fc.integer({ min: -100, max: 3_000 }),
        fc.nat(900),
        (all, from, height) => {
          const lines = all.map((name, index) => place(String(index), { name: { text: name } }));
          const layout = layoutPlaces(lines, OPTIONS);
          const expected = layout.rows.filter(
            (row) => row.top + row.height > from && row.top < from + height,
          );
          expect(rowsBetween(layout, from, from + height)).toEqual(expected);
        },
      ),
    );
  });

  test('only these are drawn, and every row can be chosen all the same', () => {
    const lines = Array.from({ length: 300 }, (_, index) => place(String(index)));
    const layout = layoutPlaces(lines, OPTIONS);
    const shapes = placesColumns(layout, String, { from: 900, to: 1_500 });
    expect(shapes.filter(({ look }) => look === 'rule')).toHaveLength(20);
    expect(placesBody(layout, VIEW).height).toBe(9_000);
    expect(placesTargets(layout)).toHaveLength(300);
  });
});

describe('the order of places', () => {
  const compare = (a: string, b: string): number => a.localeCompare(b, 'en');
  const lines = [
    place('b', { waitDays: 10, status: 'hard_to_reach', area: 'Ghouta' }),
    place('c', { waitDays: 90, isRanked: false, status: 'accessible' }),
    place('a', { waitDays: 10, area: 'Idleb' }),
    place('d', { waitDays: null }),
    place('e', { waitDays: 99, area: 'Ghouta' }),
  ];
  test.each([
    ['wait', 'eabdc'],
    ['status', 'eadbc'],
    ['area', 'ebadc'],
    ['name', 'abcde'],
  ] as const)('by %s', (order, expected) => {
    const ordered = orderPlaces(lines, order, compare);
    expect(ordered.map(({ id }) => id).join('')).toBe(expected);
  });
});

describe('merged for drawing', () => {
  const bars = [
    rect('hollow', [0, 0], 8, 8, 4),
    rect('delivery', [2, 2], 6.5, 6.5, 3.25),
    rect('delivery', [0, 0], 20, 20, 10),
    line('gap', [0, 0], [10, 0], 1.5),
    line('gap', [0, 5], [10, 5], 3),
    text('text', '43 months', [0, 0]),
    diamond([5, 5], 4.5),
  ];

  test('one path of a look, in the order of drawing: small discs after rings, refusals last', () => {
    const order = merged(bars).map((shape) => `${shape.kind} ${shape.look}`);
    expect(order).toEqual([
      'path gap',
      'path gap',
      'text text',
      'path delivery',
      'path hollow',
      'path delivery',
      'path refusal',
    ]);
  });

  test('nothing is lost: every mark is a part of its path', () => {
    const layout = layoutPlaces([place('Duma'), place('Madaya')], OPTIONS);
    const shapes = placesTime(layout, VIEW, { from: 0, to: layout.height });
    const parts = (all: readonly Shape[]): number =>
      all.reduce((sum, one) => sum + (one.kind === 'path' ? one.d.split('M').length - 1 : 1), 0);
    expect(parts(merged(shapes))).toBe(shapes.length);
    expect(merged(shapes).length).toBeLessThan(shapes.length);
  });
});
