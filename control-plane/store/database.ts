import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { lockData } from './data-lock.ts';
import { migrate } from './migrate.ts';
import { migrations } from './migrations/index.ts';
import { openPglite } from './pglite.ts';
import { openPostgres } from './postgres.ts';
import { prepareRoles } from './roles.ts';

/** A transaction of no particular role. Repositories take a `TenantTx` or `SystemTx` instead. */
export interface Tx {
  /**
   * Runs one statement. JSON parameters are given as text; `timestamptz` comes back as Date, `int8` as number, `bytea`
   * as bytes, `jsonb` parsed.
   * @throws DatabaseError, or Fault `database-unavailable` where the server cannot be reached.
   */
  query<Row = Readonly<Record<string, unknown>>>(sql: string, params?: readonly unknown[]): Promise<{ readonly rows: readonly Row[] }>;
  /** Runs several statements without parameters, for migrations. */
  script(sql: string): Promise<void>;
}

/** One SQL, two homes: a Postgres server, or PGlite inside this process. */
export interface Database {
  readonly kind: 'pglite' | 'postgres';
  /** Runs one statement in a transaction of its own, as the owner, to whom the rows of tenants are hidden. */
  query: Tx['query'];
  /** Runs `work` in one transaction: committed when it returns, rolled back when it throws. Never nested. */
  transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

export interface DatabaseOptions {
  /** `postgres://…`; without it the embedded database in `dataDir/db` is used. */
  readonly url?: string | undefined;
  /** Held by this process alone until `close`. */
  readonly dataDir: string;
  /** Told when an idle connection breaks; the pool replaces it. */
  readonly onIdleError?: (error: Error) => void;
}

/**
 * Opens the database, refuses a role that row-level security would not hold, and brings the schema up to date.
 * @throws Fault `data-locked`, `database-unavailable`, `database-superuser`, `database-roles-missing`,
 *   `database-schema-denied`, `database-newer` or `database-changed`.
 */
export async function openDatabase({ url, dataDir, onIdleError = () => {} }: DatabaseOptions): Promise<Database> {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const lock = lockData(dataDir);
  try {
    const database = url === undefined ? await openPglite(join(dataDir, 'db')) : openPostgres(url, onIdleError);
    try {
      await prepareRoles(database);
      await migrate(database, migrations);
    } catch (error) {
      await database.close();
      throw error;
    }
    return { ...database, close: () => database.close().finally(lock.release) };
  } catch (error) {
    lock.release();
    throw error;
  }
}
