import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { openAuthority } from '#ca/authority.ts';
import { type AuthorityDocument, parseDocument, writeDocument } from '#ca/document.ts';
import { foundAuthority } from '#ca/found.ts';
import { toAgentId, toTenantId } from '#proto/domain/identity.ts';
import { openTestPki } from '#test/harness/pki.ts';

const tenant = toTenantId('10000000-0000-4000-8000-000000000001');
const agent = toAgentId('30000000-0000-4000-8000-000000000003');
const parts = { now: Date.now, randomBytes };

describe('an authority', () => {
  test('is the same when its document is read again', async () => {
    const { document, authority } = await openTestPki();

    const again = await openAuthority(parseDocument(writeDocument(document)), parts);

    expect(again).toMatchObject({ pin: authority.pin, own: authority.own, trustDomain: 'test.dd0c' });
  });

  test('issues without the key of its root, which may be kept elsewhere', async () => {
    const { document, authority } = await openTestPki();

    const offline = await openTestPki({ document: without(document, document.current.rootKey) });

    expect(offline.authority.pin).toBe(authority.pin);
    await expect(offline.issueAgent(tenant, agent)).resolves.toBeDefined();
  });

  test('two of them have nothing in common', async () => {
    const [one, other] = [await openTestPki(), await openTestPki()];

    expect(other.authority.pin).not.toBe(one.authority.pin);
    expect(other.authority.own.map(({ subject }) => subject)).not.toEqual(one.authority.own.map(({ subject }) => subject));
    expect(Object.keys(other.document.keys).filter((name) => name in one.document.keys)).toEqual([]);
  });

  test.each<[string, (document: AuthorityDocument, other: AuthorityDocument) => AuthorityDocument, string]>([
    ['the key of an intermediate is gone', (document) => without(document, keyOf(document, 'agents')), 'authority-key-missing'],
    ['there is no intermediate', (document) => ({ ...document, current: { ...document.current, servers: [] } }), 'authority-key-missing'],
    ['a key is not one', (document) => ({ ...document, keys: { ...document.keys, [keyOf(document, 'agents')]: 'bm8=' } }), 'authority-unreadable'],
    ['keys were swapped', (document) => ({ ...document, keys: { ...document.keys, [keyOf(document, 'agents')]: document.keys[keyOf(document, 'servers')] ?? '' } }), 'authority-unreadable'],
    ['an intermediate belongs to another root', (document, other) => ({ ...document, keys: { ...document.keys, ...other.keys }, current: { ...document.current, agents: other.current.agents } }), 'authority-unreadable'],
  ])('is refused by name where %s', async (_what, harm, code) => {
    const { document } = await openTestPki();
    const other = await openTestPki();

    await expect(openAuthority(harm(document, other.document), parts)).rejects.toMatchObject({ code });
  });

  test.each(['', 'With Space', 'a/b', 'UPPER', 'a'.repeat(256)])('is not made for the trust domain %j', async (trustDomain) => {
    await expect(foundAuthority(trustDomain, { nowMs: Date.now(), randomBytes })).rejects.toMatchObject({ code: 'policy-refused' });
  });

  test.each(['', '{}', 'null', '{"schema":"dd0c.authority/v2"}', '[1]'])('is not read from %j', (text) => {
    expect(() => parseDocument(Buffer.from(text))).toThrow(expect.objectContaining({ code: 'authority-unreadable' }));
  });
});

function without(document: AuthorityDocument, name: string): AuthorityDocument {
  return { ...document, keys: Object.fromEntries(Object.entries(document.keys).filter(([key]) => key !== name)) };
}

function keyOf(document: AuthorityDocument, role: 'agents' | 'servers'): string {
  return document.current[role][0]?.key ?? '';
}
