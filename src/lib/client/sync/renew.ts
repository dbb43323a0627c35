import * as v from 'valibot';
import { toBase64Url, toUtf8 } from '#lib/crypto/encoding.ts';
import { sign } from '#lib/crypto/signatures.ts';
import { PATHS } from '#lib/protocol/paths.ts';
import { renewResponse } from '#lib/protocol/wire.ts';
import type { Unlocked } from '../db/vault.ts';
import type { Answered, Transport } from './transport.ts';

const health = v.object({ serverTime: v.string() });

/** New tokens by the device's signing key: what is not revoked never has to be enrolled again. */
export async function renewTokens(
  transport: Transport,
  { enrolment, signingKey, publicKeys }: Unlocked,
  signal: AbortSignal,
): Promise<Answered<v.InferOutput<typeof renewResponse>>> {
  const answered = await transport.get(PATHS.health, undefined, health, signal);
  if (answered.type !== 'answer') return answered;
  const { device, member, name, certificate } = enrolment;
  const time = answered.body.serverTime;
  const signature = toBase64Url(await sign(signingKey, toUtf8(`${device}|${time}`)));
  const certified = {
    device,
    member,
    role: certificate.role,
    signKey: toBase64Url(publicKeys.sign),
    sealKey: toBase64Url(publicKeys.seal),
    certificate: certificate.signed,
  };
  const request = { device, time, signature, certificate: certified, ...(name ? { name } : {}) };
  return transport.post(PATHS.renew, undefined, request, renewResponse, signal);
}
