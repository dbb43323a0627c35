import { PostgresDialect } from 'kysely';
import pg from 'pg';
import { preparedName } from './prepared.ts';

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
  pool.on('connect', (client) => {
    nameLoss(client);
    askPrepared(client);
  });
  return new PostgresDialect({ pool });
}

/** What PostgreSQL calls a connection that failed (class 08). */
const CONNECTION_FAILURE = '08006';

/**
 * One that breaks while it is in use fails its statements: without a listener it would take the
 * process with it, and the driver gives the error of a lost connection no code to know it by.
 */
function nameLoss(client: pg.PoolClient): void {
  let isLost = false;
  const lose = (): void => {
    isLost = true;
  };
  client.on('error', lose);
  client.on('end', lose);
  const query = client.query.bind(client) as (...of: unknown[]) => Promise<unknown>;
  const named = async (...of: unknown[]): Promise<unknown> => {
    try {
      return await query(...of);
    } catch (error) {
      const isNameless = error instanceof Error && !('code' in error);
      throw isLost && isNameless ? Object.assign(error, { code: CONNECTION_FAILURE }) : error;
    }
  };
  client.query = named as typeof client.query;
}

/** Statements that are prepared are sent by their name from the second time on. */
function askPrepared(client: pg.PoolClient): void {
  const query = client.query.bind(client) as (...of: unknown[]) => Promise<unknown>;
  const asked = (text: unknown, values?: unknown, ...rest: unknown[]): Promise<unknown> => {
    const name = typeof text === 'string' ? preparedName(text) : undefined;
    return name === undefined ? query(text, values, ...rest) : query({ name, text, values });
  };
  client.query = asked as typeof client.query;
}
