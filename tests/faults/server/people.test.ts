import { afterEach, beforeEach, expect, test } from 'vitest';
import { fromBase64Url, toBase64Url, toUtf8 } from '#lib/crypto/encoding.ts';
import { randomId } from '#lib/crypto/random.ts';
import { sign, verify } from '#lib/crypto/signatures.ts';
import { PATHS } from '#lib/protocol/paths.ts';
import { certifiedBytes, enrolProofBytes } from '#lib/protocol/certificate.ts';
import type { AuditResponse, PeopleResponse } from '#lib/protocol/wire-people.ts';
import { revokeDevice } from '#lib/server/people/devices.ts';
import { createInvite } from '#lib/server/people/invites.ts';
import { createOperation, prepareOperations } from '#lib/server/people/operations.ts';
import { onBothStores } from './both-stores.ts';
import { enrolBody, enrolDevice, groupOf, pullAll, pushGroups, type TestDevice } from './device.ts';
import { NOON, startTestServer, type TestServer } from './in-process.ts';

const DAY = 86_400_000;

onBothStores('people and devices', (store) => {
  let at: TestServer;
  beforeEach(async () => {
    at = await startTestServer(await store.fresh());
  }, 60_000);
  afterEach(() => at.stop());

  async function invite(
    by: TestDevice,
    role: string,
    days = 7,
  ): Promise<{ status: number; body: unknown }> {
    return at.transport(PATHS.invites, { role, name: 'Rima', days }, by.enrolled.tokens.full);
  }
  const place = (by: TestDevice) =>
    groupOf(by, [{ kind: 'locality', record: randomId(), values: { name: 'Zamalka' } }]);

  test('the first invite is shown until somebody has used it, and works once', async () => {
    const { server } = at;
    expect(await prepareOperations(server.store, server.keys, NOON)).toEqual([]);
    const made = await server.store.write((tx) => createOperation(tx, server.keys, 'Second', NOON));
    expect(await prepareOperations(server.store, server.keys, NOON)).toEqual([made.token]);
    expect(await prepareOperations(server.store, server.keys, NOON)).toEqual([made.token]);
    const owner = await enrolDevice(at.transport, made.token);
    expect(owner.enrolled).toMatchObject({ role: 'owner', operationName: 'Second' });
    await expect(enrolDevice(at.transport, made.token)).rejects.toThrow('invite_used');
  });

  test('of eight devices that open one invite together, one gets in', async () => {
    const { body } = await invite(at.owner, 'logger');
    const { token } = body as { token: string };
    const tries = await Promise.all(
      Array.from({ length: 8 }, async () => {
        const { body: request } = await enrolBody(token);
        return at.transport(PATHS.enrol, request);
      }),
    );
    expect(tries.map((one) => one.status).toSorted()).toEqual([200, ...Array(7).fill(409)]);
  });

  test('an invite that is unknown, or too old, opens nothing', async () => {
    await expect(enrolDevice(at.transport, 'x'.repeat(43))).rejects.toThrow('invite_unknown');
    const { body } = await invite(at.owner, 'observer', 1);
    at.setClock(NOON + DAY);
    await expect(enrolDevice(at.transport, (body as { token: string }).token)).rejects.toThrow(
      'invite_expired',
    );
  });

  test('nobody invites above his own role', async () => {
    const coordinator = await at.join('coordinator');
    const logger = await at.join('logger');
    expect((await invite(coordinator, 'owner')).status).toBe(403);
    expect((await invite(coordinator, 'coordinator')).status).toBe(200);
    expect((await invite(logger, 'observer')).status).toBe(403);
    expect((await invite(at.owner, 'owner')).status).toBe(200);
    expect((await invite(at.owner, 'emperor')).status).toBe(400);
  });

  test('the device that used an invite is let in again while it lasts, as the same device', async () => {
    const { body: invited } = await invite(at.owner, 'logger');
    const { token } = invited as { token: string };
    const { body, signing } = await enrolBody(token);
    const proof = toBase64Url(
      await sign(signing.privateKey, enrolProofBytes(token, body.signKey, body.sealKey)),
    );
    const first = await at.transport(PATHS.enrol, body);
    const again = await at.transport(PATHS.enrol, { ...body, proof });
    expect([first.status, again.status]).toEqual([200, 200]);
    const [one, two] = [first.body, again.body] as TestDevice['enrolled'][];
    expect([two?.device, two?.member]).toEqual([one?.device, one?.member]);
    expect(two?.tokens).not.toEqual(one?.tokens);
    at.setClock(NOON + DAY);
    expect((await at.transport(PATHS.enrol, { ...body, proof })).status).toBe(409);
  });

  test('who knows a used invite and the public keys alone does not get in as the device', async () => {
    const { body: invited } = await invite(at.owner, 'logger');
    const { token } = invited as { token: string };
    const { body } = await enrolBody(token);
    await at.transport(PATHS.enrol, body);
    const { signing } = await enrolBody(token);
    const proof = toBase64Url(
      await sign(signing.privateKey, enrolProofBytes(token, body.signKey, body.sealKey)),
    );
    expect((await at.transport(PATHS.enrol, body)).status).toBe(409);
    expect((await at.transport(PATHS.enrol, { ...body, proof })).status).toBe(409);
  });

  test('the server certifies the keys of a device, for colleagues without a network', async () => {
    const { body: invited } = await invite(at.owner, 'logger');
    const { body } = await enrolBody((invited as { token: string }).token);
    const answer = await at.transport(PATHS.enrol, body);
    const { certificate, operation, device, member, role } = answer.body as TestDevice['enrolled'];
    const [point, signature] = certificate.split('.').map((part) => fromBase64Url(part));
    const bytes = certifiedBytes({
      operation,
      device,
      member,
      role,
      signKey: fromBase64Url(body.signKey) ?? new Uint8Array(0),
      sealKey: fromBase64Url(body.sealKey) ?? new Uint8Array(0),
    });
    expect(await verify(point ?? new Uint8Array(0), signature ?? new Uint8Array(0), bytes)).toBe(
      true,
    );
  });

  test('keys that are no points of the curve are refused, and the invite stays open', async () => {
    const { body: invited } = await invite(at.owner, 'logger');
    const { token } = invited as { token: string };
    const { body } = await enrolBody(token);
    const offCurve = toBase64Url(new Uint8Array(65).fill(4));
    expect((await at.transport(PATHS.enrol, { ...body, signKey: offCurve })).status).toBe(400);
    expect((await enrolDevice(at.transport, token)).enrolled.role).toBe('logger');
  });

  async function renewal(device: TestDevice, time: string) {
    const id = device.enrolled.device;
    const signature = toBase64Url(await sign(device.signKey, toUtf8(`${id}|${time}`)));
    return at.transport(PATHS.renew, { device: id, time, signature });
  }

  test('after 60 days offline the tokens are dead, and the signing key renews them', async () => {
    const later = NOON + 60 * DAY;
    at.setClock(later);
    const refused = await at.transport(PATHS.pull, {}, at.owner.enrolled.tokens.full);
    expect(refused).toMatchObject({
      status: 401,
      body: { code: 'unauthorised', serverTime: new Date(later).toISOString() },
    });
    const renewed = await renewal(at.owner, new Date(later).toISOString());
    expect(renewed.status).toBe(200);
    const { tokens } = renewed.body as { tokens: { full: string; push: string } };
    const group = place(at.owner);
    const answer = await pushGroups(at.transport, at.owner, [group], { token: tokens.full });
    expect(answer.acked).toBe(1);
  });

  test('a signed renewal works once, near the time it names, for the key that signed it', async () => {
    const time = new Date(NOON).toISOString();
    expect((await renewal(at.owner, time)).status).toBe(200);
    expect((await renewal(at.owner, time)).status).toBe(401);
    expect((await renewal(at.owner, new Date(NOON + DAY).toISOString())).status).toBe(401);
    const other = await at.join('logger');
    const forged = { ...at.owner, signKey: other.signKey };
    expect((await renewal(forged, new Date(NOON + 1).toISOString())).status).toBe(401);
  });

  test('the old token holds for a day after a renewal, whose answer may have been lost', async () => {
    await renewal(at.owner, new Date(NOON).toISOString());
    expect((await pullAll(at.transport, at.owner)).log).toEqual([]);
    at.setClock(NOON + DAY);
    await expect(pullAll(at.transport, at.owner)).rejects.toThrow('unauthorised');
  });

  const asOwner = () => ({
    operation: at.owner.enrolled.operation,
    role: 'owner' as const,
    member: at.owner.enrolled.member,
    device: at.owner.enrolled.device,
  });

  test('a device that leaves hands in its queue, which is set aside; then it is told', async () => {
    const logger = await at.join('logger');
    await revokeDevice(at.server.store, asOwner(), logger.enrolled.device, 'leaving', NOON);
    const answer = await pushGroups(at.transport, logger, [place(logger)]);
    expect(answer.quarantined).toMatchObject([{ code: 'device_revoked' }]);
    expect(answer.pulled).toBeUndefined();
    await expect(pullAll(at.transport, logger)).rejects.toThrow('revoked');
    // S6: locked, it knows that it may wipe itself when it has nothing more to hand in.
    const token = logger.enrolled.tokens.push;
    await expect(pushGroups(at.transport, logger, [], { token })).rejects.toThrow('revoked');
    expect((await pullAll(at.transport, at.owner)).log).toEqual([]);
  });

  test('of a device that was lost or taken nothing is accepted', async () => {
    const logger = await at.join('logger');
    await revokeDevice(at.server.store, asOwner(), logger.enrolled.device, 'lost', NOON);
    await expect(pushGroups(at.transport, logger, [place(logger)])).rejects.toThrow('revoked');
    expect((await renewal(logger, new Date(NOON).toISOString())).status).toBe(403);
  });

  test('devices are listed for those who may read names, and for nobody else', async () => {
    const logger = await at.join('logger');
    const listed = await at.transport(PATHS.devices, null, at.owner.enrolled.tokens.full);
    expect(listed.body).toMatchObject({
      devices: [{ role: 'owner', name: 'Owner' }, { role: 'logger' }],
    });
    expect((await at.transport(PATHS.devices, null, logger.enrolled.tokens.full)).status).toBe(403);
  });

  const ask = (path: string, by: TestDevice, body: unknown = null) =>
    at.transport(path, body, by.enrolled.tokens.full);

  test('an owner revokes a device over HTTP, and nobody else does', async () => {
    const logger = await at.join('logger');
    const coordinator = await at.join('coordinator');
    const body = { device: logger.enrolled.device, as: 'lost' };
    expect((await ask(PATHS.revoke, coordinator, body)).status).toBe(403);
    expect((await ask(PATHS.revoke, at.owner, { ...body, device: randomId() })).status).toBe(404);
    expect((await ask(PATHS.revoke, at.owner, body)).status).toBe(200);
    await expect(pullAll(at.transport, logger)).rejects.toThrow('revoked');
  });

  test('names, roles and who wrote nothing are for coordinators; the others learn organisations, and who they are themselves', async () => {
    const invited = { role: 'logger', name: 'Rima', organisation: 'SARC', days: 7 };
    const { body } = await ask(PATHS.invites, at.owner, invited);
    const rima = await enrolDevice(at.transport, (body as { token: string }).token);
    const observer = await at.join('observer');
    const peopleFor = async (by: TestDevice) =>
      (await ask(PATHS.people, by)).body as PeopleResponse;
    const named = await peopleFor(at.owner);
    expect(named.people.map(({ name }) => name).toSorted()).toEqual(['Owner', 'Rima', 'observer']);
    expect(named.devices).toHaveLength(3);
    const hidden = { name: null, role: null, joined: null };
    const unread = await at.join('coordinator');
    await pushGroups(at.transport, rima, [place(rima)]);
    await pushGroups(at.transport, at.owner, [place(at.owner)]);
    const { people, devices, certificates } = await peopleFor(observer);
    expect(new Map(people.map(({ member, ...person }) => [member, person]))).toEqual(
      new Map([
        [at.owner.enrolled.member, { ...hidden, organisation: null }],
        [rima.enrolled.member, { ...hidden, organisation: 'SARC' }],
        [
          observer.enrolled.member,
          {
            name: 'observer',
            role: 'observer',
            organisation: null,
            joined: new Date(NOON).toISOString(),
          },
        ],
      ]),
    );
    expect(devices).toEqual([
      { device: observer.enrolled.device, member: observer.enrolled.member, number: 1 },
    ]);
    const carried = certificates.filter(({ device }) => device !== observer.enrolled.device);
    expect(carried.map(({ device }) => device).toSorted()).toEqual(
      [rima.enrolled.device, at.owner.enrolled.device].toSorted(),
    );
    expect(new Set(carried.map(({ role }) => role))).toEqual(new Set(['observer']));
    expect(JSON.stringify([people, certificates])).not.toContain(unread.enrolled.member);
    const known = (await peopleFor(rima)).people.filter((person) => person.name !== null);
    expect(known).toMatchObject([{ member: rima.enrolled.member, name: 'Rima', role: 'logger' }]);
  });

  test('a person lets in a further device of his own, with the role he has then', async () => {
    const logger = await at.join('logger');
    const made = await ask(PATHS.invites, logger, { further: true, days: 1 });
    await ask(PATHS.role, at.owner, { member: logger.enrolled.member, role: 'observer' });
    const second = await enrolDevice(at.transport, (made.body as { token: string }).token);
    expect(second.enrolled).toMatchObject({ member: logger.enrolled.member, role: 'observer' });
    const { body } = await ask(PATHS.people, second);
    expect((body as PeopleResponse).devices.map(({ number }) => number)).toEqual([1, 2]);
  });

  test('a role is changed by an owner, holds from the next request on, and is told', async () => {
    const logger = await at.join('logger');
    const change = { member: logger.enrolled.member, role: 'observer' };
    expect((await ask(PATHS.role, logger, change)).status).toBe(403);
    expect((await ask(PATHS.role, at.owner, change)).status).toBe(200);
    const answer = await pushGroups(at.transport, logger, [place(logger)]);
    expect(answer.quarantined).toMatchObject([{ code: 'not_allowed' }]);
    expect(answer.pulled?.role).toBe('observer');
    const audited = await ask(PATHS.audit, at.owner, {});
    expect((audited.body as AuditResponse).entries[0]).toMatchObject({
      action: 'role_changed',
      detail: { of: logger.enrolled.member, from: 'logger', to: 'observer' },
    });
  });

  test('permission withdrawn: what was queued is set aside, and the stream is told to go', async () => {
    const logger = await at.join('logger');
    const convoy = groupOf(logger, [
      { kind: 'convoy', record: randomId(), values: { _created: true } },
    ]);
    await pushGroups(at.transport, logger, [convoy]);
    expect((await pullAll(at.transport, logger)).movements).toHaveLength(1);
    await ask(PATHS.role, at.owner, { member: logger.enrolled.member, role: 'observer' });
    const answer = await pushGroups(at.transport, logger, [place(logger)]);
    expect(answer).toMatchObject({ acked: 2, pulled: { gone: ['movements'] } });
    expect(answer.quarantined).toHaveLength(1);
  });

  test('an operation always keeps an owner', async () => {
    const { member } = at.owner.enrolled;
    const alone = await ask(PATHS.role, at.owner, { member, role: 'logger' });
    expect(alone).toMatchObject({ status: 409, body: { code: 'last_owner' } });
    const second = await at.join('owner');
    const both = await Promise.all(
      [at.owner, second].map(({ enrolled }) =>
        ask(PATHS.role, at.owner, { member: enrolled.member, role: 'logger' }),
      ),
    );
    expect(both.map((one) => one.status).toSorted()).not.toEqual([200, 200]);
    const rows = await at.server.store.db
      .selectFrom('members')
      .select('id')
      .where('role', '=', 'owner')
      .execute();
    expect(rows).toHaveLength(1);
  });

  test('the audit is for owners', async () => {
    const coordinator = await at.join('coordinator');
    expect((await ask(PATHS.audit, coordinator, {})).status).toBe(403);
    const { entries } = (await ask(PATHS.audit, at.owner, {})).body as AuditResponse;
    expect(entries.map(({ action }) => action)).toEqual([
      'device_enrolled',
      'invite_created',
      'device_enrolled',
      'operation_created',
    ]);
  });

  test('enrolments, invites and revocations are written down', async () => {
    const logger = await at.join('logger');
    await revokeDevice(at.server.store, asOwner(), logger.enrolled.device, 'lost', NOON);
    const rows = await at.server.store.db
      .selectFrom('audit')
      .select('action')
      .orderBy('id')
      .execute();
    expect(rows.map((row) => row.action)).toEqual([
      'operation_created',
      'device_enrolled',
      'invite_created',
      'device_enrolled',
      'device_revoked',
    ]);
  });

  test('no token stands in the store', async () => {
    const { tokens } = at.owner.enrolled;
    const rows = await at.server.store.db.selectFrom('tokens').selectAll().execute();
    const text = JSON.stringify(rows);
    expect(text.includes(tokens.full) || text.includes(tokens.push)).toBe(false);
    expect(rows).toHaveLength(2);
  });

  test('with a role the open invites that go beyond the new one end', async () => {
    const coordinator = await at.join('coordinator');
    const { member } = coordinator.enrolled;
    const tokenOf = (answer: unknown): string => (answer as { token: string }).token;
    const { body: back } = await invite(coordinator, 'coordinator');
    const { body: further } = await ask(PATHS.invites, coordinator, { further: true, days: 1 });
    const { body: kept } = await invite(at.owner, 'coordinator');
    await ask(PATHS.role, at.owner, { member, role: 'owner' });
    const { body: higher } = await invite(coordinator, 'owner');
    const { body: same } = await invite(coordinator, 'logger');
    await ask(PATHS.role, at.owner, { member, role: 'coordinator' });
    await expect(enrolDevice(at.transport, tokenOf(higher))).rejects.toThrow('invite_expired');
    expect((await enrolDevice(at.transport, tokenOf(same))).enrolled.role).toBe('logger');
    await ask(PATHS.role, at.owner, { member, role: 'observer' });
    await expect(enrolDevice(at.transport, tokenOf(back))).rejects.toThrow('invite_expired');
    expect((await enrolDevice(at.transport, tokenOf(further))).enrolled.role).toBe('observer');
    expect((await enrolDevice(at.transport, tokenOf(kept))).enrolled.role).toBe('coordinator');
  });

  test('a device that is revoked while it asks for an invite gets none', async () => {
    const coordinator = await at.join('coordinator');
    const { operation, member, device } = coordinator.enrolled;
    const asked = { operation, member, device, role: 'coordinator' as const };
    await revokeDevice(at.server.store, asOwner(), device, 'lost', NOON);
    const wanted = { role: 'coordinator' as const, name: 'Late', days: 1 };
    const made = await createInvite(at.server.store, at.server.keys, asked, wanted, NOON);
    expect(made).toEqual({ ok: false, error: { type: 'forbidden' } });
  });

  test('with a device the open invites of its person end, and nobody else’s', async () => {
    const coordinator = await at.join('coordinator');
    const { body: taken } = await invite(coordinator, 'coordinator');
    const { body: kept } = await invite(at.owner, 'observer');
    const { operation, member, device } = at.owner.enrolled;
    const owner = { operation, member, device, role: 'owner' as const };
    await revokeDevice(at.server.store, owner, coordinator.enrolled.device, 'lost', NOON);
    const tokenOf = (answer: unknown): string => (answer as { token: string }).token;
    await expect(enrolDevice(at.transport, tokenOf(taken))).rejects.toThrow('invite_expired');
    expect((await enrolDevice(at.transport, tokenOf(kept))).enrolled.role).toBe('observer');
  });
});
