import { allowedRooms, ROOMS } from './layers.js';

/** Globs of layers.js as the regular expressions that dependency-cruiser reads. */
function toRegex(glob) {
  let depth = 0;
  const body = glob.replace(/\*\*\/|\*\*|\*|[{},.+]/g, (sign) => {
    if (sign === '**/') return '.*';
    if (sign === '**') return '.*';
    if (sign === '*') return '[^/]*';
    if (sign === '{') return (depth++, '(?:');
    if (sign === '}') return (depth--, ')');
    if (sign === ',') return depth > 0 ? '|' : ',';
    return `\\${sign}`;
  });
  return `^${body}$`;
}

const regexOf = Object.fromEntries(ROOMS.map((room) => [room.name, toRegex(room.pattern)]));
const inHouse = '^src/';

const forbidden = ROOMS.filter((room) => !room.may.includes('*')).map((room) => {
  const earlier = ROOMS.slice(0, ROOMS.indexOf(room)).map((other) => regexOf[other.name]);
  const allowed = allowedRooms(room).map((name) => regexOf[name]);
  return {
    name: `room-${room.name}`,
    comment: `${room.name} may import ${allowedRooms(room).join(', ')} (layers.js)`,
    severity: 'error',
    from: { path: regexOf[room.name], pathNot: earlier.length > 0 ? earlier : undefined },
    to: { path: inHouse, pathNot: allowed },
  };
});

const purePackages = ROOMS.filter((room) => room.packages).map((room) => ({
  name: `packages-${room.name}`,
  comment: `${room.name} may use these packages only: ${room.packages.join(', ') || 'none'}`,
  severity: 'error',
  from: { path: regexOf[room.name], pathNot: [regexOf['tests']] },
  to: {
    dependencyTypes: ['npm', 'npm-dev', 'core', 'npm-no-pkg', 'npm-unknown'],
    pathNot: room.packages.map((name) => `(^|/)node_modules/(@types/)?${name}(/|$)`),
  },
}));

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    ...forbidden,
    ...purePackages,
    {
      name: 'no-circles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-house-in-tests',
      comment: 'the application never imports its tests',
      severity: 'error',
      from: { path: '^src/', pathNot: [regexOf['tests']] },
      to: { path: '^tests/|\\.(test|arbitrary)\\.ts$' },
    },
    {
      name: 'resolvable',
      severity: 'error',
      from: {},
      to: {
        couldNotResolve: true,
        pathNot: [
          '^\\$app/',
          '^\\$env/',
          '^\\$service-worker$',
          '^\\./\\$types',
          '\\?worker',
          '^vitest/browser$',
          '^(vite|vitest|@playwright/test|@vitest/browser-playwright)(/|$)',
        ],
      },
    },
    {
      name: 'one-spelling',
      comment: 'rooms are imported as #lib/…, never $lib',
      severity: 'error',
      from: {},
      to: { path: '^\\$lib' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'types', 'svelte', 'default'],
      extensions: ['.ts', '.js', '.svelte', '.json'],
    },
    parser: 'tsc',
  },
};
