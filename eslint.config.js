import boundaries from 'eslint-plugin-boundaries';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';
import { allowedRooms, ROOMS } from './layers.js';
import svelteConfig from './svelte.config.js';

const PURE = ROOMS.filter((room) => room.pure).map((room) => room.pattern);
const TESTS = ['**/*.test.ts', '**/*.arbitrary.ts', 'tests/**'];

export default ts.config(
  {
    ignores: [
      'build/',
      '.svelte-kit/',
      'node_modules/',
      'data/',
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
      'no-restricted-syntax': [
        'error',
        {
          selector:
            "CallExpression[callee.property.name='transaction'] AwaitExpression MemberExpression[object.name='crypto'][property.name='subtle']",
          message:
            'Seal before the transaction, open after it: WebCrypto ends it in most browsers.',
        },
      ],
    },
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: {
      parserOptions: { extraFileExtensions: ['.svelte'], parser: ts.parser, svelteConfig },
    },
    rules: {
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
      'boundaries/elements': ROOMS.map((room) => ({
        type: room.name,
        pattern: room.pattern,
        mode: 'full',
      })),
    },
    rules: {
      'boundaries/no-unknown-files': 'error',
      'boundaries/element-types': [
        'error',
        {
          default: 'disallow',
          rules: ROOMS.map((room) => ({ from: [room.name], allow: allowedRooms(room) })),
        },
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
