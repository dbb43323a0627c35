import { toBase64Url } from '#lib/crypto/encoding.ts';
import { randomShortId } from '#lib/crypto/random.ts';
import { PATHS } from '#lib/protocol/paths.ts';
import { enrolResponse, type EnrolResponse } from '#lib/protocol/wire.ts';
import type { Enrolment, FirstTransport, HalfEnrolled } from '../db/vault.ts';
import type { Answered, Transport } from './transport.ts';

/** Uses an invite for this device's keys; asked again with the same keys, the server answers alike. */
export function askToEnrol(
  transport: Transport,
  { pending: { token, name }, publicKeys }: HalfEnrolled,
): Promise<Answered<EnrolResponse>> {
  const request = {
    token,
    ...(name ? { name } : {}),
    signKey: toBase64Url(publicKeys.sign),
    sealKey: toBase64Url(publicKeys.seal),
  };
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
      certificate,
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
