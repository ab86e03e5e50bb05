import { createPublicKey } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { agentPolicy } from '#ca/policy/agent-policy.ts';
import { draftUnder, type Circumstances, type Modifier } from '#ca/policy/policy.ts';
import { serverPolicy } from '#ca/policy/server-policy.ts';
import type { Draft } from '#ca/x509/draft.ts';
import { toAgentId, toTenantId } from '#proto/domain/identity.ts';
import { makeKey } from '#test/harness/pki.ts';

const publicKey = createPublicKey(makeKey()).export({ format: 'der', type: 'spki' });
const at: Circumstances = { nowMs: Date.parse('2026-05-01T12:00:00Z'), trustDomain: 'test.dd0c', issuerNotAfter: new Date('2030-01-01') };
const blank: Draft = { serial: '40', subject: '', publicKey, names: [], notBefore: new Date(0), notAfter: new Date(0), pathLength: null, purposes: [] };
const agent = { publicKey, tenant: toTenantId('10000000-0000-4000-8000-000000000001'), agent: toAgentId('30000000-0000-4000-8000-000000000003') };
const server = { publicKey, hosts: ['localhost'] };

describe('a policy', () => {
  test.each<[string, Partial<Draft>]>([
    ['makes it an authority', { pathLength: 0 }],
    ['adds a purpose', { purposes: ['clientAuth', 'serverAuth'] }],
    ['changes the purpose', { purposes: ['serverAuth'] }],
    ['takes the purpose away', { purposes: [] }],
    ['lets it live longer', { notAfter: new Date(at.nowMs + 25 * 3_600_000) }],
    ['lets it begin earlier', { notBefore: new Date(at.nowMs - 3_600_000) }],
    ['adds a name', { names: [{ type: 'url', value: 'spiffe://test.dd0c/x' }, { type: 'dns', value: 'localhost' }] }],
    ['takes the name away', { names: [] }],
    ['names another trust domain', { names: [{ type: 'url', value: `spiffe://other/tenant/${agent.tenant}/agent/${agent.agent}` }] }],
    ['names a host', { names: [{ type: 'dns', value: 'localhost' }] }],
    ['names no agent', { names: [{ type: 'url', value: 'spiffe://test.dd0c/server' }] }],
  ])('for agents finds a modifier that %s', (_what, change) => {
    const wrong: Modifier<unknown> = (draft) => ({ ...draft, ...change });

    const drafting = () => draftUnder({ ...agentPolicy, modify: [...agentPolicy.modify, wrong] }, agent, blank, at);

    expect(drafting).toThrow(expect.objectContaining({ code: 'policy-refused' }));
  });

  test.each<[string, Partial<Draft>]>([
    ['gives it the identity of an agent', { names: [{ type: 'dns', value: 'localhost' }, { type: 'url', value: `spiffe://test.dd0c/tenant/${agent.tenant}/agent/${agent.agent}` }] }],
    ['lets it be a client', { purposes: ['clientAuth'] }],
    ['makes it an authority', { pathLength: 0 }],
    ['lets it live longer', { notAfter: new Date(at.nowMs + 91 * 24 * 3_600_000) }],
  ])('for servers finds a modifier that %s', (_what, change) => {
    const wrong: Modifier<unknown> = (draft) => ({ ...draft, ...change });

    const drafting = () => draftUnder({ ...serverPolicy, modify: [...serverPolicy.modify, wrong] }, server, blank, at);

    expect(drafting).toThrow(expect.objectContaining({ code: 'policy-refused' }));
  });

  test('refuses a key of another kind before it makes anything', () => {
    const drafting = () => draftUnder(agentPolicy, { ...agent, publicKey: new Uint8Array(91) }, blank, at);

    expect(drafting).toThrow(expect.objectContaining({ code: 'policy-refused', facts: { reason: 'the key is not P-256' } }));
  });

  test('overwrites whatever the blank held', () => {
    const filled: Draft = { ...blank, subject: 'CN=admin', names: [{ type: 'dns', value: 'evil.example' }], pathLength: 3, purposes: ['serverAuth'] };

    expect(draftUnder(agentPolicy, agent, filled, at)).toEqual(draftUnder(agentPolicy, agent, blank, at));
  });
});
