import { afterAll, describe, inject } from 'vitest';
import { dropDatabase, freshDatabase, postgresIsInstalled } from './postgres.ts';

/** Where a suite keeps its store; each call names a new, empty one. */
export interface StoreUnderTest {
  readonly name: string;
  fresh(): Promise<string | undefined>;
}

/** The same suite on SQLite and on PostgreSQL. Without PostgreSQL it says that it left that out. */
export function onBothStores(name: string, suite: (store: StoreUnderTest) => void): void {
  describe(`${name} [sqlite]`, () => {
    suite({ name: 'sqlite', fresh: () => Promise.resolve(undefined) });
  });
  describe.skipIf(!postgresIsInstalled)(
    `${name} [postgres${postgresIsInstalled ? '' : ': not installed here'}]`,
    () => {
      const server = inject('postgresUrl');
      const made: string[] = [];
      afterAll(async () => {
        for (const database of made) await dropDatabase(server, database);
      });
      suite({
        name: 'postgres',
        fresh: async () => {
          const database = await freshDatabase(server);
          made.push(database);
          return database;
        },
      });
    },
  );
}
