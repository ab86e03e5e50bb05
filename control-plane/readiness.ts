import type { Check } from './http/health.ts';
import type { Database } from './store/database.ts';
import { migrations } from './store/migrations/index.ts';

/** What must hold for the server to do its work. */
export function readinessChecks({ db, isListening, canIssue }: { readonly db: Pick<Database, 'query'>; readonly isListening: () => boolean; readonly canIssue: () => boolean }): Readonly<Record<string, Check>> {
  return {
    database: async () => (await db.query('select 1')).rows.length === 1,
    schema: async () => {
      const { rows } = await db.query<{ count: number }>('select count(*) as count from schema_migration');
      return rows[0]?.count === migrations.length;
    },
    grpc: async () => isListening(),
    authority: async () => canIssue(),
  };
}
