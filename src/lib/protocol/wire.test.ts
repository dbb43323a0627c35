import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { LIMITS } from './limits.ts';
import * as wire from './wire.ts';
import * as people from './wire-people.ts';
import * as records from './wire-records.ts';

const push = {
  epoch: 'e1',
  replica: 'r1',
  from: 1,
  envelopes: ['AAAA'],
  cursors: { log: { seq: 0, id: '' } },
  schema: 1,
};

describe('what comes over the wire is checked before use', () => {
  test('a push', () => {
    expect(v.is(wire.pushRequest, push)).toBe(true);
    expect(v.is(wire.pushRequest, { ...push, cursors: undefined })).toBe(true);
  });

  test.each([
    ['numbers start at 1', { from: 0 }],
    ['a number is whole', { from: 1.5 }],
    ['an envelope is base64url', { envelopes: ['a+b/'] }],
    [
      'a push has a bounded number of envelopes',
      { envelopes: Array(LIMITS.envelopesInPush + 1).fill('A') },
    ],
    ['an envelope has a bounded size', { envelopes: ['A'.repeat(LIMITS.envelopeBytes * 2)] }],
    ['an id is short and plain', { replica: 'x'.repeat(65) }],
    ['an id is short and plain', { epoch: "'; drop table groups" }],
    ['a cursor is not negative', { cursors: { log: { seq: -1, id: '' } } }],
  ])('not a push: %s', (_, change) => {
    expect(v.is(wire.pushRequest, { ...push, ...change })).toBe(false);
  });

  test('an enrolment has keys of a bounded size', () => {
    const request = { token: 't', signKey: 'A'.repeat(87), sealKey: 'A'.repeat(87) };
    expect(v.is(wire.enrolRequest, request)).toBe(true);
    expect(v.is(wire.enrolRequest, { ...request, signKey: 'A'.repeat(200) })).toBe(false);
    expect(v.is(wire.enrolRequest, { ...request, name: 'n'.repeat(201) })).toBe(false);
  });

  test('an invite lasts 1 to 90 days, for a role that exists', () => {
    const invite = { role: 'logger', name: 'Hala', days: 7 };
    expect(v.is(people.inviteRequest, invite)).toBe(true);
    expect(v.is(people.inviteRequest, { further: true, days: 1 })).toBe(true);
    expect(v.is(people.inviteRequest, { ...invite, days: 91 })).toBe(false);
    expect(v.is(people.inviteRequest, { ...invite, role: 'root' })).toBe(false);
  });

  test('anything at all is accepted or refused, never a throw', () => {
    const schemas = [
      wire.pushRequest,
      wire.pullRequest,
      wire.enrolRequest,
      wire.renewRequest,
      ...Object.values(people),
      ...Object.values(records),
    ];
    fc.assert(
      fc.property(fc.constantFrom(...schemas), fc.jsonValue(), (schema, value) => {
        expect(typeof v.safeParse(schema, value).success).toBe('boolean');
      }),
    );
  });
});
