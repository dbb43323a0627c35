import { expect, test } from 'vitest';
import { tokenOfLink } from './invite-token.ts';

const TOKEN = 'x'.repeat(43);

test.each([
  ['a whole link', `https://crossline.example/join#${TOKEN}`, TOKEN],
  ['spaces of a message around it', `  https://a.example/join#${TOKEN}\n`, TOKEN],
  ['the token alone', TOKEN, TOKEN],
  ['a link without its token', 'https://crossline.example/join', null],
  ['a token cut short', 'https://crossline.example/join#abc', null],
  ['nothing', '', null],
])('%s', (_, text, expected) => {
  expect(tokenOfLink(text)).toBe(expected);
});
