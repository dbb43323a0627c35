import fc from 'fast-check';
import { expect, test } from 'vitest';
import { roughWidth } from './timeline-input.ts';
import { wrapText } from './wrap-text.ts';

test('no line of several words is too wide, and no word is lost', () => {
  const words = fc.array(fc.stringMatching(/^[a-z]{1,12}$/), { maxLength: 20 });
  fc.assert(
    fc.property(words, fc.integer({ min: 10, max: 400 }), (all, width) => {
      const lines = wrapText(all.join(' '), { width, size: 13 }, roughWidth);
      expect(lines.join(' ')).toBe(all.join(' '));
      for (const line of lines) {
        if (line.includes(' ')) expect(roughWidth(line, 13, false)).toBeLessThanOrEqual(width);
      }
    }),
  );
});
