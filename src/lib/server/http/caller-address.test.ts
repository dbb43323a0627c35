import { expect, test } from 'vitest';
import { callerAddress, readProxySettings } from './caller-address.ts';

const socket = { remoteAddress: '10.0.0.1' };
const from = (
  env: Readonly<Record<string, string>>,
  headers: Readonly<Record<string, string>> = {},
): string | null => callerAddress({ headers, socket }, readProxySettings(env));

test('with nobody between, the caller is who is connected, whatever he claims', () => {
  expect(from({}, { 'x-forwarded-for': '1.2.3.4' })).toBe('10.0.0.1');
});

test('behind proxies the address stands in their header, counted from its end', () => {
  const env = { ADDRESS_HEADER: 'X-Forwarded-For' };
  const headers = { 'x-forwarded-for': '6.6.6.6, 1.2.3.4 , 10.0.0.2' };
  expect(from(env, headers)).toBe('10.0.0.2');
  expect(from({ ...env, XFF_DEPTH: '2' }, headers)).toBe('1.2.3.4');
  expect(from({ ADDRESS_HEADER: 'x-real-ip' }, { 'x-real-ip': '1.2.3.4' })).toBe('1.2.3.4');
});

test('a proxy that does not say who calls is never taken for the caller', () => {
  expect(from({ ADDRESS_HEADER: 'x-forwarded-for' })).toBeNull();
  const short = { 'x-forwarded-for': '1.2.3.4' };
  expect(from({ ADDRESS_HEADER: 'x-forwarded-for', XFF_DEPTH: '2' }, short)).toBeNull();
  expect(from({ ADDRESS_HEADER: 'x-forwarded-for', XFF_DEPTH: '0' }, short)).toBeNull();
});
