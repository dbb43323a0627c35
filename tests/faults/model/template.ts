import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { toBase64Url } from '#lib/crypto/encoding.ts';
import { generateDataKey } from '#lib/crypto/keys.ts';
import {
  generateSealingPair,
  generateSigningPair,
  unwrapSigningKey,
} from '#lib/crypto/signatures.ts';
import type { Role } from '#lib/protocol/roles.ts';
import type { EnrolResponse } from '#lib/protocol/wire.ts';
import { createInvite } from '#lib/server/people/invites.ts';
import { enrol } from '#lib/server/people/enrol.ts';
import { prepareOperations } from '#lib/server/people/operations.ts';
import { createServer, type Server } from '#lib/server/server.ts';
import { readSettings } from '#lib/server/settings.ts';

/** Noon of the day on which the aid came to Zamalka and Arbin. */
export const NOON = Date.UTC(2016, 5, 29, 12);

/** A device as it is when it has just enrolled, with keys that it keeps for life. */
export interface Person {
  readonly enrolled: EnrolResponse;
  readonly signingKey: CryptoKey;
  readonly publicKeys: { readonly sign: Uint8Array; readonly seal: Uint8Array };
  readonly dataKey: CryptoKey;
}

/** A server on which some people have enrolled and nothing has happened: every history begins so. */
export interface Template {
  readonly folder: string;
  readonly people: readonly Person[];
  remove(): void;
}

/** In memory where the machine has such a folder: histories are many, and no disk of theirs is cut off. */
const BASE = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();

export const newFolder = (): string => mkdtempSync(join(BASE, 'crossline-model-'));

export const settingsOf = (folder: string) =>
  readSettings({ CROSSLINE_DATA: folder, CROSSLINE_LOG: 'silent' });

const ROLES: readonly Role[] = [
  'owner',
  'coordinator',
  'logger',
  'logger',
  'observer',
  'coordinator',
];

export async function makeTemplate(): Promise<Template> {
  const folder = newFolder();
  const server = await createServer(settingsOf(folder), { clock: () => NOON });
  const [token] = await prepareOperations(server.store, server.keys, NOON);
  const owner = await enrolBy(server, token ?? '');
  const people = [owner];
  for (const role of ROLES.slice(1)) people.push(await enrolPerson(server, owner, role, NOON));
  await server.stop();
  return { folder, people, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** A further person, by an invite of the owner. */
export async function enrolPerson(
  server: Server,
  owner: Person,
  role: Role,
  now: number,
): Promise<Person> {
  const { operation, member, device } = owner.enrolled;
  const inviter = { operation, member, device, role: 'owner' as const };
  const invite = await createInvite(
    server.store,
    server.keys,
    inviter,
    { role, name: role, days: 7 },
    now,
  );
  if (!invite.ok) throw new Error(invite.error.type);
  return enrolBy(server, invite.value.token, now);
}

async function enrolBy(server: Server, token: string, now = NOON): Promise<Person> {
  const dataKey = await generateDataKey();
  const [signing, sealing] = [
    await generateSigningPair(dataKey),
    await generateSealingPair(dataKey),
  ];
  const request = {
    token,
    signKey: toBase64Url(signing.publicKey),
    sealKey: toBase64Url(sealing.publicKey),
  };
  const enrolled = await enrol(server.store, server.keys, request, now);
  if (!enrolled.ok) throw new Error(enrolled.error.type);
  const signingKey = await unwrapSigningKey(signing.wrapped, dataKey);
  if (!signingKey.ok) throw new Error('a key that was just wrapped unwraps');
  const publicKeys = { sign: signing.publicKey, seal: sealing.publicKey };
  return { enrolled: enrolled.value, signingKey: signingKey.value, publicKeys, dataKey };
}

/** The files of a stopped server, or of one that does nothing at this moment, put somewhere else. */
export function copyStore(from: string, to: string): void {
  for (const name of ['crossline.sqlite', 'crossline.sqlite-wal']) {
    rmSync(join(to, name), { force: true });
    if (existsSync(join(from, name))) cpSync(join(from, name), join(to, name));
  }
}
