import boundaries from 'eslint-plugin-boundaries';
import { defineConfig } from 'eslint/config';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';
import { allowedRooms, ROOMS } from './layers.js';

const PURE = ROOMS.filter((room) => room.pure).map((room) => room.pattern);
const CRYPTO_CALLS =
  '/^(seal|open|sign|verify|wrap|unwrap|derive|generate|hash)(Row|Envelope|DataKey|SigningKey|SealingKey|SigningPair|SealingPair|PassphraseKey|Token)?$/';

/** As in svelte.config.js, which works out the whole version of a build. */
const SVELTE = { compilerOptions: { runes: true } };

/** Shapes that no room may have. */
const EVERYWHERE = [
  {
    selector:
      "NewExpression[callee.name='Worker'] > NewExpression[callee.name='URL'] > Literal:not([value=/^\\.\\/[a-z0-9-]+\\.worker\\.ts$/])",
    message: 'A worker stands beside who starts it, in the same room: ./name.worker.ts.',
  },
  {
    selector: "NewExpression[callee.name='URL'] > Literal[value=/^#|(^|\\/)lib\\//]",
    message: 'The linters of the rooms do not see addresses: import the file instead.',
  },
];
const IN_CLIENT = [
  {
    selector: `CallExpression[callee.property.name='transaction'] AwaitExpression > CallExpression[callee.name=${CRYPTO_CALLS}]`,
    message: 'Seal before the transaction, open after it: WebCrypto ends it in most browsers.',
  },
  {
    selector:
      "CallExpression[callee.property.name='transaction'] MemberExpression[object.name='crypto'][property.name='subtle']",
    message: 'Seal before the transaction, open after it: WebCrypto ends it in most browsers.',
  },
  {
    selector:
      "CallExpression[callee.property.name='transaction'] CallExpression[callee.name=/^(fetch|setTimeout)$/]",
    message: 'Waiting for the network or a timer commits the transaction half way.',
  },
];
const NO_DEFAULT = [
  { selector: 'ExportDefaultDeclaration', message: 'Export by name: one name everywhere.' },
];
/**
 * Files whose first matching pattern is that room's.
 * @param {string} name
 */
const inRoom = (name) => {
  const names = ROOMS.map((room) => room.name);
  return { categories: { anyOf: [name], noneOf: names.slice(0, names.indexOf(name)) } };
};
const TESTS = ['**/*.test.ts', '**/*.arbitrary.ts', 'tests/**'];

export default defineConfig(
  {
    ignores: [
      'build/',
      '.svelte-kit/',
      'node_modules/',
      'data/',
      '**/.tmp*',
      'static/',
      'test-results/',
      'playwright-report/',
    ],
  },
  ...ts.configs.recommended,
  ...svelte.configs.recommended,
  {
    languageOptions: { globals: { ...globals.browser, ...globals.node } },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      'no-undef': 'off',
      'no-console': ['error', { allow: ['error'] }],
      eqeqeq: 'error',
      'prefer-const': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { disallowTypeAnnotations: false }],
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
      '@typescript-eslint/no-non-null-assertion': 'off',
      'no-restricted-imports': [
        'error',
        { patterns: [{ group: ['$lib', '$lib/*'], message: 'rooms are imported as #lib/…' }] },
      ],
      'no-restricted-syntax': ['error', ...EVERYWHERE],
    },
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: {
      parserOptions: { extraFileExtensions: ['.svelte'], parser: ts.parser, svelteConfig: SVELTE },
    },
    rules: {
      // destructured props are declared together
      'prefer-const': 'off',
      'svelte/prefer-const': [
        'error',
        { destructuring: 'all', excludedRunes: ['$props', '$state'] },
      ],
      // the application always lives at the root of its address
      'svelte/no-navigation-without-resolve': 'off',
      'svelte/prefer-svelte-reactivity': 'off',
    },
  },
  {
    files: ['src/**'],
    plugins: { boundaries },
    settings: {
      'import/resolver': { typescript: { project: 'tsconfig.json' } },
      'boundaries/include': ['src/**'],
      'boundaries/files': ROOMS.map(({ name, pattern }) => ({ category: name, pattern })),
    },
    rules: {
      'boundaries/no-unknown-files': 'error',
      'boundaries/dependencies': [
        'error',
        {
          default: 'disallow',
          policies: ROOMS.map((room) => ({
            from: { file: inRoom(room.name) },
            allow: { to: allowedRooms(room).map((name) => ({ file: inRoom(name) })) },
          })),
        },
      ],
    },
  },
  {
    files: ['src/**/*.ts'],
    rules: { 'no-restricted-syntax': ['error', ...EVERYWHERE, ...NO_DEFAULT] },
  },
  {
    files: ['src/lib/client/**/*.ts'],
    rules: { 'no-restricted-syntax': ['error', ...EVERYWHERE, ...NO_DEFAULT, ...IN_CLIENT] },
  },
  {
    // a promise that nobody waits for loses its error
    files: ['src/**/*.ts', 'scripts/**/*.ts', 'tests/**/*.ts'],
    ignores: ['src/service-worker.ts'],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
    },
  },
  {
    // now, randomness and the time zone are arguments of the pure rooms
    files: PURE,
    ignores: TESTS,
    rules: {
      'no-restricted-globals': [
        'error',
        'window',
        'document',
        'navigator',
        'process',
        'Buffer',
        'crypto',
        'performance',
        'fetch',
      ],
      'no-restricted-properties': [
        'error',
        { object: 'Date', property: 'now', message: 'now is an argument here' },
        { object: 'Math', property: 'random', message: 'randomness is an argument here' },
      ],
    },
  },
  {
    files: ['src/cli/**', 'scripts/**', 'src/server-entry.ts', 'src/hooks.server.ts', 'tests/**'],
    rules: { 'no-console': 'off' },
  },
);
