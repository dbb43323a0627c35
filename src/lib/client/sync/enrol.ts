import { toBase64Url } from '#lib/crypto/encoding.ts';
import { randomShortId } from '#lib/crypto/random.ts';
import { sign } from '#lib/crypto/signatures.ts';
import { enrolProofBytes } from '#lib/protocol/certificate.ts';
import { PATHS } from '#lib/protocol/paths.ts';
import { enrolResponse, type EnrolResponse } from '#lib/protocol/wire.ts';
import type { Enrolment, FirstTransport, HalfEnrolled } from '../db/vault.ts';
import type { Answered, Transport } from './transport.ts';

/** Uses an invite for this device's keys; asked again with the same keys, the server answers alike. */
export async function askToEnrol(
  transport: Transport,
  { pending: { token, name }, publicKeys, signingKey }: HalfEnrolled,
): Promise<Answered<EnrolResponse>> {
  const signKey = toBase64Url(publicKeys.sign);
  const sealKey = toBase64Url(publicKeys.seal);
  const proof = toBase64Url(await sign(signingKey, enrolProofBytes(token, signKey, sealKey)));
  const request = { token, ...(name ? { name } : {}), signKey, sealKey, proof };
  return transport.post(PATHS.enrol, undefined, request, enrolResponse);
}

/** What is kept of the server's answer: sealed, and in plain for the transport. */
export function enrolmentOf(
  answer: EnrolResponse,
  at: string,
): { enrolment: Enrolment; transport: FirstTransport } {
  const { operation, operationName, device, member, name, role, certificate, serverKeys } = answer;
  return {
    enrolment: {
      operation,
      operationName,
      device,
      member,
      name,
      role,
      fullToken: answer.tokens.full,
      certificate: { signed: certificate, role },
      serverKeys,
    },
    transport: {
      pushToken: answer.tokens.push,
      epoch: answer.epoch,
      replica: randomShortId(),
      at,
    },
  };
}
