import { expect, test } from 'vitest';
import { asSystem, asTenant } from '#control-plane/store/tenant-tx.ts';
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

    const { rows } = await db().transaction(async (tx) => {
      await tx.query('set local role dd0c_app_tenant');
      return tx.query('select id from tenant');
    });

    expect(rows).toEqual([]);
  });

  test('the system sees the list of tenants', async () => {
    const tenant = await makeTenant(db());

    const { rows } = await asSystem(db(), (tx) => tx.query('select id from tenant'));

    expect(rows).toContainEqual({ id: tenant });
  });
});
