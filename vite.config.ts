import { sveltekit } from '@sveltejs/kit/vite';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { firstChunks } from './build-tools/first-chunks.ts';
import { parsedMessages } from './build-tools/messages-plugin.ts';
import { wasmAsText } from './build-tools/wasm-as-text.ts';
import { CHROMIUM_ARGS, chromiumPath } from './tests/support/chromium.ts';

const executablePath = chromiumPath();

export default defineConfig({
  plugins: [parsedMessages(), firstChunks(import.meta.dirname), sveltekit()],
  // Its build for today's browsers: without what older ones lack it is lighter.
  resolve: { alias: [{ find: /^dexie$/, replacement: 'dexie/dist/modern/dexie.min.mjs' }] },
  worker: { format: 'es', plugins: () => [wasmAsText()] },
  test: {
    // a limit for what hangs, on a slow machine too: never a measurement
    testTimeout: 60_000,
    hookTimeout: 120_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'node',
          environment: 'node',
          include: ['src/**/*.test.ts', 'tests/{build,bench}/**/*.test.ts'],
          exclude: ['src/**/*.browser.test.ts'],
        },
      },
      {
        extends: true,
        test: {
          name: 'faults',
          environment: 'node',
          include: ['tests/faults/**/*.test.ts'],
          globalSetup: 'tests/faults/postgres-of-run.ts',
          // They wait for processes more than they compute: two files at a time, on two cores too.
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
          // Real processes and databases, on machines that do other things too.
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          include: ['src/**/*.browser.test.ts'],
          browser: {
            enabled: true,
            headless: true,
            provider: playwright({
              launchOptions: { args: CHROMIUM_ARGS, ...(executablePath ? { executablePath } : {}) },
            }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
    ],
  },
});
