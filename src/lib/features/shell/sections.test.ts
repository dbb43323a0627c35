import { describe, expect, test } from 'vitest';
import { barFor, sectionsFor, underMore } from './sections.ts';

const ROLES = ['observer', 'logger', 'coordinator', 'owner'] as const;

describe('sections', () => {
  test('plans are never offered to loggers and observers', () => {
    const withPlans = ROLES.filter((role) =>
      sectionsFor(role).some(({ section }) => section === 'requests'),
    );
    expect(withPlans).toEqual(['coordinator', 'owner']);
  });

  test.each(ROLES)(
    'a phone of %s shows five at most, and reaches every other under more',
    (role) => {
      const bar = barFor(role);
      expect(bar.length).toBeLessThanOrEqual(5);
      expect(bar.at(-1)?.section).toBe('more');
      const reached = [...bar, ...underMore(role)].map(({ section }) => section).sort();
      expect(reached).toEqual(
        sectionsFor(role)
          .map(({ section }) => section)
          .sort(),
      );
    },
  );
});
