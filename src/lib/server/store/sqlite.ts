import { closeSync, openSync } from 'node:fs';
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import { SqliteAdapter, SqliteDialect, type SqliteDatabase, type SqliteStatement } from 'kysely';

/** A second writer (the command line beside the server) waits this long, in milliseconds. */
const BUSY_MS = 10_000;
const CACHED_STATEMENTS = 500;
const CACHE_KIB = 65_536;
/** Pages of 4 KiB in the log before they are moved into the database: fewer, larger moves. */
const WAL_PAGES = 4_000;

/**
 * Kysely on Node's own SQLite. Every commit is on disk before it is acknowledged
 * (`synchronous = FULL`), and every transaction takes the write lock when it begins: a plain begin
 * fails at once beside a second writer instead of waiting.
 */
export function sqliteDialect(file: string): SqliteDialect {
  // Readable for the server's own user alone; SQLite gives its other files the same rights.
  closeSync(openSync(file, 'a', 0o600));
  const database = new DatabaseSync(file, { timeout: BUSY_MS });
  database.exec('pragma journal_mode = wal; pragma synchronous = full;');
  database.exec(`pragma cache_size = -${CACHE_KIB}; pragma wal_autocheckpoint = ${WAL_PAGES};`);
  return new AtomicSqliteDialect({ database: asKyselyDatabase(database) });
}

/** SQLite takes changes of the schema back with everything else; Kysely does not count on it. */
class AtomicSqliteDialect extends SqliteDialect {
  override createAdapter(): SqliteAdapter {
    return new AtomicSqliteAdapter();
  }
}

/** A migration that was cut off has not happened, and of two servers that start together one waits. */
class AtomicSqliteAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

function asKyselyDatabase(database: DatabaseSync): SqliteDatabase {
  const cache = new Map<string, SqliteStatement>();
  return {
    close: () => database.close(),
    prepare: (sql) => {
      const wanted = sql === 'begin' ? 'begin immediate' : sql;
      const known = cache.get(wanted);
      if (known) return known;
      const prepared = asKyselyStatement(database.prepare(wanted));
      const statement = wanted === 'rollback' ? onlyWithin(database, prepared) : prepared;
      if (cache.size >= CACHED_STATEMENTS) cache.delete(cache.keys().next().value ?? '');
      cache.set(wanted, statement);
      return statement;
    },
  };
}

/**
 * A disk that is full ends a transaction by itself. Taking it back again would be an error, which
 * would hide the one that tells why.
 */
function onlyWithin(database: DatabaseSync, rollback: SqliteStatement): SqliteStatement {
  return {
    ...rollback,
    run: (parameters) =>
      database.isTransaction ? rollback.run(parameters) : { changes: 0, lastInsertRowid: 0 },
  };
}

function asKyselyStatement(statement: StatementSync): SqliteStatement {
  const values = (parameters: readonly unknown[]) => parameters as readonly SQLInputValue[];
  return {
    reader: statement.columns().length > 0,
    all: (parameters) => statement.all(...values(parameters)),
    run: (parameters) => statement.run(...values(parameters)),
    iterate: (parameters) => statement.iterate(...values(parameters)),
  };
}
