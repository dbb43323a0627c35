import { describe, expect, test } from 'vitest';
import { DAY, dayOf } from '../clock.ts';
import { decideRelease, type ConvoyStanding } from './release-rule.ts';

const NOW = Date.UTC(2016, 5, 29, 12);
const TODAY = dayOf(NOW);
const HOLD = 2 * DAY;
const fresh = { endedAt: null };
const ended: ConvoyStanding = {
  ended: true,
  lastDay: TODAY,
  onTheRoad: null,
  onTheRoadSaidAt: null,
  letGo: false,
};
const decide = (standing: ConvoyStanding, endedAt: number | null = null, now = NOW) =>
  decideRelease(standing, { endedAt }, now, HOLD).type;

describe('Movements: when a convoy goes to all members', () => {
  test('planned or on the way stays, whatever else is said', () => {
    const planned = { ...ended, ended: false, lastDay: TODAY - 400, onTheRoad: false, letGo: true };
    expect(decideRelease(planned, { endedAt: 1 }, NOW, HOLD)).toEqual({
      type: 'wait',
      endedAt: null,
      dueAt: null,
    });
  });

  test('at once when its date lies before yesterday', () => {
    expect(decide({ ...ended, lastDay: TODAY - 2 })).toBe('release');
    expect(decide({ ...ended, lastDay: TODAY - 1 })).toBe('wait');
    expect(decide({ ...ended, lastDay: TODAY })).toBe('wait');
    expect(decide({ ...ended, lastDay: TODAY + 10_000 })).toBe('wait');
    expect(decide({ ...ended, lastDay: null })).toBe('wait');
  });

  test('at once when the logger says that all are back', () => {
    expect(decide({ ...ended, onTheRoad: false })).toBe('release');
  });

  test('an older date does not release what is said to be still on the road', () => {
    expect(decide({ ...ended, lastDay: TODAY - 3, onTheRoad: true })).toBe('wait');
  });

  test('48 hours after the server received it, and not a moment before', () => {
    const waiting = decideRelease(ended, fresh, NOW, HOLD);
    expect(waiting).toEqual({ type: 'wait', endedAt: NOW, dueAt: NOW + HOLD });
    expect(decide({ ...ended, lastDay: null }, NOW, NOW + HOLD - 1)).toBe('wait');
    expect(decide({ ...ended, lastDay: null }, NOW, NOW + HOLD)).toBe('release');
  });

  test('48 hours after the server last heard that it is still on the road', () => {
    const onTheRoad = { ...ended, lastDay: TODAY - 9, onTheRoad: true, onTheRoadSaidAt: NOW + DAY };
    expect(decide(onTheRoad, NOW, NOW + HOLD)).toBe('wait');
    expect(decide(onTheRoad, NOW, NOW + HOLD + DAY)).toBe('release');
  });

  test('when a coordinator lets it go', () => {
    expect(decide({ ...ended, onTheRoad: true, letGo: true })).toBe('release');
  });
});
