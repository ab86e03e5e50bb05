import { type OpenedDatabase, openPgliteForTest, openPostgresForTest } from '#test/harness/databases.ts';
import { findPostgres } from '#test/harness/postgres-server.ts';

/** Measures on PGlite and on a Postgres of its own, or on the one that is asked for; says so where no Postgres is found. */
export async function onEachDatabase(asked: string, measure: (name: string, opened: OpenedDatabase) => Promise<void>): Promise<void> {
  if (asked !== 'postgres') await measure('PGlite', await openPgliteForTest());
  if (asked === 'pglite') return;
  const postgres = findPostgres();
  if (postgres === null) return void process.stdout.write('Postgres: not run, no server found\n');
  const server = await postgres.start();
  await measure('Postgres', await openPostgresForTest(server));
  await server.stop();
}
