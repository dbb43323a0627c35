import { afterAll, beforeAll, describe } from 'vitest';
import {
  freshDatabase,
  postgresIsInstalled,
  startPostgres,
  type TestPostgres,
} from './postgres.ts';

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
      let postgres: TestPostgres;
      let count = 0;
      beforeAll(async () => {
        postgres = await startPostgres();
      }, 60_000);
      afterAll(() => postgres.stop());
      suite({ name: 'postgres', fresh: () => freshDatabase(postgres, `t${(count += 1)}`) });
    },
  );
}
