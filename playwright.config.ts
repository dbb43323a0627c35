import { defineConfig } from '@playwright/test';
import { CHROMIUM_ARGS, chromiumPath } from './tests/support/chromium.ts';

const executablePath = chromiumPath();

/** Every flow runs in English and in Arabic; each test starts the servers and devices it needs. */
export default defineConfig({
  testDir: 'tests/e2e',
  globalSetup: './tests/e2e/build-first.ts',
  outputDir: 'test-results',
  timeout: 180_000,
  expect: { timeout: 15_000 },
  // Each test has servers, devices and ports of its own, and waits for them more than it computes.
  workers: 2,
  forbidOnly: Boolean(process.env['CI']),
  // Browsers are killed and machines are busy there: once more, and the list says "flaky".
  retries: process.env['CI'] ? 1 : 0,
  reporter: [['list']],
  use: {
    browserName: 'chromium',
    headless: true,
    viewport: { width: 360, height: 740 },
    launchOptions: { args: CHROMIUM_ARGS, ...(executablePath ? { executablePath } : {}) },
  },
  projects: [
    { name: 'en', use: { locale: 'en-GB' } },
    { name: 'ar', use: { locale: 'ar-SY' } },
  ],
});
