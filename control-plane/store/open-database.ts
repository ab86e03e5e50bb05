import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { lockData } from './data-lock.ts';
import type { Database } from './database.ts';
import { migrate } from './migrate.ts';
import { migrations } from './migrations/index.ts';
import { openPglite } from './pglite.ts';
import { openPostgres } from './postgres.ts';
import { prepareRoles } from './roles.ts';

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
    return { ...database, close: () => database.close().finally(() => lock.release()) };
  } catch (error) {
    lock.release();
    throw error;
  }
}
