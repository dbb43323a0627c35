import { PostgresDialect } from 'kysely';
import pg from 'pg';

const INT8 = 20;
const CONNECTIONS = 10;

/**
 * Kysely on PostgreSQL. Counters and times are `bigint` there and stay far under 2^53, so they are
 * read as numbers.
 */
export function postgresDialect(url: string): PostgresDialect {
  const types: pg.CustomTypesConfig = {
    getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
      oid === INT8 ? Number : pg.types.getTypeParser(oid, format as 'text')) as never,
  };
  const pool = new pg.Pool({ connectionString: url, max: CONNECTIONS, types });
  // An idle connection that breaks is replaced when it is next needed; without a listener it would
  // take the process with it.
  pool.on('error', () => undefined);
  return new PostgresDialect({ pool });
}
