import type { IncomingMessage } from 'node:http';

/** Where a reverse proxy says who calls (docs/api.md), as adapter-node reads it. */
export interface ProxySettings {
  /** In small letters; undefined: nobody stands between. */
  readonly addressHeader: string | undefined;
  /** Of `x-forwarded-for`: how many proxies there are. */
  readonly forwardedDepth: number;
}

export function readProxySettings(
  env: Readonly<Record<string, string | undefined>>,
): ProxySettings {
  return {
    addressHeader: env['ADDRESS_HEADER']?.toLowerCase() || undefined,
    forwardedDepth: Number.parseInt(env['XFF_DEPTH'] || '1', 10),
  };
}

/**
 * The address of the caller; null where the proxy should name it and does not. Taking the proxy's
 * own address then would count all callers as one.
 */
export function callerAddress(
  { headers, socket }: Pick<IncomingMessage, 'headers'> & { socket: { remoteAddress?: string } },
  { addressHeader, forwardedDepth }: ProxySettings,
): string | null {
  if (addressHeader === undefined) return socket.remoteAddress ?? '';
  const value = headers[addressHeader];
  if (value === undefined) return null;
  if (addressHeader !== 'x-forwarded-for') return String(value);
  if (!(forwardedDepth >= 1)) return null;
  return String(value).split(',').at(-forwardedDepth)?.trim() ?? null;
}
