import { PATHS } from '#lib/protocol/paths.ts';
import type { Endpoint } from '#lib/server/http/endpoint.ts';
import * as endpoints from '#lib/server/http/endpoints.ts';
import * as people from '#lib/server/http/people-endpoints.ts';
import * as snapshots from '#lib/server/http/snapshot-endpoints.ts';
import * as records from '#lib/server/http/record-endpoints.ts';

/** Every endpoint at its address, as the routes of the application have them. */
export const ENDPOINTS: Readonly<Record<string, Endpoint>> = {
  [PATHS.enrol]: endpoints.enrolEndpoint,
  [PATHS.push]: endpoints.pushEndpoint,
  [PATHS.pull]: endpoints.pullEndpoint,
  [PATHS.poke]: endpoints.pokeEndpoint,
  [PATHS.renew]: endpoints.renewEndpoint,
  [PATHS.health]: endpoints.healthEndpoint,
  [PATHS.invites]: people.inviteEndpoint,
  [PATHS.devices]: people.devicesEndpoint,
  [PATHS.revoke]: people.revokeEndpoint,
  [PATHS.people]: people.peopleEndpoint,
  [PATHS.role]: people.roleEndpoint,
  [PATHS.audit]: people.auditEndpoint,
  [PATHS.snapshot]: snapshots.snapshotEndpoint,
  [PATHS.snapshotPart]: snapshots.snapshotPartEndpoint,
  [PATHS.history]: records.historyEndpoint,
  [PATHS.quarantine]: records.quarantineEndpoint,
  [PATHS.settle]: records.settleEndpoint,
};

/** Addresses that are asked without a body. */
export const ASKED_BY_GET: ReadonlySet<string> = new Set([
  PATHS.devices,
  PATHS.people,
  PATHS.health,
  PATHS.poke,
]);
