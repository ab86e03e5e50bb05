import { randomBytes, X509Certificate } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { openAuthority } from '#ca/authority.ts';
import { makeHierarchy } from '#ca/found.ts';
import type { KeyStore } from '#ca/keys/key-store.ts';
import { ecdsaP256, type KeyPair } from '#ca/x509/p256.ts';
import { writeRequest } from '#ca/x509/request.ts';
import { toAgentId, toTenantId } from '#proto/domain/identity.ts';
import { makeKey } from '#test/harness/pki.ts';

describe('a key store', () => {
  test('need not give its keys away: the authority works with handles', async () => {
    const keys = vault();
    const current = await makeHierarchy('test.dd0c', { keys, nowMs: Date.now(), randomBytes });
    const document = { schema: 'dd0c.authority/v1', trustDomain: 'test.dd0c', current, successor: null, rotation: { phase: 'steady' }, requests: [], keys: {}, exported: {}, restoredAt: null } as const;
    const authority = await openAuthority({ ...document, requests: [] }, { keys, now: Date.now, randomBytes });

    const request = await authority.acceptRequest(await writeRequest(makeKey()));
    const issued = await request.issueFor(toTenantId('10000000-0000-4000-8000-000000000001'), toAgentId('30000000-0000-4000-8000-000000000003'));

    const [leaf, above] = issued.chain.map((der) => new X509Certificate(der));
    expect(above !== undefined && leaf?.verify(above.publicKey)).toBe(true);
    expect(keys.signatures).toBe(4); // root, two intermediates, the agent
  });
});

/** As a key management service: keys are made inside and only sign. */
function vault(): KeyStore & { readonly signatures: number } {
  const keys = new Map<string, KeyPair>();
  let signatures = 0;
  const subtle: SubtleCrypto = Object.create(crypto.subtle, {
    sign: {
      value(...signing: Parameters<SubtleCrypto['sign']>) {
        signatures += 1;
        return crypto.subtle.sign(...signing);
      },
    },
    exportKey: { value: (...exporting: Parameters<SubtleCrypto['exportKey']>) => crypto.subtle.exportKey(...exporting) },
    digest: { value: (...digesting: Parameters<SubtleCrypto['digest']>) => crypto.subtle.digest(...digesting) },
  });
  return {
    crypto: Object.create(crypto, { subtle: { value: subtle } }),
    get signatures() {
      return signatures;
    },
    open: async (name) => keys.get(name) ?? null,
    async create(name) {
      const pair = await crypto.subtle.generateKey(ecdsaP256, false, ['sign', 'verify']);
      keys.set(name, pair);
      return pair;
    },
  };
}
