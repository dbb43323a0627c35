import { timingSafeEqual } from 'node:crypto';
import type { Call } from './call.ts';
import type { Endpoint } from './endpoint.ts';

/** Prometheus' numbers: for this machine itself, or for who shows the operator's token. */
export const metricsEndpoint: Endpoint = async (server, call) => {
  const { metricsToken } = server.settings;
  if (!isLocal(call) && !showsToken(call, metricsToken)) return { code: 'not_found' };
  const text = await server.metrics.text();
  return { status: 200, headers: { 'Content-Type': 'text/plain; version=0.0.4' }, body: text };
};

/** A reverse proxy on this machine calls from here too: what it forwards is not local. */
function isLocal(call: Call): boolean {
  const isForwarded = ['forwarded', 'x-forwarded-for', 'x-real-ip', 'via'].some(
    (name) => call.header(name) !== null,
  );
  return !isForwarded && /^(::1|127\.\d+\.\d+\.\d+|::ffff:127\.\d+\.\d+\.\d+)$/.test(call.address);
}

function showsToken(call: Call, token: string | undefined): boolean {
  if (!token) return false;
  const shown = Buffer.from(call.header('authorization') ?? '');
  const wanted = Buffer.from(`Bearer ${token}`);
  return shown.length === wanted.length && timingSafeEqual(shown, wanted);
}
