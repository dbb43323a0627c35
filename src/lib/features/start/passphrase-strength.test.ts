import { expect, test } from 'vitest';
import { isStrongEnough } from './passphrase-strength.ts';

test.each([
  ['four words pass', 'copper lantern window river', true],
  ['four Arabic words pass', 'نهر نافذة فانوس نحاس', true],
  ['a long mixed text passes', 'Tr0ub4dor&3xyz!', true],
  ['a PIN is refused', '1234', false],
  ['a long PIN is refused', '12345678901234567890', false],
  ['an Arabic-Indic PIN is refused', '١٢٣٤٥٦٧٨٩٠١٢٣٤٥', false],
  ['three short words are refused', 'red red red', false],
  ['one letter again and again is refused', 'aaaaaaaaaaaaaaaaaaaa', false],
  ['one word four times is refused', 'abc abc abc abc', false],
  ['nothing is refused', '', false],
])('%s', (_, passphrase, expected) => {
  expect(isStrongEnough(passphrase)).toBe(expected);
});
