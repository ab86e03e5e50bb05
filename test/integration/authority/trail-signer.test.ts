import { generateKeyPairSync, type KeyObject, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createSeal } from '#ca/keys/seal.ts';
import { openTrailSigner } from '#control-plane/open-trail-signer.ts';
import { asSystem } from '#control-plane/store/tenant-tx.ts';
import { eachDatabase } from '#test/harness/databases.ts';

eachDatabase('the key of the audit trail', (db) => {
  const seal = createSeal(Buffer.alloc(32, 7), randomBytes);
  let folder = '';
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'dd0c-trail-'));
    await db().transaction((tx) => tx.query('truncate trail_signer'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  test('is made once and the same for every server, also for two that start at once', async () => {
    const [first, second] = await Promise.all([open(), open()]);

    expect(publicOf(second.key)).toBe(publicOf(first.key));
    expect(publicOf((await open()).key)).toBe(publicOf(first.key));
    expect(existsSync(join(folder, 'audit'))).toBe(false);
  });

  test('does not stand in the database in clear, and opens with no other key', async () => {
    const { key } = await open();
    const { rows } = await asSystem(db(), (tx) => tx.query<{ sealed: Uint8Array }>('select sealed from trail_signer'));

    expect(Buffer.from(rows[0]?.sealed ?? []).includes(key.export({ format: 'der', type: 'pkcs8' }).subarray(-32))).toBe(false);
    await expect(open(createSeal(Buffer.alloc(32, 8), randomBytes))).rejects.toMatchObject({ code: 'seal-broken' });
  });

  test('of an earlier version is taken over from its file, so that the heads signed before still verify', async () => {
    const earlier = writeKey();

    const { key } = await open();

    expect(publicOf(key)).toBe(publicOf(earlier));
    expect(existsSync(keyFile())).toBe(false);
  });

  test('stays the one in the database where a file holds another, which is told and left', async () => {
    const { key } = await open();
    writeKey();
    const told: string[] = [];

    const again = await open(seal, (_, message) => told.push(message));

    expect(publicOf(again.key)).toBe(publicOf(key));
    expect(told).toEqual([expect.stringContaining('used no more')]);
    expect(existsSync(keyFile())).toBe(true);
  });

  test('is not made anew where the file of an earlier version cannot be used', async () => {
    mkdirSync(join(folder, 'audit'), { mode: 0o700 });
    writeFileSync(keyFile(), 'no key', { mode: 0o600 });

    await expect(open()).rejects.toMatchObject({ code: 'audit-key-unusable' });

    const { rows } = await asSystem(db(), (tx) => tx.query('select 1 from trail_signer'));
    expect(rows).toEqual([]);
  });

  function open(sealed = seal, warn: (fields: object, message: string) => void = () => {}) {
    return openTrailSigner({ db: db(), data: folder, name: 'dd0c-test', seal: sealed, clock: Date.now, log: { warn } });
  }

  function writeKey(): KeyObject {
    const { privateKey } = generateKeyPairSync('ed25519');
    mkdirSync(join(folder, 'audit'), { mode: 0o700 });
    writeFileSync(keyFile(), privateKey.export({ format: 'pem', type: 'pkcs8' }), { mode: 0o600 });
    return privateKey;
  }

  function keyFile(): string {
    return join(folder, 'audit', 'checkpoint.key');
  }
});

function publicOf(key: KeyObject): string {
  return key.export({ format: 'jwk' }).x ?? '';
}
