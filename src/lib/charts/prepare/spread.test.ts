import { describe, expect, test } from 'vitest';
import { prepareSpread } from './spread.ts';

describe('indicator 10: a spread is shown as a spread', () => {
  const values = [
    { label: '37', reports: 4 },
    { label: '38', reports: 1 },
  ];
  const none = { label: 'no number given', reports: 3 };

  test('one dot a report, those without a number apart and marked so', () => {
    const chart = prepareSpread(values, none, false);
    expect(chart.dots.filter((dot) => dot.isNumber)).toHaveLength(5);
    expect(chart.dots.filter((dot) => !dot.isNumber)).toHaveLength(3);
    expect(chart.labels.map((label) => label.text)).toEqual(['37', '38', 'no number given']);
    for (const dot of chart.dots) expect(dot.y).toBeGreaterThan(6);
  });

  test('right to left the least value stands on the right', () => {
    const chart = prepareSpread(values, none, true);
    expect(chart.labels[0]?.x).toBeGreaterThan(chart.labels[1]?.x ?? 0);
    expect(chart.labels[2]?.x).toBeGreaterThan(0);
  });

  test('with a number from every report there is no column for none', () => {
    expect(prepareSpread(values, { ...none, reports: 0 }, false).labels).toHaveLength(2);
  });
});
