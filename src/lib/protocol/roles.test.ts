import { describe, expect, test } from 'vitest';
import { RECORD_KINDS, type RecordKind } from '#lib/domain/records/registry.ts';
import { may, mayRead, verbOfField, type Verb } from './rights.ts';
import { mayAct, mayInvite, ROLES } from './roles.ts';

const KINDS = Object.keys(RECORD_KINDS) as RecordKind[];
const VERBS: Verb[] = [
  'create',
  'edit',
  'own',
  'settle',
  'merge',
  'delete',
  'accept',
  'verify',
  'release',
];

describe('the table role × kind × verb', () => {
  test('an observer writes nothing', () => {
    for (const kind of KINDS) {
      for (const verb of VERBS) expect(may('observer', kind, verb)).toBe(false);
    }
  });

  test('a role may all that the role below it may', () => {
    for (const kind of KINDS) {
      for (const verb of VERBS) {
        const allowed = ROLES.map((role) => may(role, kind, verb));
        expect([kind, verb, allowed]).toEqual([kind, verb, [...allowed].sort()]);
      }
    }
  });

  test('a logger writes convoys, reports, statuses, incidents, places and movements', () => {
    const written = ['convoy', 'report', 'accessStatus', 'incident', 'locality', 'movement'];
    for (const kind of written) expect(may('logger', kind as RecordKind, 'create')).toBe(true);
    const others = ['accessRequest', 'requestLine', 'stop', 'population', 'milestone', 'operation'];
    for (const kind of others) expect(may('logger', kind as RecordKind, 'create')).toBe(false);
  });

  test('a logger never settles, merges, accepts, verifies or releases', () => {
    for (const kind of KINDS) {
      for (const verb of ['settle', 'merge', 'accept', 'verify', 'release'] as const) {
        expect(may('logger', kind, verb)).toBe(false);
      }
    }
  });

  test('a logger edits the reports of his own, and of nobody else', () => {
    expect(may('logger', 'report', 'own')).toBe(true);
    expect(may('logger', 'report', 'edit')).toBe(false);
  });

  test('a coordinator writes all but the operation itself', () => {
    for (const kind of KINDS) {
      expect(may('coordinator', kind, 'edit')).toBe(kind !== 'operation');
      expect(may('owner', kind, 'edit')).toBe(true);
    }
  });
});

test('fields with a right of their own', () => {
  expect(verbOfField('report', 'trucks')).toBeUndefined();
  expect(verbOfField('convoy', 'notes')).toBeUndefined();
  expect(verbOfField('convoy', '_created')).toBeUndefined();
  expect(verbOfField('convoy', 'status')).toBe('accept');
  expect(verbOfField('stop', 'outcome')).toBe('accept');
  expect(verbOfField('locality', 'verified')).toBe('verify');
  expect(verbOfField('movement', 'released')).toBe('release');
  expect(verbOfField('report', '_mergedInto')).toBe('merge');
  expect(verbOfField('report', '_deleted')).toBe('delete');
});

test('movements are need-to-know: a logger reads his own groups, an observer none', () => {
  expect(ROLES.map((role) => mayRead(role, 'log'))).toEqual(['all', 'all', 'all', 'all']);
  expect(ROLES.map((role) => mayRead(role, 'movements'))).toEqual(['none', 'own', 'all', 'all']);
});

test('nobody invites above his own role, and loggers invite nobody', () => {
  expect(ROLES.map((role) => mayInvite('coordinator', role))).toEqual([true, true, true, false]);
  expect(ROLES.map((role) => mayInvite('owner', role))).toEqual([true, true, true, true]);
  expect(ROLES.some((role) => mayInvite('logger', role))).toBe(false);
});

test('devices and the audit are an owner’s, names a coordinator’s', () => {
  expect(ROLES.map((role) => mayAct(role, 'manage_devices'))).toEqual([false, false, false, true]);
  expect(ROLES.map((role) => mayAct(role, 'read_audit'))).toEqual([false, false, false, true]);
  expect(ROLES.map((role) => mayAct(role, 'read_names'))).toEqual([false, false, true, true]);
});
