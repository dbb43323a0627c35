import { timingSafeEqual } from 'node:crypto';
import type { Call, Endpoint } from './endpoint.ts';

/** Prometheus' numbers: for this machine itself, or for who shows the operator's token. */
export const metricsEndpoint: Endpoint = async (server, call) => {
  const { metricsToken } = server.settings;
  if (!isLocal(call) && !showsToken(call, metricsToken)) return { code: 'not_found' };
  const text = await server.metrics.text();
  return new Response(text, { headers: { 'Content-Type': 'text/plain; version=0.0.4' } });
};

/** A reverse proxy on this machine calls from here too: what it forwards is not local. */
function isLocal({ request, address }: Call): boolean {
  const isForwarded = ['forwarded', 'x-forwarded-for', 'x-real-ip', 'via'].some((name) =>
    request.headers.has(name),
  );
  return !isForwarded && /^(::1|127\.\d+\.\d+\.\d+|::ffff:127\.\d+\.\d+\.\d+)$/.test(address);
}

function showsToken({ request }: Call, token: string | undefined): boolean {
  if (!token) return false;
  const shown = Buffer.from(request.headers.get('authorization') ?? '');
  const wanted = Buffer.from(`Bearer ${token}`);
  return shown.length === wanted.length && timingSafeEqual(shown, wanted);
}
