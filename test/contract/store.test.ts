import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { DatabaseError } from '#control-plane/store/database-error.ts';
import type { Tx } from '#control-plane/store/database.ts';
import { publish, takeEvents } from '#control-plane/store/outbox.ts';
import { asSystem, asTenant, enterTenant } from '#control-plane/store/tenant-tx.ts';
import { eachDatabase, makeTenant } from '#test/harness/databases.ts';

eachDatabase('the store', (db) => {
  test('a tenant sees itself and no other', async () => {
    const mine = await makeTenant(db());
    await makeTenant(db());

    const { rows } = await asTenant(db(), mine, (tx) => tx.query('select id from tenant'));

    expect(rows).toEqual([{ id: mine }]);
  });

  test('without a tenant nothing is seen', async () => {
    await makeTenant(db());

    const { rows } = await inTenantRole((tx) => tx.query('select id from tenant'));

    expect(rows).toEqual([]);
  });

  test('without a tenant nothing can be written', async () => {
    const writing = inTenantRole((tx) => tx.query('insert into tenant (id, name, created_at) values ($1, $2, now())', [randomUUID(), 'nobody']));

    await expect(writing).rejects.toMatchObject({ sqlState: '42501' });
  });

  test('a row of another tenant cannot be written, whatever the statement says', async () => {
    const [mine, other] = [await makeTenant(db()), await makeTenant(db())];

    const writing = asTenant(db(), mine, (tx) =>
      tx.query('insert into outbox (tenant, topic, body, created_at) values ($1, $2, $3, now())', [other, 'forged', '{}']));

    await expect(writing).rejects.toMatchObject({ sqlState: '42501' });
  });

  test('a row of another tenant can be neither changed, deleted nor taken over', async () => {
    const [mine, other] = [await makeTenant(db()), await makeTenant(db(), 'other')];

    const touched = await asTenant(db(), mine, async (tx) => [
      await tx.query(`update tenant set name = 'taken' where id = $1 returning id`, [other]),
      await tx.query('delete from outbox where tenant = $1 returning ordinal', [other]),
    ]);
    const moving = asTenant(db(), mine, (tx) => tx.query('update tenant set id = $1 where id = $2', [randomUUID(), mine]));

    expect(touched.flatMap(({ rows }) => rows)).toEqual([]);
    await expect(moving).rejects.toBeInstanceOf(DatabaseError);
  });

  test('the tenant is gone after the transaction, however it ends', async () => {
    const tenant = await makeTenant(db());
    await asTenant(db(), tenant, async () => {});
    await asTenant(db(), tenant, (tx) => tx.query('select 1 / 0')).catch(() => {});

    const seen = await Promise.all(Array.from({ length: 12 }, () =>
      db().query<{ tenant: string | null; role: string }>(`select nullif(current_setting('app.tenant', true), '') as tenant, current_user as role`)));

    expect(seen.flatMap(({ rows }) => rows).filter(({ tenant, role }) => tenant !== null || role.startsWith('dd0c_app'))).toEqual([]);
  });

  test('the system sees the list of tenants, and writes nothing', async () => {
    const tenant = await makeTenant(db());

    const { rows } = await asSystem(db(), (tx) => tx.query('select id from tenant'));
    const writing = asSystem(db(), (tx) => tx.query(`update tenant set name = 'x'`));

    expect(rows).toContainEqual({ id: tenant });
    await expect(writing).rejects.toMatchObject({ sqlState: '42501' });
  });

  test('a lookup can go on as the tenant that it found, and as no more than that', async () => {
    const tenant = await makeTenant(db());
    await makeTenant(db());

    const { rows } = await asSystem(db(), async (system) => {
      const tx = await enterTenant(system, tenant);
      return tx.query('select id from tenant');
    });

    expect(rows).toEqual([{ id: tenant }]);
  });

  test('every table that a tenant reaches is under forced row-level security', async () => {
    const { rows } = await db().query<{ name: string }>(
      `select relname as name from pg_class
       where relnamespace = 'dd0c'::regnamespace and relkind in ('r', 'p') and not (relrowsecurity and relforcerowsecurity)`);

    expect(rows).toEqual([{ name: 'schema_migration' }]);
  });

  test('a transaction that throws leaves nothing behind', async () => {
    const tenant = await makeTenant(db());

    const failing = asTenant(db(), tenant, async (tx) => {
      await tx.query(`update tenant set name = 'changed'`);
      throw new Error('no');
    });

    await expect(failing).rejects.toThrow('no');
    const { rows } = await asTenant(db(), tenant, (tx) => tx.query('select name from tenant'));
    expect(rows).toEqual([{ name: 'test' }]);
  });

  test('a refused statement does not tell what was in the rows', async () => {
    const tenant = await makeTenant(db());
    const secret = 'hunter2';

    const errors = await Promise.all([
      asTenant(db(), tenant, (tx) => tx.query('select $1::uuid', [secret])).catch((error: unknown) => error),
      asTenant(db(), tenant, (tx) => tx.query('insert into outbox (tenant, topic, body, created_at) values ($1, $2, $3, null)', [tenant, secret, '{}'])).catch((error: unknown) => error),
    ]);

    for (const error of errors) {
      expect(error).toBeInstanceOf(DatabaseError);
      expect(JSON.stringify(error, Object.getOwnPropertyNames(error)) + String(error)).not.toContain(secret);
    }
  });

  test('values come back alike from both', async () => {
    const { rows } = await db().query(
      `select 5::int8 as big, $1::bytea as bytes, $2::timestamptz as at, $3::jsonb as json, $4::text[] as list, null as nothing, 1.5::float8 as real`,
      [Buffer.from([0, 255]), new Date('2026-01-02T03:04:05.678Z'), JSON.stringify({ a: [1] }), ['x', 'y"']],
    );

    expect(rows).toEqual([{
      big: 5, bytes: Buffer.from([0, 255]), at: new Date('2026-01-02T03:04:05.678Z'), json: { a: [1] }, list: ['x', 'y"'], nothing: null, real: 1.5,
    }]);
  });

  test('a text is the same, given as a string or as its bytes, and bytes are the same wherever they lie', async () => {
    const text = 'Ä\u{1f600}"\\\n'.repeat(100_000);
    const whole = Buffer.from(`before${text}after`);
    const part = whole.subarray(6, whole.length - 5);

    const { rows } = await db().query<{ same: boolean; length: number; kept: boolean }>(
      `select $1::text = $2::text as same, char_length($2::text) as length, convert_from($3::bytea, 'UTF8') = $1 as kept`, [text, part, part]);

    expect(rows).toEqual([{ same: true, length: 500_000, kept: true }]);
  });

  test('bytes that are no UTF-8 are refused as a text', async () => {
    await expect(db().query('select $1::text', [Buffer.from([0x61, 0xff])])).rejects.toMatchObject({ sqlState: '22021' });
    await expect(db().query('select $1::text', [Buffer.from('a\0b')])).rejects.toMatchObject({ sqlState: '22021' });
  });

  test('events are taken once, oldest first, and come again when their taker fails', async () => {
    const tenant = await makeTenant(db());
    const event = (n: number) => ({ topic: 'test', body: { n }, createdAt: new Date(0) });
    await asTenant(db(), tenant, async (tx) => {
      for (const n of [1, 2, 3]) await publish(tx, event(n));
    });

    const failing = asTenant(db(), tenant, async (tx) => {
      await takeEvents(tx, 2);
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    const taken = await asTenant(db(), tenant, (tx) => takeEvents(tx, 2));
    const rest = await asTenant(db(), tenant, (tx) => takeEvents(tx, 10));

    expect(taken).toEqual([event(1), event(2)]);
    expect(rest).toEqual([event(3)]);
  });

  test('another tenant takes none of the events', async () => {
    const [mine, other] = [await makeTenant(db()), await makeTenant(db())];
    await asTenant(db(), other, (tx) => publish(tx, { topic: 'test', body: {}, createdAt: new Date(0) }));

    expect(await asTenant(db(), mine, (tx) => takeEvents(tx, 10))).toEqual([]);
  });

  function inTenantRole<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    return db().transaction(async (tx) => {
      await tx.query('set local role dd0c_app_tenant');
      return work(tx);
    });
  }
});
