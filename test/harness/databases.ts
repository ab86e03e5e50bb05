import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { afterAll, beforeAll, describe } from 'vitest';
import type { Database } from '#control-plane/store/database.ts';
import { openDatabase } from '#control-plane/store/open-database.ts';
import { toTenantId, type TenantId } from '#proto/domain/identity.ts';
import { asTenant } from '#control-plane/store/tenant-tx.ts';
import { madeOnce } from './made-once.ts';
import { asAdmin, findPostgres, type PostgresServer, type PostgresSource } from './postgres-server.ts';

/**
 * Describes the same behaviour on PGlite and, where a server can be found, on Postgres. `db()` is one migrated database
 * for the whole file, reached as a plain role; tests keep apart by having a tenant each (`makeTenant`).
 */
export function eachDatabase(title: string, suite: (db: () => Database) => void): void {
  describe(`${title} on PGlite`, () => {
    let opened: OpenedDatabase | undefined;
    beforeAll(async () => { opened = await openPgliteForTest(); });
    afterAll(() => opened?.close());
    suite(() => present(opened).db);
  });

  onPostgres(`${title} on Postgres`, (server) => {
    let opened: OpenedDatabase | undefined;
    beforeAll(async () => { opened = await openPostgresForTest(server()); });
    afterAll(() => opened?.close());
    suite(() => present(opened).db);
  });
}

/** Describes what only a Postgres server shows. */
export function onPostgres(title: string, suite: (server: () => PostgresServer) => void, postgres: PostgresSource | null = findPostgres()): void {
  if (postgres === null) {
    // oxlint-disable-next-line vitest/no-disabled-tests -- its title says why, and the closing line repeats it
    describe.skip(`${title} [not run: no Postgres server found]`, () => {
      suite(() => { throw new Error('no Postgres server found'); });
    });
    return;
  }
  // oxlint-disable-next-line vitest/valid-title -- it is a string
  describe(title, () => {
    let server: PostgresServer | undefined;
    beforeAll(async () => { server = await postgres.start(); });
    afterAll(() => server?.stop());
    suite(() => present(server));
  });
}

export interface OpenedDatabase {
  readonly db: Database;
  close(): Promise<void>;
}

/** A migrated embedded database in a temporary folder, cleared on close. */
export function openPgliteForTest(): Promise<OpenedDatabase> {
  return openInTemporaryFolder(undefined);
}

/** A database with a plain role of its own on a server, migrated. */
export async function openPostgresForTest(server: PostgresServer): Promise<OpenedDatabase> {
  return await openInTemporaryFolder(await makePostgresDatabase(server));
}

/** An empty database whose owner is a plain role that may take on both of our roles; answers its URL. */
export async function makePostgresDatabase(server: PostgresServer): Promise<string> {
  const name = `dd0c_test_${randomBytes(6).toString('hex')}`;
  const ensure = (role: string): string => `do $$ begin create role ${role} nologin; exception when duplicate_object or unique_violation then null; end $$`;
  server.made.push(name);
  await asAdmin(
    server,
    ensure('dd0c_app_tenant'),
    ensure('dd0c_app_system'),
    `create role ${name} login password '${name}'`,
    `grant dd0c_app_tenant, dd0c_app_system to ${name}`,
    `create database ${name} owner ${name}`,
  );
  return databaseUrl(server, name);
}

/** The address of a database on this server, for the role of the same name. */
export function databaseUrl(server: PostgresServer, name: string): string {
  const url = new URL(server.admin);
  url.username = name;
  url.password = name;
  url.pathname = name;
  return url.href;
}

/** A new tenant with nothing in it. */
export async function makeTenant(db: Database, name = 'test'): Promise<TenantId> {
  const tenant = toTenantId(crypto.randomUUID());
  await asTenant(db, tenant, (tx) => tx.query('insert into tenant (id, name, created_at) values ($1, $2, now())', [tenant, name]));
  return tenant;
}

/** A migrated database, by URL or embedded, whose folder is cleared on close. */
export async function openInTemporaryFolder(url: string | undefined): Promise<OpenedDatabase> {
  const dataDir = mkdtempSync(join(tmpdir(), 'dd0c-db-'));
  const clear = (): void => { rmSync(dataDir, { recursive: true, force: true }); };
  try {
    if (url === undefined) await madeOnce('pglite', join(dataDir, 'db'), makePglite);
    const db = await openDatabase({ dataDir, url });
    return { db, close: () => db.close().finally(clear) };
  } catch (error) {
    clear();
    throw error;
  }
}

/** An embedded database as the first start leaves it; making one takes seconds, opening it does not. */
async function makePglite(folder: string): Promise<void> {
  const engine = await PGlite.create(folder);
  await engine.close();
}

function present<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('the database did not open');
  return value;
}
