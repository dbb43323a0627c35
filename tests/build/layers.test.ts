import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ROOMS } from '../../layers.js';

/**
 * A small house with the same rules, in which each file does one forbidden thing: the linters must
 * see every one of them, and nothing in the file that does none.
 */
const root = fileURLToPath(new URL('../..', import.meta.url));
const house = mkdtempSync(join(tmpdir(), 'crossline-layers-'));
const RULES = [
  'package.json',
  'layers.js',
  'eslint.config.js',
  '.dependency-cruiser.js',
  'tsconfig.json',
  '.svelte-kit/tsconfig.json',
];

const SOUND = {
  'src/lib/domain/result.ts': 'export type Result = { readonly ok: boolean };\n',
  'src/lib/client/db/database.ts': 'export const open = 1;\n',
  'src/lib/features/place.ts': "export type { Result } from '#lib/domain/result.ts';\n",
};

/** Forbidden imports, which ESLint and dependency-cruiser must both see. */
const IMPORTS = {
  'src/lib/domain/dates/up.ts': "import '#lib/client/db/database.ts';\n",
  'src/lib/ui/up.ts': "import '#lib/features/place.ts';\n",
  'src/lib/features/deep.ts': "import '#lib/client/db/database.ts';\n",
  'src/lib/features/relative.ts': "import '../client/db/database.ts';\n",
  'src/lib/crypto/type.ts': "import type { Result } from '#lib/domain/result.ts';\nexport type R = Result;\n",
  'src/routes/page.ts': "export { open } from '#lib/client/db/database.ts';\n",
};

/** What ESLint alone can see. */
const SHAPES = {
  'src/lib/nowhere/file.ts': ['export const a = 1;', 'boundaries/no-unknown-files'],
  'src/lib/ui/spelling.ts': ["import '$lib/i18n/locales.ts';", 'no-restricted-imports'],
  'src/lib/ui/default.ts': ['export default 1;', 'no-restricted-syntax'],
  'src/lib/ui/worker.ts': [
    "new Worker(new URL('../crypto/passphrase.worker.ts', import.meta.url));",
    'no-restricted-syntax',
  ],
  'src/lib/client/db/seal.ts': [
    "export const f = (db, key) => db.transaction('rw', [], async () => { await sealRow(key); });",
    'no-restricted-syntax',
  ],
  'src/lib/client/db/fetch.ts': [
    "export const f = (db) => db.transaction('rw', [], async () => { await fetch('/'); });",
    'no-restricted-syntax',
  ],
  'src/lib/domain/dates/now.ts': ['export const a = Date.now();', 'no-restricted-properties'],
  'src/lib/changes/random.ts': ['export const a = Math.random();', 'no-restricted-properties'],
  'src/lib/protocol/fetch.ts': ["export const a = fetch('/');", 'no-restricted-globals'],
  'src/lib/client/sync/floating.ts': [
    'const f = async (): Promise<void> => {};\nf();',
    '@typescript-eslint/no-floating-promises',
  ],
} as const;

/** Packages, which dependency-cruiser alone sees. */
const PACKAGES = {
  'src/lib/domain/figures/package.ts': ["import 'dexie';\n", 'packages-domain-records'],
  'src/lib/changes/node.ts': ["import 'node:fs';\n", 'packages-changes'],
} as const;

let byEslint: Map<string, (string | null)[]>;
let byCruiser: Map<string, string[]>;

beforeAll(() => {
  for (const file of RULES) cpSync(join(root, file), join(house, file));
  symlinkSync(join(root, 'node_modules'), join(house, 'node_modules'));
  for (const [path, text] of Object.entries({ ...SOUND, ...IMPORTS })) plant(path, text);
  for (const [path, [text]] of Object.entries({ ...SHAPES, ...PACKAGES })) plant(path, text);
  byCruiser = cruised();
  byEslint = linted();
}, 120_000);

afterAll(() => rmSync(house, { recursive: true, force: true }));

function plant(path: string, text: string): void {
  mkdirSync(join(house, dirname(path)), { recursive: true });
  writeFileSync(join(house, path), text);
}

function linted(): Map<string, (string | null)[]> {
  const results = run('eslint/bin/eslint.js', ['src', '--format', 'json']) as {
    filePath: string;
    messages: { ruleId: string | null }[];
  }[];
  return new Map(
    results.map(({ filePath, messages }) => [
      relative(house, filePath),
      messages.map(({ ruleId }) => ruleId),
    ]),
  );
}

function cruised(): Map<string, string[]> {
  const { summary } = run('dependency-cruiser/bin/dependency-cruise.mjs', [
    'src',
    '--config',
    '.dependency-cruiser.js',
    '--output-type',
    'json',
  ]) as { summary: { violations: { from: string; rule: { name: string } }[] } };
  const seen = new Map<string, string[]>();
  for (const { from, rule } of summary.violations) {
    seen.set(from, [...(seen.get(from) ?? []), rule.name]);
  }
  return seen;
}

/** The JSON that a linter prints in the small house. */
function run(program: string, options: readonly string[]): unknown {
  const path = join(root, 'node_modules', program);
  const done = spawnSync(process.execPath, [path, ...options], {
    cwd: house,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  return JSON.parse(done.stdout);
}

test.each(Object.keys(IMPORTS))('layers: ESLint sees the forbidden import in %s', (path) => {
  expect(byEslint.get(path)).toContain('boundaries/dependencies');
});

test.each(Object.keys(IMPORTS))('layers: dependency-cruiser sees it in %s', (path) => {
  expect(byCruiser.get(path)?.some((rule) => rule.startsWith('room-'))).toBe(true);
});

test.each(Object.entries(SHAPES))('layers: ESLint refuses %s', (path, [, rule]) => {
  expect(byEslint.get(path)).toContain(rule);
});

test.each(Object.entries(PACKAGES))('layers: dependency-cruiser refuses %s', (path, [, rule]) => {
  expect(byCruiser.get(path)).toContain(rule);
});

test.each(Object.keys(SOUND))('layers: nothing is wrong with %s', (path) => {
  expect(byEslint.get(path)).toEqual([]);
  expect(byCruiser.get(path)).toBeUndefined();
});

test('layers: every room has a name of its own', () => {
  const names = ROOMS.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
});
