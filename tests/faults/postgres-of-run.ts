import type { TestProject } from 'vitest/node';
import { postgresIsInstalled, startPostgres, type TestPostgres } from './server/postgres.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The server on which every test that needs PostgreSQL makes databases of its own. */
    postgresUrl: string;
  }
}

let postgres: TestPostgres | undefined;

/** One PostgreSQL for a whole run of the fault tests: to make one takes longer than most tests. */
export async function setup(project: TestProject): Promise<void> {
  if (!postgresIsInstalled) return;
  postgres = await startPostgres();
  project.provide('postgresUrl', postgres.url);
}

export async function teardown(): Promise<void> {
  await postgres?.stop();
}
