import {
  CREATED,
  SCHEMA,
  type Change,
  type FieldEdit,
  type Group,
  type Json,
  type Stream,
} from '#lib/changes/change.ts';
import { compress } from '#lib/crypto/compress.ts';
import { concatBytes, fromBase64Url, toBase64Url } from '#lib/crypto/encoding.ts';
import { sealEnvelope } from '#lib/crypto/envelope.ts';
import { randomId } from '#lib/crypto/random.ts';
import { sign } from '#lib/crypto/signatures.ts';
import { DICTIONARY } from '#lib/protocol/dictionary.ts';
import { decodeGroup, encodeGroup } from '#lib/protocol/group-codec.ts';
import { PATHS } from '#lib/protocol/paths.ts';
import type { Cursors, EnrolResponse, PullResponse, PushResponse } from '#lib/protocol/wire.ts';

/** Carries one request to a server: in this process, or over HTTP. */
export type Transport = (
  path: string,
  body: unknown,
  token?: string,
) => Promise<{ readonly status: number; readonly body: unknown; readonly text: string }>;

/** One change as a test writes it: values are edits without a base unless one is given. */
export interface Draft {
  readonly kind: string;
  readonly record: string;
  readonly values: Readonly<Record<string, Json>>;
  readonly base?: readonly string[];
  /** False: an edit, though of nothing that was said here before. */
  readonly creates?: false;
}

/** A device that keeps nothing but its keys and its numbers: what a phone says to the server. */
export interface TestDevice {
  readonly enrolled: EnrolResponse;
  readonly signKey: CryptoKey;
  replica: string;
  next: number;
  cursors: Cursors;
}

async function newPair(name: 'ECDSA' | 'ECDH'): Promise<CryptoKeyPair> {
  const uses: KeyUsage[] = name === 'ECDSA' ? ['sign', 'verify'] : ['deriveBits'];
  return (await crypto.subtle.generateKey(
    { name, namedCurve: 'P-256' },
    true,
    uses,
  )) as CryptoKeyPair;
}

async function point(key: CryptoKey): Promise<string> {
  return toBase64Url(new Uint8Array(await crypto.subtle.exportKey('raw', key)));
}

/** What opening an invite sends; for tests of what goes wrong there. */
export async function enrolBody(token: string, name = 'Somebody') {
  const signing = await newPair('ECDSA');
  const sealing = await newPair('ECDH');
  const body = {
    token,
    name,
    signKey: await point(signing.publicKey),
    sealKey: await point(sealing.publicKey),
  };
  return { body, signing, sealing };
}

export async function enrolDevice(
  transport: Transport,
  token: string,
  name?: string,
): Promise<TestDevice> {
  const { body, signing } = await enrolBody(token, name);
  const answer = await transport(PATHS.enrol, body);
  if (answer.status !== 200) throw new Error(`enrolment failed: ${JSON.stringify(answer.body)}`);
  const enrolled = answer.body as EnrolResponse;
  const signKey = signing.privateKey;
  return { enrolled, signKey, replica: randomId().slice(0, 11), next: 1, cursors: {} };
}

/** Records of which somebody made a change, by operation: whoever is first says that he creates them. */
const begun = new Set<string>();

function isFirst(operation: string, { record, base, creates }: Draft): boolean {
  const key = `${operation} ${record}`;
  if (begun.has(key) || base?.length || creates === false) return false;
  begun.add(key);
  return true;
}

export function groupOf(
  device: TestDevice,
  drafts: readonly Draft[],
  options: { stream?: Stream; deviceTime?: string; id?: string } = {},
): Group {
  const { operation, member, device: id } = device.enrolled;
  const deviceTime = options.deviceTime ?? '2016-06-29T15:00:00.000Z';
  const changes = drafts.map((draft): Change => {
    const fields: Record<string, FieldEdit> = {};
    const created = isFirst(operation, draft) ? { [CREATED]: true } : {};
    for (const [field, value] of Object.entries({ ...draft.values, ...created })) {
      fields[field] = { value, base: draft.base ?? [] };
    }
    return {
      id: randomId(),
      operation,
      kind: draft.kind,
      record: draft.record,
      fields,
      deviceTime,
      author: member,
      schema: SCHEMA,
    };
  });
  const stream = options.stream ?? 'log';
  return { id: options.id ?? randomId(), operation, stream, device: id, changes };
}

/** A group as it leaves the device: signed by it, sealed to the server. */
export async function envelopeOf(device: TestDevice, group: Group): Promise<Uint8Array> {
  const bytes = encodeGroup(group);
  const signature = await sign(device.signKey, bytes);
  return sealToServer(device, concatBytes(signature, compress(bytes, DICTIONARY)));
}

export function sealToServer(device: TestDevice, inner: Uint8Array): Promise<Uint8Array> {
  const [key] = device.enrolled.serverKeys;
  if (!key) throw new Error('the server gave no key');
  const recipient = { id: key.id, publicKey: fromBase64Url(key.public) ?? new Uint8Array(0) };
  return sealEnvelope(recipient, inner);
}

export interface PushOptions {
  readonly from?: number;
  readonly token?: string;
  readonly pull?: boolean;
  readonly replica?: string;
}

export async function pushEnvelopes(
  transport: Transport,
  device: TestDevice,
  envelopes: readonly Uint8Array[],
  options: PushOptions = {},
): Promise<PushResponse> {
  const from = options.from ?? device.next;
  const answer = await transport(
    PATHS.push,
    {
      epoch: device.enrolled.epoch,
      replica: options.replica ?? device.replica,
      from,
      envelopes: envelopes.map(toBase64Url),
      ...(options.pull === false ? {} : { cursors: device.cursors }),
      schema: SCHEMA,
    },
    options.token ?? device.enrolled.tokens.full,
  );
  if (answer.status !== 200) {
    throw new Error(`push failed: ${answer.status} ${JSON.stringify(answer.body)}`);
  }
  const body = answer.body as PushResponse;
  if (options.from === undefined && body.acked !== undefined) device.next = body.acked + 1;
  return body;
}

export async function pushGroups(
  transport: Transport,
  device: TestDevice,
  groups: readonly Group[],
  options: PushOptions = {},
): Promise<PushResponse> {
  const envelopes = await Promise.all(groups.map((group) => envelopeOf(device, group)));
  return pushEnvelopes(transport, device, envelopes, options);
}

/** Pulls page after page until nothing is left, and remembers where it is. */
export async function pullAll(
  transport: Transport,
  device: TestDevice,
): Promise<{ log: Group[]; movements: Group[]; gone: string[]; rewind: string[] }> {
  const seen = { log: [] as Group[], movements: [] as Group[] };
  for (;;) {
    const answer = await transport(
      PATHS.pull,
      { epoch: device.enrolled.epoch, cursors: device.cursors, schema: SCHEMA },
      device.enrolled.tokens.full,
    );
    if (answer.status !== 200) throw new Error(`pull failed: ${JSON.stringify(answer.body)}`);
    const { streams, gone, rewind } = answer.body as PullResponse;
    for (const stream of ['log', 'movements'] as const) {
      const page = streams[stream];
      if (!page) continue;
      seen[stream].push(...page.groups.map(readSigned));
      device.cursors = { ...device.cursors, [stream]: page.cursor };
    }
    if (!streams.log?.more && !streams.movements?.more) return { ...seen, gone, rewind };
  }
}

export function readSigned(text: string): Group {
  const whole = fromBase64Url(text) ?? new Uint8Array(0);
  const group = decodeGroup(whole.subarray(64));
  if (!group.ok) throw new Error(group.error.reason);
  return group.value;
}

/** Over HTTP, to a server process. */
export function overHttp(url: string): Transport {
  return async (path, body, token) => {
    const response = await fetch(`${url}${path}`, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
      },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(20_000),
    });
    const text = await response.text();
    return { status: response.status, body: JSON.parse(text) as unknown, text };
  };
}
