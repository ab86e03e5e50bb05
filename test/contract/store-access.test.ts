import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createAccess, type Access } from '#control-plane/access/access.ts';
import type { Database } from '#control-plane/store/database.ts';
import { asTenant } from '#control-plane/store/tenant-tx.ts';
import { eachDatabase, makePostgresDatabase, makeTenant, onPostgres, openInTemporaryFolder, openPgliteForTest, type OpenedDatabase } from '#test/harness/databases.ts';

eachDatabase('access', (db) => {
  test('a token says who its holder is', async () => {
    const tenant = await makeTenant(db());
    const made = await access().createApiToken({ tenant }, { name: 'ci', role: 'operator' });

    const principal = await access().authenticate(made.token);

    expect(principal).toEqual({ tenant, tokenId: made.id, name: 'ci', role: 'operator' });
  });

  test('a token is kept as a hash only', async () => {
    const tenant = await makeTenant(db());
    const { token } = await access().createApiToken({ tenant }, { name: 'ci', role: 'viewer' });

    const { rows } = await asTenant(db(), tenant, (tx) => tx.query<{ row: string }>('select api_token::text as row from api_token'));

    expect(rows).toHaveLength(1);
    expect(rows[0]?.row).not.toContain(token.slice(-20));
    expect(rows[0]?.row).not.toContain(Buffer.from(token).toString('hex'));
  });

  test.each(['', 'dd0c_api_', `dd0c_api_${'A'.repeat(43)}`, 'Bearer x', "' or 1=1 --", 'x'.repeat(10_000), `dd0c_api_${'é'.repeat(43)}`])(
    'a wrong token (%#) is refused without a reason', async (bearer) => {
      await expect(access().authenticate(bearer)).rejects.toMatchObject({ code: 'unauthenticated', facts: {} });
    });

  test('a revoked token is refused at once, and stays revoked at the first time', async () => {
    const tenant = await makeTenant(db());
    const made = await access().createApiToken({ tenant }, { name: 'ci', role: 'viewer' });

    await access('2026-01-01').revokeApiToken({ tenant }, made.id);
    await access('2026-01-02').revokeApiToken({ tenant }, made.id);

    await expect(access().authenticate(made.token)).rejects.toMatchObject({ code: 'unauthenticated' });
    const { items } = await access().listApiTokens({ tenant }, { limit: 10 });
    expect(items).toMatchObject([{ id: made.id, revokedAt: '2026-01-01T00:00:00.000Z' }]);
  });

  test('a token is refused from the moment it expires', async () => {
    const tenant = await makeTenant(db());
    const { token } = await access().createApiToken({ tenant }, { name: 'ci', role: 'viewer', expiresAt: new Date('2026-03-01') });

    await access('2026-02-28').authenticate(token);

    await expect(access('2026-03-01').authenticate(token)).rejects.toMatchObject({ code: 'unauthenticated' });
  });

  test('when a token was last used is written once in some minutes', async () => {
    const tenant = await makeTenant(db());
    const { token } = await access().createApiToken({ tenant }, { name: 'ci', role: 'viewer' });
    const lastUsed = async () => (await access().listApiTokens({ tenant }, { limit: 1 })).items[0]?.lastUsedAt;

    const before = await lastUsed();
    const told = [];
    for (const time of ['10:00', '10:04', '10:06']) {
      await access(`2026-01-01T${time}:00Z`).authenticate(token);
      told.push(await lastUsed());
    }

    expect(before).toBe(null);
    expect(told).toEqual(['2026-01-01T10:00:00.000Z', '2026-01-01T10:00:00.000Z', '2026-01-01T10:06:00.000Z']);
  });

  test('tokens of another tenant are neither listed nor revoked', async () => {
    const [mine, other] = [await makeTenant(db()), await makeTenant(db())];
    const made = await access().createApiToken({ tenant: other }, { name: 'theirs', role: 'admin' });

    expect((await access().listApiTokens({ tenant: mine }, { limit: 10 })).items).toEqual([]);
    await expect(access().revokeApiToken({ tenant: mine }, made.id)).rejects.toMatchObject({ code: 'not-found' });
    expect(await access().authenticate(made.token)).toMatchObject({ tenant: other });
  });

  test('tokens are paged, the newest first', async () => {
    const tenant = await makeTenant(db());
    for (const day of [1, 2, 3]) await access(`2026-01-0${day}`).createApiToken({ tenant }, { name: `t${day}`, role: 'viewer' });

    const first = await access().listApiTokens({ tenant }, { limit: 2 });
    const second = await access().listApiTokens({ tenant }, { limit: 2, cursor: first.next ?? '' });

    expect([...first.items, ...second.items].map(({ name }) => name)).toEqual(['t3', 't2', 't1']);
    expect(second.next).toBe(null);
  });

  test('a database that has a tenant is not set up again', async () => {
    await makeTenant(db());

    expect(await access().bootstrap(async () => { throw new Error('a token was delivered'); })).toBe(null);
  });

  function access(now = '2026-01-01'): Access {
    return accessTo(db(), now);
  }
});

describe('an empty PGlite', () => {
  firstStart(openPgliteForTest);
});
onPostgres('an empty Postgres', (server) => {
  firstStart(async () => openInTemporaryFolder(await makePostgresDatabase(server())));
});

function firstStart(open: () => Promise<OpenedDatabase>): void {
  let opened: OpenedDatabase;
  beforeAll(async () => { opened = await open(); });
  afterAll(() => opened.close());

  test('is set up by one of those that start at once, and only if its token was delivered', async () => {
    const access = accessTo(opened.db);
    const delivered: string[] = [];
    const deliver = async (token: string) => { delivered.push(token); };

    await expect(access.bootstrap(async () => { throw new Error('disk full'); })).rejects.toThrow('disk full');
    const made = (await Promise.all([access.bootstrap(deliver), access.bootstrap(deliver)])).filter((each) => each !== null);

    expect([made.length, delivered.length]).toEqual([1, 1]);
    expect(await access.authenticate(delivered[0] ?? '')).toMatchObject({ tenant: made[0]?.tenant, role: 'admin' });
    expect(await access.tenants()).toEqual([made[0]?.tenant]);
  });
}

function accessTo(db: Database, now = '2026-01-01'): Access {
  return createAccess({ db, clock: () => new Date(now), newId: randomUUID, random: randomBytes });
}
