import * as v from 'valibot';
import { expect, test } from 'vitest';
import { laterOf, transportOver } from './transport.ts';

const answering = (body: BodyInit | null, status = 200) =>
  transportOver(() => Promise.resolve(new Response(body, { status }))).post(
    '/',
    undefined,
    {},
    v.object({ says: v.string() }),
  );

test('an answer comes whole, in whatever pieces; cut short, it is none', async () => {
  const bytes = new TextEncoder().encode(JSON.stringify({ says: 'عربين' }));
  const inPieces = (whole: Uint8Array<ArrayBuffer>) =>
    new ReadableStream<Uint8Array>({
      start: (controller) => {
        for (const byte of whole) controller.enqueue(Uint8Array.of(byte));
        controller.close();
      },
    });
  expect(await answering(inPieces(bytes))).toEqual({ type: 'answer', body: { says: 'عربين' } });
  expect(await answering(inPieces(bytes.slice(0, -1)))).toEqual({ type: 'offline' });
});

test('what a proxy refuses for its size is known by the status alone', async () => {
  expect(await answering('<h1>Request Entity Too Large</h1>', 413)).toEqual({
    type: 'refused',
    code: 'too_large',
  });
  expect(await answering('<h1>Bad Gateway</h1>', 502)).toEqual({ type: 'offline' });
});

const NOW = Date.parse('2016-06-29T10:00:00Z');

test.each([
  ['absent', null, {}],
  ['seconds', '30', { waitMs: 30_000 }],
  ['a date', 'Wed, 29 Jun 2016 10:01:00 GMT', { waitMs: 60_000 }],
  ['a date that is over', 'Wed, 29 Jun 2016 09:00:00 GMT', {}],
  ['nothing to wait for', '0', {}],
  ['no number and no date', 'soon', {}],
  ['longer than is believed', '999999999', { waitMs: 3_600_000 }],
])('Retry-After, %s', (_, header, expected) => {
  expect(laterOf(header, NOW)).toEqual(expected);
});
