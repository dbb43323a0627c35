import { toBase64Url } from '#lib/crypto/encoding.ts';
import type { CertifiedDevice } from '#lib/protocol/certificate.ts';
import { mayAct, type Role } from '#lib/protocol/roles.ts';
import type { PeopleResponse } from '#lib/protocol/wire-people.ts';
import type { Certificate } from '#lib/protocol/wire-values.ts';
import type { ServerKeys } from '../keys.ts';
import type { DeviceRow } from '../store/schema.ts';
import type { Queries } from '../store/store.ts';
import { authorsOfLog } from './authors-of-log.ts';
import { certify, certifyHidden, ROLE_UNTOLD } from './certificate.ts';
import type { Caller } from './tokens.ts';

/**
 * Who stands behind the author ids of an operation, as far as the caller may know: names, roles and
 * devices for coordinators and owners; for the others the organisations of those whose changes they
 * read, and their own name. Their certificates are for carrying groups, and name no role (ADR 0186).
 */
export async function listPeople(
  db: Queries,
  keys: ServerKeys,
  caller: Pick<Caller, 'operation' | 'member' | 'role'>,
): Promise<PeopleResponse> {
  const readsNames = mayAct(caller.role, 'read_names');
  const all = await db
    .selectFrom('members')
    .selectAll()
    .where('operation', '=', caller.operation)
    .orderBy('createdAt')
    .orderBy('id')
    .execute();
  const met = readsNames ? null : await authorsOfLog(db, caller.operation);
  const members = all.filter(({ id }) => !met || id === caller.member || met.has(id));
  const devices = await db
    .selectFrom('devices')
    .selectAll()
    .where('operation', '=', caller.operation)
    .orderBy('createdAt')
    .orderBy('id')
    .execute();
  const roleOf = new Map(members.map((member) => [member.id, member.role as Role]));
  const certificates: Certificate[] = [];
  for (const row of devices) {
    const role = roleOf.get(row.member);
    if (!role) continue;
    const isTold = readsNames || row.member === caller.member;
    certificates.push(
      isTold ? await certificateOf(keys, row, role) : hiddenCertificateOf(keys, row, role),
    );
  }
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
    certificates,
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
  const device = certifiedOf(row, role);
  const certificate = written(device, await certify(keys, device));
  if (made.size >= MOST_REMEMBERED) made.clear();
  made.set(key, certificate);
  return certificate;
}

function hiddenCertificateOf(keys: ServerKeys, row: DeviceRow, role: Role): Certificate {
  const device = certifiedOf(row, role);
  return written({ ...device, role: ROLE_UNTOLD }, certifyHidden(keys, device));
}

function certifiedOf({ id, operation, member, ...row }: DeviceRow, role: Role): CertifiedDevice {
  const [signKey, sealKey] = [new Uint8Array(row.signKey), new Uint8Array(row.sealKey)];
  return { operation, device: id, member, role, signKey, sealKey };
}

function written(certified: CertifiedDevice, certificate: string): Certificate {
  const { device, member, role } = certified;
  const [signKey, sealKey] = [toBase64Url(certified.signKey), toBase64Url(certified.sealKey)];
  return { device, member, role, signKey, sealKey, certificate };
}
