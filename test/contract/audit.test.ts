import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { pino } from 'pino';
import { expect, test } from 'vitest';
import { createKeeper } from '#control-plane/audit/keeper.ts';
import { exportLines } from '#control-plane/audit/proof/bundle.ts';
import { type Independent, type Verdict, verifyBundle } from '#control-plane/audit/proof/verify.ts';
import { createTrail } from '#control-plane/audit/trail.ts';
import { publish, takeEvents } from '#control-plane/store/outbox.ts';
import { asTenant } from '#control-plane/store/tenant-tx.ts';
import type { Json } from '#proto/domain/json.ts';
import type { TenantId } from '#proto/domain/identity.ts';
import { eachDatabase, makeTenant } from '#test/harness/databases.ts';

eachDatabase('the audit trail', (db) => {
  const signer = { name: 'dd0c-test', key: generateKeyPairSync('ed25519').privateKey };
  const trail = () => createTrail({ db: db(), signer, clock: Date.now });

  test('what happened is written down once, in its order, and can be verified by an outsider', async () => {
    const tenant = await makeTenant(db());
    await happen(tenant, ['one', 'two']);
    await keeper().round();
    const { note, verifier } = await trail().checkpoint(tenant);
    await happen(tenant, ['three']);
    await keeper().round();
    await keeper().round();

    const entries = await trail().entries(tenant, { after: 0, limit: 10 });

    expect(entries.map(({ seq, topic, body }) => [seq, topic, body])).toEqual([
      [1, 'test.happened', { what: 'one' }],
      [2, 'test.happened', { what: 'two' }],
      [3, 'test.happened', { what: 'three' }],
    ]);
    expect(await verify(tenant, { key: verifier, head: note })).toMatchObject({ entries: 3, headSize: 2 });
  });

  test('several keepers at once write one chain, with nothing lost and nothing twice', async () => {
    const tenant = await makeTenant(db());
    const names = Array.from({ length: 60 }, () => randomUUID());
    const writers = names.map((name) => happen(tenant, [name]));
    const keepers = Array.from({ length: 4 }, async () => {
      for (let round = 0; round < 10; round += 1) await keeper().round();
    });

    await Promise.all([...writers, ...keepers]);
    await keeper().round();

    const entries = await trail().entries(tenant, { after: 0, limit: 100 });
    expect(entries.map(({ body }) => (body as { what: string }).what).toSorted()).toEqual(names.toSorted());
    expect(await verify(tenant)).toMatchObject({ entries: 60 });
  });

  test('what scans found is not written down here, and does not pile up', async () => {
    const tenant = await makeTenant(db());
    await asTenant(db(), tenant, (tx) => publish(tx, { topic: 'drift.recorded', body: {}, createdAt: new Date() }));

    await keeper().round();

    expect(await trail().entries(tenant, { after: 0, limit: 10 })).toEqual([]);
    expect(await asTenant(db(), tenant, (tx) => takeEvents(tx, 10))).toEqual([]);
  });

  test.each(['update audit_entry set line = $1', 'delete from audit_entry where line <> $1', 'delete from audit_checkpoint where note <> $1'])('the role of the application may not: %s', async (statement) => {
    const tenant = await makeTenant(db());
    await happen(tenant, ['one']);
    await keeper().round();

    await expect(asTenant(db(), tenant, (tx) => tx.query(statement, ['x']))).rejects.toThrow(/permission denied/);
    expect(await verify(tenant)).toMatchObject({ entries: 1 });
  });

  test('not even the owner changes an entry by a slip', async () => {
    await expect(db().query('delete from audit_entry')).rejects.toThrow(/only ever added to/);
    await expect(db().query('truncate audit_checkpoint')).rejects.toThrow(/only ever added to/);
  });

  test('a chain does not fork: an entry is followed by one at most', async () => {
    const tenant = await makeTenant(db());
    await happen(tenant, ['one']);
    await keeper().round();
    const fork = `insert into audit_entry (tenant, seq, prev_hash, hash, line) select tenant, seq + 1, prev_hash, hash, line from audit_entry`;

    await expect(asTenant(db(), tenant, (tx) => tx.query(fork))).rejects.toThrow(/audit_entry_prev_hash_key/);
  });

  test('tenants have trails of their own, and see no other', async () => {
    const [one, other] = [await makeTenant(db()), await makeTenant(db())];
    await happen(one, ['mine']);
    await keeper().round();

    expect(await trail().entries(other, { after: 0, limit: 10 })).toEqual([]);
    expect(await verify(other)).toMatchObject({ entries: 0 });
    expect((await trail().checkpoint(one)).origin).not.toBe((await trail().checkpoint(other)).origin);
  });

  test('signed heads go to the log, where they are out of reach of whoever could rewrite the trail', async () => {
    const tenant = await makeTenant(db());
    const lines: string[] = [];
    const log = pino({ base: null }, { write: (line) => void lines.push(line) });
    await happen(tenant, ['one']);

    await createKeeper({ db: db(), signer, clock: () => 0, log, signEveryMs: 1 }).round();

    const [logged] = lines.map((line) => JSON.parse(line) as { tenant: string; checkpoint: string }).filter((line) => line.tenant === tenant);
    await happen(tenant, ['two']);
    await keeper().round();
    expect(await verify(tenant, { head: logged?.checkpoint })).toMatchObject({ entries: 2, headSize: 1 });
  });

  function keeper() {
    return createKeeper({ db: db(), signer, clock: Date.now, log: pino({ level: 'silent' }), signEveryMs: Number.POSITIVE_INFINITY });
  }

  async function happen(tenant: TenantId, names: readonly string[]): Promise<void> {
    await asTenant(db(), tenant, async (tx) => {
      for (const what of names) await publish(tx, { topic: 'test.happened', body: { what } satisfies Json, createdAt: new Date() });
    });
  }

  async function verify(tenant: TenantId, independent: Independent = {}): Promise<Verdict> {
    const checkpoint = await trail().checkpoint(tenant);
    return verifyBundle(exportLines(checkpoint, (after, limit) => trail().entries(tenant, { after, limit })), independent);
  }
});
