import type { AccessStatusValue } from '#lib/domain/records/vocabularies.ts';
import type { Reader } from '#lib/statements/render.ts';
import type { DrawOptions } from './chart.ts';
import { markShape, WAIT_STEPS, waitLook } from './map.ts';
import { mirrored, type Scene, type Shape, text } from './scene.ts';

const SHAPES: readonly AccessStatusValue[] = [
  'besieged',
  'hard_to_reach',
  'evacuated',
  'accessible',
];
const LINE = 24;

/** The marks of the map, named: shapes by status, fills by days waited. */
export function mapKey({ language }: Reader, { width, rightToLeft, measure }: DrawOptions): Scene {
  const [first, second, third] = WAIT_STEPS;
  const fills = [
    { days: 0, words: language.t('map.under', { days: language.number(first) }) },
    { days: first, words: language.t('map.from', { days: language.number(first) }) },
    { days: second, words: language.t('map.from', { days: language.number(second) }) },
    { days: third, words: language.t('map.from', { days: language.number(third) }) },
    { days: null, words: language.t('chart.noDate') },
  ];
  const entries = [
    ...SHAPES.map((status) => ({
      words:
        status === 'accessible' ? language.t('map.otherStatus') : language.t(`status.${status}`),
      shape: (at: readonly [number, number]) => markShape('wait2', status, at, 6),
    })),
    ...fills.map(({ days, words }) => ({
      words,
      shape: (at: readonly [number, number]) =>
        markShape(waitLook(days === null ? null : [days, days]), 'accessible', at, 6),
    })),
  ];
  const shapes: Shape[] = [];
  let [x, y] = [0, LINE / 2];
  for (const { words, shape } of entries) {
    const needed = 20 + measure(words, 13, false);
    if (x > 0 && x + needed > width) [x, y] = [0, y + LINE];
    shapes.push(shape([x + 8, y]), text('second', words, [x + 20, y + 4.5]));
    x += needed + 16;
  }
  const scene = { width, height: y + LINE / 2, rightToLeft: false, shapes, targets: [] };
  return rightToLeft ? mirrored(scene) : scene;
}
