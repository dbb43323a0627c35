/**
 * The rooms of the house and who may import whom (docs/architecture.md): one table, read by ESLint
 * and by dependency-cruiser. What is not listed is forbidden, types included. The first pattern
 * that matches a file is its room; `open` lists single files of a room that others may use where
 * they may not use the room.
 *
 * @typedef {{ name: string, pattern: string, may: string[], pure?: boolean, packages?: string[] }} Room
 * @type {Room[]}
 */
export const ROOMS = [
  { name: 'tests', pattern: 'src/**/*.{test,browser.test,arbitrary}.ts', may: ['*'] },
  {
    name: 'domain-records',
    pattern: 'src/lib/domain/{records,dates,figures,names}/**',
    may: ['domain-result'],
    pure: true,
    packages: ['date-fns', 'valibot'],
  },
  { name: 'domain-result', pattern: 'src/lib/domain/*.ts', may: [], pure: true, packages: [] },
  {
    name: 'domain-access',
    pattern: 'src/lib/domain/access/**',
    may: ['domain-records', 'domain-result'],
    pure: true,
    packages: ['date-fns', 'valibot'],
  },
  {
    name: 'changes',
    pattern: 'src/lib/changes/**',
    may: ['domain'],
    pure: true,
    packages: ['valibot'],
  },
  {
    name: 'protocol',
    pattern: 'src/lib/protocol/**',
    may: ['domain', 'changes'],
    pure: true,
    packages: ['valibot'],
  },
  { name: 'crypto', pattern: 'src/lib/crypto/**', may: [], packages: ['hash-wasm', 'fflate'] },
  {
    name: 'i18n',
    pattern: 'src/lib/i18n/**',
    may: [],
    pure: true,
    packages: ['@formatjs/icu-messageformat-parser'],
  },
  {
    name: 'statements',
    pattern: 'src/lib/statements/**',
    may: ['domain', 'i18n'],
    pure: true,
    packages: [],
  },
  { name: 'exchange', pattern: 'src/lib/exchange/**', may: ['domain', 'statements', 'i18n'] },
  {
    name: 'prepare',
    pattern: 'src/lib/charts/prepare/**',
    may: ['domain', 'statements'],
    pure: true,
    packages: ['d3-scale', 'd3-shape', 'd3-array', 'd3-time', 'd3-geo'],
  },
  { name: 'marks', pattern: 'src/lib/charts/marks/**', may: ['prepare', 'i18n'] },
  { name: 'db', pattern: 'src/lib/client/db/**', may: ['domain', 'changes', 'crypto'] },
  {
    name: 'sync',
    pattern: 'src/lib/client/sync/**',
    may: ['db', 'protocol', 'changes', 'domain', 'crypto'],
  },
  {
    name: 'state',
    pattern: 'src/lib/client/state/**',
    may: [
      'db',
      'sync',
      'domain',
      'changes',
      'protocol',
      'prepare',
      'exchange',
      'statements',
      'i18n',
      'crypto',
    ],
  },
  {
    name: 'server',
    pattern: 'src/lib/server/**',
    may: ['protocol', 'changes', 'domain', 'crypto', 'exchange', 'statements', 'i18n'],
  },
  { name: 'ui', pattern: 'src/lib/ui/**', may: ['i18n'] },
  {
    name: 'features',
    pattern: 'src/lib/features/**',
    may: [
      'ui',
      'prepare',
      'marks',
      'state',
      'statements',
      'i18n',
      'domain-records',
      'domain-result',
    ],
  },
  {
    name: 'endpoints',
    pattern:
      'src/{routes/**/+server.ts,routes/**/*.server.ts,hooks.server.ts,server-entry.ts,server-headers.ts}',
    may: ['server', 'protocol', 'exchange', 'statements', 'domain', 'i18n'],
  },
  {
    name: 'pages',
    pattern: 'src/routes/**',
    may: ['features', 'ui', 'state', 'i18n', 'domain-records', 'domain-result', 'frame'],
  },
  {
    name: 'cli',
    pattern: 'src/cli/**',
    may: ['server', 'protocol', 'exchange', 'statements', 'domain', 'i18n'],
  },
  {
    name: 'service-worker',
    pattern: 'src/service-worker.ts',
    may: ['protocol', 'sync'],
  },
  { name: 'frame', pattern: 'src/{app.html,app.css,app.d.ts}', may: [] },
];

/**
 * Short names for several rooms.
 * @type {Record<string, string[]>}
 */
const WHOLE = { domain: ['domain-records', 'domain-result', 'domain-access'] };

/**
 * The rooms that a room may import, itself included.
 * @param {Room} room
 */
export function allowedRooms(room) {
  if (room.may.includes('*')) return ROOMS.map((other) => other.name);
  const may = room.may.flatMap((name) => WHOLE[name] ?? [name]);
  return [room.name, ...may];
}
