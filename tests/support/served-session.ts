import type { MemoryServer } from './memory-server.ts';

const realFetch = globalThis.fetch;

/** A `fetch` for which the server in memory stands behind the addresses of the real one. */
export const fetchFrom =
  (server: () => MemoryServer): typeof fetch =>
  async (input, init) => {
    const path = input instanceof Request ? input.url : input.toString();
    if (!path.startsWith('/api/')) return realFetch(input, init);
    if (path === '/api/v1/poke' || server().isOffline) throw new TypeError('offline');
    const answered = await server().answer(path, JSON.parse(init?.body as string));
    if (answered.type !== 'answer') throw new TypeError('offline');
    return Response.json(answered.body);
  };
