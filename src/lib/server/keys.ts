import { createHmac } from 'node:crypto';
import { sql } from 'kysely';
import { toBase64Url } from '#lib/crypto/encoding.ts';
import { sealingKeyId } from '#lib/crypto/envelope.ts';
import { randomBytes, randomId } from '#lib/crypto/random.ts';
import { sign } from '#lib/crypto/signatures.ts';
import type { ServerKeyRow } from './store/schema.ts';
import type { Store, Tx } from './store/store.ts';
import { openerOf, type Opener } from './sync/open-sealed.ts';

const ECDH = { name: 'ECDH', namedCurve: 'P-256' } as const;
const ECDSA = { name: 'ECDSA', namedCurve: 'P-256' } as const;
/** Characters, 132 bits. */
const BLIND_LENGTH = 22;

/** The server's own keys: they belong to the store and to its backups. Old ones are kept. */
export interface ServerKeys {
  /** Devices seal their envelopes to these; the newest first. */
  readonly sealing: readonly { readonly id: string; readonly publicKey: Uint8Array }[];
  /** Opens an envelope that was sealed to any of these keys; null when it is damaged or foreign. */
  readonly open: Opener;
  /** For the threads that open envelopes, and nobody else. */
  readonly sealingSecrets: readonly { readonly id: string; readonly pkcs8: Uint8Array }[];
  /** Certifies devices and signs what the server itself brings in. */
  readonly signing: { readonly id: string; readonly publicKey: Uint8Array };
  sign(bytes: Uint8Array): Promise<Uint8Array<ArrayBuffer>>;
  /** The same token for the same invite, so that an unused link can be shown again. */
  inviteToken(inviteId: string): string;
  /** A word that stands for a text and tells nothing of it, nor of how two of them hang together. */
  blind(text: string): string;
}

/** Reads the keys, and makes them when the store has none. */
export async function loadServerKeys(store: Store, now: number): Promise<ServerKeys> {
  const known = await readRows(store.db);
  return openKeys(known.length > 0 ? known : await store.write((tx) => makeKeys(store, tx, now)));
}

function readRows(db: Store['db'] | Tx): Promise<ServerKeyRow[]> {
  return db.selectFrom('serverKeys').selectAll().orderBy('createdAt', 'desc').execute();
}

async function makeKeys(store: Store, tx: Tx, now: number): Promise<ServerKeyRow[]> {
  // Of two servers that start together on an empty store, one makes the keys.
  if (store.kind === 'postgres') await sql`lock table "serverKeys" in exclusive mode`.execute(tx);
  const known = await readRows(tx);
  if (known.length > 0) return known;
  const sealing = await generate(ECDH, ['deriveBits']);
  const signing = await generate(ECDSA, ['sign', 'verify']);
  const secret = { publicKey: new Uint8Array(0), privateKey: randomBytes(32) };
  const rows: ServerKeyRow[] = [
    { id: await sealingKeyId(sealing.publicKey), purpose: 'seal', ...sealing, createdAt: now },
    { id: randomId(), purpose: 'sign', ...signing, createdAt: now },
    { id: randomId(), purpose: 'secret', ...secret, createdAt: now },
  ];
  await tx.insertInto('serverKeys').values(rows).execute();
  return rows;
}

async function generate(
  algorithm: EcKeyGenParams,
  uses: KeyUsage[],
): Promise<Pick<ServerKeyRow, 'publicKey' | 'privateKey'>> {
  const pair = (await crypto.subtle.generateKey(algorithm, true, uses)) as CryptoKeyPair;
  const publicKey = new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey));
  const privateKey = new Uint8Array(await crypto.subtle.exportKey('pkcs8', pair.privateKey));
  return { publicKey, privateKey };
}

async function openKeys(rows: readonly ServerKeyRow[]): Promise<ServerKeys> {
  const sealing = rows.filter((row) => row.purpose === 'seal');
  const signing = rows.find((row) => row.purpose === 'sign');
  const secret = rows.find((row) => row.purpose === 'secret');
  if (sealing.length === 0 || !signing || !secret) throw new Error('the store lacks server keys');
  const keyed = (text: string): string =>
    toBase64Url(createHmac('sha256', secret.privateKey).update(text).digest());
  const sealingSecrets = sealing.map((row) => ({
    id: row.id,
    pkcs8: new Uint8Array(row.privateKey),
  }));
  const pkcs8 = signing.privateKey as BufferSource;
  const signer = await crypto.subtle.importKey('pkcs8', pkcs8, ECDSA, false, ['sign']);
  return {
    sealing: sealing.map(({ id, publicKey }) => ({ id, publicKey: new Uint8Array(publicKey) })),
    open: openerOf(sealingSecrets),
    sealingSecrets,
    signing: { id: signing.id, publicKey: new Uint8Array(signing.publicKey) },
    sign: (bytes) => sign(signer, bytes),
    inviteToken: (inviteId) => keyed(`invite|${inviteId}`),
    blind: (text) => keyed(`blind|${text}`).slice(0, BLIND_LENGTH),
  };
}
