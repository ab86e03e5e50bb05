import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import type { Database } from '#control-plane/store/database.ts';
import { openDatabase } from '#control-plane/store/open-database.ts';
import { migrate, type Migration } from '#control-plane/store/migrate.ts';
import { migrations } from '#control-plane/store/migrations/index.ts';
import { eachDatabase, databaseUrl, makePostgresDatabase, makeTenant, onPostgres } from '#test/harness/databases.ts';
import { asAdmin, findOwnPostgres, type PostgresServer } from '#test/harness/postgres-server.ts';

const count: Migration = { number: 9_001, name: 'count', sql: 'create table counted (n int); insert into counted values (1);' };
const open: Database[] = [];
const folders: string[] = [];

afterEach(async () => {
  for (const db of open.splice(0)) await db.close();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

eachDatabase('migrations', (db) => {
  test('are applied once, however often and from however many replicas at once', async () => {
    const wanted = [...migrations, count];

    await Promise.all([migrate(db(), wanted), migrate(db(), wanted), migrate(db(), wanted)]);
    await migrate(db(), wanted);

    expect((await db().query('select n from counted')).rows).toEqual([{ n: 1 }]);
    expect((await db().query('select number from schema_migration order by number')).rows).toEqual(wanted.map(({ number }) => ({ number })));
  });

  test('one that was changed after it was applied is refused by name', async () => {
    const changed = migrations.map((migration) => (migration.number === 1 ? { ...migration, sql: `${migration.sql}\n-- edited` } : migration));

    await expect(migrate(db(), [...changed, count])).rejects.toMatchObject({ code: 'database-changed', facts: { migration: '0001-tenancy.sql' } });
  });

  test('a database that knows a later one is refused by name', async () => {
    await migrate(db(), [...migrations, count]);

    await expect(migrate(db(), migrations)).rejects.toMatchObject({ code: 'database-newer', facts: { migration: '9001-count.sql' } });
  });

  test('one that fails leaves nothing of itself', async () => {
    const broken: Migration = { number: 9_002, name: 'broken', sql: 'create table half (n int); select nothing from nowhere;' };

    await expect(migrate(db(), [...migrations, count, broken])).rejects.toMatchObject({ sqlState: '42P01' });

    expect((await db().query(`select to_regclass('half') as half`)).rows).toEqual([{ half: null }]);
    await migrate(db(), [...migrations, count]);
  });
});

onPostgres('a Postgres server', (server) => {
  test('is opened by two replicas at once', async () => {
    const url = await makePostgresDatabase(server());

    const [a, b] = await Promise.all([openAt(url), openAt(url)]);

    await makeTenant(a);
    expect((await b.query('select number from schema_migration order by number')).rows).toEqual(migrations.map(({ number }) => ({ number })));
  });

  test.each(['superuser', 'bypassrls'])('is refused to a login with %s', async (right) => {
    const url = await makePostgresDatabase(server());
    await asAdmin(server(), `alter role ${new URL(url).username} ${right}`);

    await expect(openAt(url)).rejects.toMatchObject({ code: 'database-superuser' });
  });

  test('is refused where the login may not make its schema', async () => {
    const url = await makePostgresDatabase(server());
    const name = new URL(url).username;
    await asAdmin(server(), `alter database ${name} owner to current_user`);

    await expect(openAt(url)).rejects.toMatchObject({ code: 'database-schema-denied' });

    const { pathname } = new URL(url);
    await asAdmin({ ...server(), admin: Object.assign(new URL(server().admin), { pathname }) }, `create schema dd0c authorization ${name}`);
    await makeTenant(await openAt(url));
  });

  test.each([
    ['a wrong password', (url: URL) => { url.password = 'wrong'; url.username = 'nobody_here'; }],
    ['a database that is not there', (url: URL) => { url.pathname = 'nowhere'; }],
    ['a port where nobody listens', (url: URL) => { url.port = '1'; }],
  ])('is unavailable with %s, and the address is not told', async (_, spoil) => {
    const url = new URL(await makePostgresDatabase(server()));
    spoil(url);

    const error = await openAt(url.href).catch((reason: unknown) => reason);

    expect(error).toMatchObject({ code: 'database-unavailable' });
    expect(String(error)).not.toContain(url.password);
  });

  test('ends a statement that runs too long, and serves on', async () => {
    const db = await openAt(await makePostgresDatabase(server()));

    const slow = db.transaction(async (tx) => {
      await tx.query(`set local statement_timeout = '50ms'`);
      await tx.query('select pg_sleep(10)');
    });

    await expect(slow).rejects.toMatchObject({ sqlState: '57014' });
    expect((await db.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
  });

  test('may lose a connection in the middle of a transaction without harm to the next', async () => {
    const db = await openAt(await makePostgresDatabase(server()));

    const cut = db.transaction(async (tx) => {
      const { rows } = await tx.query<{ pid: number }>('select pg_backend_pid() as pid');
      await asAdmin(server(), `select pg_terminate_backend(${rows[0]?.pid ?? 0})`);
      await tx.query('select 1');
    });

    await expect(cut).rejects.toMatchObject({ code: 'database-unavailable' });
    expect((await db.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
  });
});

onPostgres('a Postgres server without our roles', (server) => {
  test('makes the two roles itself where the login may create roles', async () => {
    const url = await makePlainDatabase(server(), 'createrole');

    const db = await openAt(url);

    await makeTenant(db);
  });

  test('is refused where the roles are missing, with the statements that an administrator runs, which then help', async () => {
    const url = await makePlainDatabase(server());
    const { facts } = await openAt(url).then(() => { throw new Error('it opened'); }, (error: { code: string; facts: { statements: string } }) => error);

    await asAdmin(server(), ...facts.statements.split(';').filter((statement) => statement.trim() !== ''));

    await makeTenant(await openAt(url));
  });
}, findOwnPostgres());

async function openAt(url: string): Promise<Database> {
  const dataDir = mkdtempSync(join(tmpdir(), 'dd0c-db-'));
  folders.push(dataDir);
  const db = await openDatabase({ url, dataDir });
  open.push(db);
  return db;
}

/** A database whose owner has been granted nothing, in a cluster from which both roles are gone again. */
async function makePlainDatabase(server: PostgresServer, right = ''): Promise<string> {
  for (const db of open.splice(0)) await db.close();
  const name = `dd0c_test_${randomBytes(6).toString('hex')}`;
  await asAdmin(
    server,
    ...server.made.map((old) => `drop database if exists ${old}`),
    'drop role if exists dd0c_app_tenant',
    'drop role if exists dd0c_app_system',
    `create role ${name} login password '${name}' ${right}`,
    `create database ${name} owner ${name}`,
  );
  server.made.push(name);
  return databaseUrl(server, name);
}
