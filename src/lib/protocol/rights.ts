import type { RecordKind } from '#lib/domain/records/registry.ts';
import type { Role } from './roles.ts';

/** Who may do what: one table, role × kind × verb, checked on the server for every change. */

/**
 * `create`: the first change of a record; `edit`: a later one; `own`: a later one to a record that
 * he created; `settle`: name differing heads of others; `merge`: say that two records are one;
 * `accept`: the accepted values of convoys and stops; `verify`, `release`: fields of the same name.
 */
export type Verb =
  'create' | 'edit' | 'own' | 'settle' | 'merge' | 'delete' | 'accept' | 'verify' | 'release';

type Rights = Partial<Record<RecordKind, readonly Verb[]>>;

const LOGGER: Rights = {
  convoy: ['create', 'own'],
  source: ['create', 'own'],
  report: ['create', 'own', 'delete'],
  itemLine: ['create', 'own', 'delete'],
  claim: ['create', 'own'],
  accessStatus: ['create', 'own'],
  incident: ['create', 'own'],
  locality: ['create', 'own'],
  organisation: ['create', 'own'],
  movement: ['create', 'own', 'edit'],
  logEntry: ['create', 'own', 'delete'],
};

/** Kinds that only an owner writes. */
const OWNED: ReadonlySet<RecordKind> = new Set<RecordKind>(['operation']);

/** Fields of a convoy that a logger may write; the others are accepted values, a coordinator's. */
export const PLAIN_CONVOY_FIELDS: ReadonlySet<string> = new Set([
  '_created',
  'eventKey',
  'name',
  'notes',
]);

/** Whether a role may do this to a kind of record (docs/security.md, roles). */
export function may(role: Role, kind: RecordKind, verb: Verb): boolean {
  switch (role) {
    case 'owner':
      return true;
    case 'coordinator':
      return !OWNED.has(kind);
    case 'logger':
      return LOGGER[kind]?.includes(verb) ?? false;
    case 'observer':
      return false;
  }
}

/** The fields that need a right of their own, by kind. */
export function verbOfField(kind: RecordKind, field: string): Verb | undefined {
  if (field === '_mergedInto') return 'merge';
  if (field === '_deleted') return 'delete';
  if (kind === 'movement' && field === 'released') return 'release';
  if (kind === 'locality' && field === 'verified') return 'verify';
  if (kind === 'convoy' && !PLAIN_CONVOY_FIELDS.has(field)) return 'accept';
  if (kind === 'stop') return 'accept';
  return undefined;
}

/** Streams that a role reads; a logger reads his own groups of `movements`. */
export function mayRead(role: Role, stream: 'log' | 'movements'): 'all' | 'own' | 'none' {
  if (stream === 'log') return 'all';
  if (role === 'owner' || role === 'coordinator') return 'all';
  return role === 'logger' ? 'own' : 'none';
}
