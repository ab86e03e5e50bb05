import { chmodSync, cpSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { toAgentId, toTenantId } from '#proto/domain/identity.ts';
import { openTestPki } from '#test/harness/pki.ts';

const tenant = toTenantId('10000000-0000-4000-8000-000000000001');
const agent = toAgentId('30000000-0000-4000-8000-000000000003');

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dd0c-ca-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('the authority', () => {
  test('keeps its keys and certificates for this user alone', async () => {
    await openTestPki({ folder });

    const modes = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => `${name} ${(statSync(join(folder, name)).mode & 0o777).toString(8)}`);
    expect(modes.toSorted()).toEqual(['agents.pem 600', 'keys 700', 'keys/agents.key 600', 'keys/root.key 600', 'keys/servers.key 600', 'root.pem 600', 'servers.pem 600']);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
  });

  test('is the same when it is opened again, whatever trust domain is then asked for', async () => {
    const first = await openTestPki({ folder });

    const second = await openTestPki({ folder, trustDomain: 'another.example' });

    expect(second.authority).toMatchObject({ pin: first.authority.pin, own: first.authority.own, trustDomain: 'test.dd0c' });
  });

  test('issues without the key of its root, which may be kept elsewhere', async () => {
    const { authority } = await openTestPki({ folder });
    rmSync(join(folder, 'keys', 'root.key'));

    const offline = await openTestPki({ folder });

    expect(offline.authority.pin).toBe(authority.pin);
    await expect(offline.issueAgent(tenant, agent)).resolves.toBeDefined();
  });

  test('two of them have nothing in common', async () => {
    const [one, other] = [await openTestPki({ folder }), await openTestPki()];
    other.clear();

    expect(other.authority.pin).not.toBe(one.authority.pin);
    expect(other.authority.own.map(({ subject }) => subject)).not.toEqual(one.authority.own.map(({ subject }) => subject));
  });

  test.each([
    ['before the root was signed', ['root.pem', 'agents.pem', 'servers.pem', 'keys/agents.key', 'keys/servers.key'], 'other'],
    ['before the first intermediate', ['agents.pem', 'servers.pem', 'keys/agents.key', 'keys/servers.key'], 'same'],
    ['before the second intermediate was signed', ['servers.pem'], 'same'],
  ])('goes on where making it was cut off %s', async (_when, missing, root) => {
    const first = await openTestPki({ folder });
    for (const file of missing) rmSync(join(folder, file));

    const second = await openTestPki({ folder });

    expect(second.authority.pin).toBe(first.authority.pin); // the key was there already
    expect(second.authority.own[0]?.serial === first.authority.own[0]?.serial).toBe(root === 'same');
    await expect(second.issueAgent(tenant, agent)).resolves.toBeDefined();
  });

  test.each([
    ['the key of an intermediate is gone', () => rmSync(join(folder, 'keys', 'agents.key')), 'authority-key-missing'],
    ['an intermediate is gone while the root is offline', () => (rmSync(join(folder, 'agents.pem')), rmSync(join(folder, 'keys', 'root.key'))), 'authority-key-missing'],
    ['a certificate is not one', () => writeFileSync(join(folder, 'root.pem'), 'no'), 'authority-unreadable'],
    ['a key is not one', () => writeFileSync(join(folder, 'keys', 'servers.key'), 'no'), 'authority-unreadable'],
    ['keys were swapped', () => cpSync(join(folder, 'keys', 'agents.key'), join(folder, 'keys', 'servers.key')), 'authority-unreadable'],
    ['the root names no trust domain', () => cpSync(join(folder, 'agents.pem'), join(folder, 'root.pem')), 'authority-unreadable'],
    ['others may read a key', () => chmodSync(join(folder, 'keys', 'agents.key'), 0o640), 'key-exposed'],
  ])('is refused by name where %s', async (_what, harm, code) => {
    await openTestPki({ folder });
    harm();

    await expect(openTestPki({ folder })).rejects.toMatchObject({ code });
  });

  test('is refused where an intermediate belongs to another root', async () => {
    await openTestPki({ folder });
    const other = await openTestPki();
    cpSync(join(other.folder, 'agents.pem'), join(folder, 'agents.pem'));
    cpSync(join(other.folder, 'keys', 'agents.key'), join(folder, 'keys', 'agents.key'));
    other.clear();

    await expect(openTestPki({ folder })).rejects.toMatchObject({ code: 'authority-unreadable', facts: { reason: 'not signed by the root' } });
  });

  test.each(['', 'With Space', 'a/b', 'UPPER', 'a'.repeat(256)])('is not made for the trust domain %j, and leaves nothing behind', async (trustDomain) => {
    await expect(openTestPki({ folder, trustDomain })).rejects.toMatchObject({ code: 'policy-refused' });

    expect(readdirSync(folder)).toEqual([]);
  });
});
