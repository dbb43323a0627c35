import { PATHS } from '#lib/protocol/paths.ts';
import type { Endpoint } from './endpoint.ts';
import {
  enrolEndpoint,
  healthEndpoint,
  pokeEndpoint,
  pullEndpoint,
  pushEndpoint,
  renewEndpoint,
} from './endpoints.ts';
import {
  auditEndpoint,
  devicesEndpoint,
  inviteEndpoint,
  peopleEndpoint,
  revokeEndpoint,
  roleEndpoint,
  settleCopyEndpoint,
} from './people-endpoints.ts';
import { historyEndpoint, quarantineEndpoint, settleEndpoint } from './record-endpoints.ts';
import { snapshotEndpoint, snapshotPartEndpoint } from './snapshot-endpoints.ts';

/** An endpoint, what the log and the metrics call it, and how it is asked. */
export interface ApiEndpoint {
  readonly name: string;
  readonly method: 'GET' | 'POST';
  readonly endpoint: Endpoint;
}

const asked = (name: string, endpoint: Endpoint): ApiEndpoint => ({
  name,
  method: 'POST',
  endpoint,
});
const looked = (name: string, endpoint: Endpoint): ApiEndpoint => ({
  name,
  method: 'GET',
  endpoint,
});

/** Every endpoint of the API, once: Kit's routes and the server's entry both take them from here. */
export const API: Readonly<Record<keyof typeof PATHS, ApiEndpoint>> = {
  enrol: asked('enrol', enrolEndpoint),
  push: asked('push', pushEndpoint),
  pull: asked('pull', pullEndpoint),
  poke: looked('poke', pokeEndpoint),
  renew: asked('renew', renewEndpoint),
  invites: asked('invites', inviteEndpoint),
  devices: looked('devices', devicesEndpoint),
  revoke: asked('revoke', revokeEndpoint),
  settleCopy: asked('settle-copy', settleCopyEndpoint),
  people: looked('people', peopleEndpoint),
  role: asked('role', roleEndpoint),
  audit: asked('audit', auditEndpoint),
  snapshot: asked('snapshot', snapshotEndpoint),
  snapshotPart: asked('snapshot-part', snapshotPartEndpoint),
  history: asked('history', historyEndpoint),
  quarantine: asked('quarantine', quarantineEndpoint),
  settle: asked('settle', settleEndpoint),
  health: looked('health', healthEndpoint),
};

const byPath = new Map(
  Object.entries(PATHS).map(([key, path]) => [path as string, API[key as keyof typeof PATHS]]),
);

/** The endpoint at an address, exactly as `PATHS` writes it. */
export const endpointAt = (path: string): ApiEndpoint | undefined => byPath.get(path);
