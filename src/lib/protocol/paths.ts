/** Where the server listens. One list, used by the pages, the service worker and the server. */
export const PATHS = {
  enrol: '/api/v1/enrol',
  push: '/api/v1/push',
  pull: '/api/v1/pull',
  poke: '/api/v1/poke',
  renew: '/api/v1/renew',
  invites: '/api/v1/invites',
  devices: '/api/v1/devices',
  revoke: '/api/v1/devices/revoke',
  people: '/api/v1/people',
  role: '/api/v1/people/role',
  audit: '/api/v1/audit',
  snapshot: '/api/v1/snapshot',
  snapshotPart: '/api/v1/snapshot/part',
  history: '/api/v1/history',
  quarantine: '/api/v1/quarantine',
  settle: '/api/v1/quarantine/settle',
  health: '/api/v1/health',
} as const;

/** Version of what a change can say. It only grows; an older change is read as it was written. */
export const SCHEMA = 1;
