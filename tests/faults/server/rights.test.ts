import { afterAll, beforeAll, expect, test } from 'vitest';
import { randomId } from '#lib/crypto/random.ts';
import { SCHEMA } from '#lib/changes/change.ts';
import { PATHS } from '#lib/protocol/paths.ts';
import { SNAPSHOT_FORMAT } from '#lib/protocol/snapshot-codec.ts';
import { ROLES, type Role } from '#lib/protocol/roles.ts';
import { onBothStores } from './both-stores.ts';
import type { TestDevice } from './device.ts';
import { ENDPOINTS } from './endpoints-by-path.ts';
import { startTestServer, type TestServer } from './in-process.ts';

/** Who is answered: a role, a device that hands in its queue before it leaves, its push-only token. */
type Who = Role | 'leaving' | 'push-only' | 'nobody';
const WHO: readonly Who[] = [...ROLES, 'leaving', 'push-only', 'nobody'];

const members = { observer: 200, logger: 200, coordinator: 200, owner: 200 } as const;
const inOnly = { ...members, leaving: 403, 'push-only': 403, nobody: 401 } as const;

/** Every endpoint that asks who calls, and what each is answered: 200, or why not. */
const ANSWERS: Readonly<Record<string, Readonly<Record<Who, number>>>> = {
  // One that is leaving and has nothing more to hand in is told to wipe itself.
  [PATHS.push]: { ...members, leaving: 403, 'push-only': 200, nobody: 401 },
  [PATHS.pull]: inOnly,
  [PATHS.poke]: { ...inOnly, leaving: 503 },
  [PATHS.invites]: { ...inOnly, observer: 403, logger: 403 },
  [PATHS.devices]: { ...inOnly, observer: 403, logger: 403 },
  [PATHS.revoke]: { ...inOnly, observer: 403, logger: 403, coordinator: 403, owner: 404 },
  [PATHS.settleCopy]: { ...inOnly, observer: 403, logger: 403, coordinator: 403, owner: 404 },
  [PATHS.people]: inOnly,
  [PATHS.role]: { ...inOnly, observer: 403, logger: 403, coordinator: 403, owner: 404 },
  [PATHS.audit]: { ...inOnly, observer: 403, logger: 403, coordinator: 403 },
  [PATHS.snapshot]: inOnly,
  [PATHS.snapshotPart]: { ...inOnly, observer: 404, logger: 404, coordinator: 404, owner: 404 },
  [PATHS.history]: inOnly,
  [PATHS.quarantine]: inOnly,
  [PATHS.settle]: { ...inOnly, observer: 404, logger: 404, coordinator: 404, owner: 404 },
};

/** Without a token by design: they ask for an invite, a signature, or nothing. */
const FOR_ANYBODY = new Set<string>([PATHS.enrol, PATHS.renew, PATHS.health]);

onBothStores('rights', (store) => {
  let at: TestServer;
  const devices = new Map<Role | 'leaving', TestDevice>();
  beforeAll(async () => {
    at = await startTestServer(await store.fresh());
    for (const role of ROLES) devices.set(role, await at.join(role));
    const leaving = await at.join('coordinator');
    devices.set('leaving', leaving);
    const body = { device: leaving.enrolled.device, as: 'leaving' };
    await at.transport(PATHS.revoke, body, at.owner.enrolled.tokens.full);
  }, 60_000);
  afterAll(() => at.stop());

  const tokenOf = (who: Who): string | undefined => {
    if (who === 'nobody') return undefined;
    if (who === 'push-only') return devices.get('owner')?.enrolled.tokens.push;
    return devices.get(who)?.enrolled.tokens.full;
  };

  const question = (path: string): unknown => {
    const { epoch } = at.owner.enrolled;
    const asked: Readonly<Record<string, unknown>> = {
      [PATHS.push]: { epoch, replica: randomId(), from: 1, envelopes: [], schema: SCHEMA },
      [PATHS.pull]: { epoch, cursors: {}, schema: SCHEMA },
      [PATHS.invites]: { role: 'observer', name: 'Rima', days: 1 },
      [PATHS.revoke]: { device: randomId(), as: 'lost' },
      [PATHS.settleCopy]: { device: randomId(), copied: new Date(0).toISOString() },
      [PATHS.role]: { member: randomId(), role: 'observer' },
      [PATHS.audit]: {},
      [PATHS.snapshot]: { schema: SCHEMA, format: SNAPSHOT_FORMAT },
      [PATHS.snapshotPart]: { snapshot: randomId(), part: 0 },
      [PATHS.history]: { record: randomId() },
      [PATHS.quarantine]: {},
      [PATHS.settle]: { id: randomId(), reason: 'seen' },
    };
    return asked[path] ?? null;
  };

  test('every endpoint is in the table: a new one must say who may call it', () => {
    const asks = Object.keys(ENDPOINTS).filter((path) => !FOR_ANYBODY.has(path));
    expect(asks.toSorted()).toEqual(Object.keys(ANSWERS).toSorted());
  });

  for (const [path, answers] of Object.entries(ANSWERS)) {
    test(`${path}: each is answered what the table says`, async () => {
      const got: Partial<Record<Who, number>> = {};
      for (const who of WHO) {
        // An endless stream is looked at by its first word.
        if (path === PATHS.poke && answers[who] === 200) got[who] = 200;
        else got[who] = (await at.transport(path, question(path), tokenOf(who))).status;
      }
      expect(got).toEqual(answers);
    });
  }
});
