import { expect, test } from 'vitest';
import { readSettings } from './settings.ts';

const HOUR = 3_600_000;

test('without any setting the server has sound defaults', () => {
  expect(readSettings({})).toMatchObject({
    folder: './data',
    databaseUrl: undefined,
    origin: 'http://localhost:3000',
    releaseAfter: 48 * HOUR,
  });
});

test('a senseless number of hours is the default, never "at once" or "never"', () => {
  for (const text of ['', ' ', 'soon', '-1', 'NaN', 'Infinity', '1e9']) {
    expect(readSettings({ CROSSLINE_RELEASE_HOURS: text }).releaseAfter).toBe(48 * HOUR);
  }
  expect(readSettings({ CROSSLINE_RELEASE_HOURS: '72' }).releaseAfter).toBe(72 * HOUR);
  expect(readSettings({ CROSSLINE_RELEASE_HOURS: '0' }).releaseAfter).toBe(0);
});

test('links begin with the origin, without a slash at its end', () => {
  expect(readSettings({ ORIGIN: 'https://aid.example/' }).origin).toBe('https://aid.example');
  expect(readSettings({ PORT: '8080' }).origin).toBe('http://localhost:8080');
});
