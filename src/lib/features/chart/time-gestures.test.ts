import { describe, expect, test } from 'vitest';
import type { Target } from '#lib/charts/prepare/scene.ts';
import { neighbourOf, targetAt } from './targets.ts';
import { type GestureView, TimeGestures, windowAfterKey } from './time-gestures.ts';

const VIEW: GestureView = {
  window: { from: 1_000, to: 1_400 },
  whole: { from: 0, to: 2_000 },
  left: 100,
  width: 400,
  rightToLeft: false,
};

describe('a pointer on the time line', () => {
  test('a drag moves time with the finger, mirrored right to left', () => {
    for (const [rightToLeft, from] of [
      [false, 950],
      [true, 1_050],
    ] as const) {
      const gestures = new TimeGestures(() => ({ ...VIEW, rightToLeft }));
      gestures.down(1, 200, 50);
      expect(gestures.move(1, 250, 50)).toEqual({ from, to: from + 400 });
      expect(gestures.isDragged).toBe(true);
    }
  });

  test('a trembling finger is a tap, and the next tap is none of the drag before it', () => {
    const gestures = new TimeGestures(() => VIEW);
    gestures.down(1, 200, 50);
    expect(gestures.move(1, 203, 52)).toBeUndefined();
    expect(gestures.isDragged).toBe(false);
    gestures.move(1, 240, 50);
    gestures.up(1);
    expect(gestures.isDragged).toBe(true);
    gestures.down(1, 200, 50);
    expect(gestures.isDragged).toBe(false);
  });

  test('two fingers apart show less time, around where they are', () => {
    const gestures = new TimeGestures(() => VIEW);
    gestures.down(1, 250, 50);
    gestures.down(2, 350, 50);
    gestures.move(1, 200, 50);
    expect(gestures.move(2, 400, 50)).toEqual({ from: 1_100, to: 1_300 });
    gestures.up(2);
    expect(gestures.move(3, 0, 0)).toBeUndefined();
  });

  test('a wheel zooms with Ctrl, pans sideways, and is left to scrolling otherwise', () => {
    const gestures = new TimeGestures(() => VIEW);
    expect(gestures.wheel(300, 0, 100, false)).toBeUndefined();
    expect(gestures.wheel(300, 100, 0, false)).toEqual({ from: 1_100, to: 1_500 });
    expect(gestures.wheel(300, 0, -200, true)?.from).toBeGreaterThan(1_000);
  });
});

describe('keys on the time line', () => {
  test('arrows move a tenth, in the direction in which time is read', () => {
    expect(windowAfterKey('ArrowRight', VIEW)).toEqual({ from: 1_040, to: 1_440 });
    const arabic = { ...VIEW, rightToLeft: true };
    expect(windowAfterKey('ArrowRight', arabic)).toEqual({ from: 960, to: 1_360 });
    expect(windowAfterKey('+', VIEW)).toEqual({ from: 1_200, to: 1_400 });
    expect(windowAfterKey('0', VIEW)).toEqual(VIEW.whole);
    expect(windowAfterKey('ArrowUp', VIEW)).toBeUndefined();
  });
});

describe('parts of a chart', () => {
  const part = (id: string, x: number, y: number, size = 10): Target => ({
    id,
    label: id,
    records: [],
    x,
    y,
    width: size,
    height: size,
  });
  const grid = [part('a', 0, 0), part('b', 20, 0), part('c', 0, 20), part('d', 20, 20)];

  test('arrows go to the part that lies there', () => {
    const from = grid[0]!;
    expect(neighbourOf(grid, from, 'right').id).toBe('b');
    expect(neighbourOf(grid, from, 'down').id).toBe('c');
    expect(neighbourOf(grid, from, 'left').id).toBe('a');
  });

  test('the smallest part under a finger is meant', () => {
    expect(targetAt([part('row', 0, 0, 100), ...grid], 5, 5)?.id).toBe('a');
    expect(targetAt(grid, 15, 5)).toBeUndefined();
  });
});
