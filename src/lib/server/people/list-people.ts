import { toBase64Url } from '#lib/crypto/encoding.ts';
import { mayAct, type Role } from '#lib/protocol/roles.ts';
import type { PeopleResponse } from '#lib/protocol/wire-people.ts';
import type { Certificate } from '#lib/protocol/wire-values.ts';
import type { ServerKeys } from '../keys.ts';
import type { DeviceRow } from '../store/schema.ts';
import type { Queries } from '../store/store.ts';
import { certify } from './certificate.ts';
import type { Caller } from './tokens.ts';

/**
 * Who stands behind the author ids of an operation, as far as the caller may know: names, roles and
 * devices for coordinators and owners; for the others organisations, and their own name.
 */
export async function listPeople(
  db: Queries,
  keys: ServerKeys,
  caller: Pick<Caller, 'operation' | 'member' | 'role'>,
): Promise<PeopleResponse> {
  const members = await db
    .selectFrom('members')
    .selectAll()
    .where('operation', '=', caller.operation)
    .orderBy('createdAt')
    .orderBy('id')
    .execute();
  const devices = await db
    .selectFrom('devices')
    .selectAll()
    .where('operation', '=', caller.operation)
    .orderBy('createdAt')
    .orderBy('id')
    .execute();
  const readsNames = mayAct(caller.role, 'read_names');
  const roleOf = new Map(members.map((member) => [member.id, member.role as Role]));
  return {
    people: members.map(({ id, name, organisation, role, createdAt }) => {
      const isKnown = readsNames || id === caller.member;
      return {
        member: id,
        name: isKnown ? name : null,
        organisation,
        role: isKnown ? (role as Role) : null,
        joined: isKnown ? new Date(createdAt).toISOString() : null,
      };
    }),
    devices: numbered(devices.filter((row) => readsNames || row.member === caller.member)),
    certificates: await Promise.all(
      devices.map((row) => certificateOf(keys, row, roleOf.get(row.member) ?? 'observer')),
    ),
  };
}

function numbered(devices: readonly DeviceRow[]): PeopleResponse['devices'] {
  const count = new Map<string, number>();
  return devices.map(({ id, member }) => {
    const number = (count.get(member) ?? 0) + 1;
    count.set(member, number);
    return { device: id, member, number };
  });
}

const MOST_REMEMBERED = 10_000;
const made = new Map<string, Certificate>();

/** Signed once for each role that the device's person has had, as long as this process lives. */
async function certificateOf(keys: ServerKeys, row: DeviceRow, role: Role): Promise<Certificate> {
  const key = `${keys.signing.id}|${row.id}|${role}`;
  const before = made.get(key);
  if (before) return before;
  const { id: device, operation, member } = row;
  const [signKey, sealKey] = [new Uint8Array(row.signKey), new Uint8Array(row.sealKey)];
  const certificate: Certificate = {
    device,
    member,
    role,
    signKey: toBase64Url(signKey),
    sealKey: toBase64Url(sealKey),
    certificate: await certify(keys, { operation, device, member, role, signKey, sealKey }),
  };
  if (made.size >= MOST_REMEMBERED) made.clear();
  made.set(key, certificate);
  return certificate;
}
