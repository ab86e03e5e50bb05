import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseSpiffeUri, spiffeUri, toAgentId, toTenantId } from '#proto/domain/identity.ts';

const identities = fc.record({
  trustDomain: fc.stringMatching(/^[a-z0-9._-]{1,40}$/),
  tenant: fc.uuid().map(toTenantId),
  agent: fc.uuid().map(toAgentId),
});

describe('a SPIFFE URI', () => {
  test('is read as it was written', () => {
    fc.assert(fc.property(identities, (identity) => { expect(parseSpiffeUri(spiffeUri(identity))).toEqual(identity); }));
  });

  test('has one spelling: what is read is what would be written', () => {
    const likely = fc.tuple(identities, fc.string({ maxLength: 3 }), fc.nat(120)).map(([identity, more, at]) => {
      const uri = spiffeUri(identity);
      return uri.slice(0, at) + more + uri.slice(at);
    });
    fc.assert(
      fc.property(likely, (uri) => {
        const identity = parseSpiffeUri(uri);

        expect([null, uri]).toContain(identity === null ? null : spiffeUri(identity));
      }),
    );
  });

  test.each([
    '', 'spiffe://d/tenant/a/agent/b', 'https://d/tenant/x', 'spiffe://d',
    'spiffe://d/tenant/00000000-0000-4000-8000-000000000001/agent/00000000-0000-4000-8000-000000000002/',
    'spiffe://d/tenant/00000000-0000-4000-8000-000000000001/agent/00000000-0000-4000-8000-00000000000A',
    'spiffe://d/tenant/00000000-0000-4000-8000-000000000001/agent/00000000-0000-4000-8000-000000000002, URI:spiffe://d',
    'spiffe://D/tenant/00000000-0000-4000-8000-000000000001/agent/00000000-0000-4000-8000-000000000002',
    'spiffe:///tenant/00000000-0000-4000-8000-000000000001/agent/00000000-0000-4000-8000-000000000002',
  ])('is not %j', (text) => {
    expect(parseSpiffeUri(text)).toBeNull();
  });
});
