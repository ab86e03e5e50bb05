import { createHash } from 'node:crypto';
import { Fault } from '#proto/domain/fault.ts';
import { hasSqlState } from './database-error.ts';
import type { Database, Tx } from './database.ts';

/** One step of the schema, forward only; its file is `<number>-<name>.sql`. */
export interface Migration {
  readonly number: number;
  readonly name: string;
  readonly sql: string;
}

interface Applied {
  readonly number: number;
  readonly name: string;
  readonly hash: string;
}

/** Any fixed number; replicas that start at once wait for each other on it. */
const advisoryLock = 3_617_290;

/**
 * Brings the schema up to date, each migration in one transaction of its own. They run as the owner, whom forced
 * row-level security shows no rows: a migration that rewrites rows must lift it and set it again.
 * @throws Fault `database-newer`, `database-changed` or `database-schema-denied`.
 */
export async function migrate(db: Database, migrations: readonly Migration[]): Promise<void> {
  await db.transaction(async (tx) => {
    await prepareSchema(tx);
    refuseStrangers(await applied(tx), migrations);
  });
  for (const migration of migrations) {
    await db.transaction(async (tx) => {
      await tx.query('select pg_advisory_xact_lock($1)', [advisoryLock]);
      if ((await applied(tx)).some(({ number }) => number === migration.number)) return;
      await tx.script(migration.sql);
      await tx.query('insert into schema_migration (number, name, hash) values ($1, $2, $3)', [migration.number, migration.name, hashOf(migration)]);
    });
  }
}

async function prepareSchema(tx: Tx): Promise<void> {
  await tx.query('select pg_advisory_xact_lock($1)', [advisoryLock]);
  try {
    const { rows } = await tx.query(`select from pg_namespace where nspname = 'dd0c'`); // "if not exists" asks for the right first
    if (rows.length === 0) await tx.query('create schema dd0c');
    await tx.query(
      `create table if not exists schema_migration (
         number int primary key, name text not null, hash text not null, applied_at timestamptz not null default now())`,
    );
  } catch (error) {
    if (!hasSqlState(error, '42501')) throw error;
    throw new Fault('database-schema-denied', { statement: 'create schema dd0c authorization ROLE;' }, { cause: error });
  }
}

async function applied(tx: Tx): Promise<readonly Applied[]> {
  const { rows } = await tx.query<Applied>('select number, name, hash from schema_migration order by number');
  return rows;
}

function refuseStrangers(applied: readonly Applied[], ours: readonly Migration[]): void {
  for (const { number, name, hash } of applied) {
    const own = ours.find((migration) => migration.number === number);
    if (own === undefined) throw new Fault('database-newer', { migration: fileName({ number, name }) });
    if (hashOf(own) !== hash) throw new Fault('database-changed', { migration: fileName(own) });
  }
}

function hashOf({ sql }: Migration): string {
  return createHash('sha256').update(sql).digest('hex');
}

function fileName({ number, name }: Pick<Migration, 'number' | 'name'>): string {
  return `${String(number).padStart(4, '0')}-${name}.sql`;
}
