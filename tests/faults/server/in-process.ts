import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Role } from '#lib/protocol/roles.ts';
import { createInvite } from '#lib/server/people/invites.ts';
import { prepareOperations } from '#lib/server/people/operations.ts';
import { createServer, type Server } from '#lib/server/server.ts';
import { takePresence, type Presence } from '#lib/server/store/presence.ts';
import type { StorePlace } from '#lib/server/store/store.ts';
import { readSettings, type Settings } from '#lib/server/settings.ts';
import { enrolDevice, type TestDevice, type Transport } from './device.ts';
import { answerHere, ASKED_BY_GET } from './endpoints-by-path.ts';

/** A server of this process with a store of its own, a clock that tests move, and its owner. */
export interface TestServer {
  readonly server: Server;
  readonly transport: Transport;
  readonly owner: TestDevice;
  /** Moves the server's clock; phones do not notice. */
  setClock(instant: number): void;
  /** Enrols a device with this role. */
  join(role: Role): Promise<TestDevice>;
  /** Where its store is. */
  readonly place: StorePlace;
  /** Gives up its hold on the store, as if it were stopped; the answer takes it again. */
  release(): Promise<() => Promise<void>>;
  stop(): Promise<void>;
}

/** Noon of the day on which the aid came to Zamalka and Arbin. */
export const NOON = Date.UTC(2016, 5, 29, 12);

export async function startTestServer(
  databaseUrl?: string,
  changed: Partial<Settings> = {},
): Promise<TestServer> {
  const folder = mkdtempSync(join(tmpdir(), 'crossline-server-'));
  let now = NOON;
  let presence: Presence | null = null;
  const settings = {
    ...readSettings({ CROSSLINE_DATA: folder, CROSSLINE_LOG: 'silent' }),
    databaseUrl,
    ...changed,
  };
  const server = await createServer(settings, { clock: () => now, openers: 0 });
  const transport: Transport = async (path, body, token) => {
    const headers = new Headers(token === undefined ? {} : { Authorization: `Bearer ${token}` });
    const isGet = ASKED_BY_GET.has(path);
    const request = new Request(`http://localhost${path}`, {
      method: isGet ? 'GET' : 'POST',
      headers,
      ...(isGet ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const response = await answerHere(server, path, request);
    const text = await response.text();
    // A part of a snapshot is a line of JSON a page.
    const isLines = response.headers.get('content-type') === 'application/x-ndjson';
    const said: unknown = isLines ? undefined : JSON.parse(text);
    return { status: response.status, body: said, text };
  };
  const [token] = await prepareOperations(server.store, server.keys, now);
  const owner = await enrolDevice(transport, token ?? '', 'Owner');
  return {
    server,
    transport,
    owner,
    setClock: (instant) => {
      now = instant;
    },
    join: async (role) => {
      const { operation, member, device } = owner.enrolled;
      const inviter = { operation, member, device, role: 'owner' as const };
      const invite = { role, name: role, days: 7 };
      const made = await createInvite(server.store, server.keys, inviter, invite, now);
      if (!made.ok) throw new Error(made.error.type);
      return enrolDevice(transport, made.value.token);
    },
    place: settings,
    release: async () => {
      await (presence ?? server.presence).end();
      return async () => {
        presence = await takePresence(settings, 'shared');
      };
    },
    stop: async () => {
      await presence?.end();
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
