import { expect, test } from 'vitest';
import { type Demand, demandAllowed } from '#agent/runbook/policy/demand.ts';
import { parseOpening } from '#agent/runbook/policy/hours.ts';
import type { Policy } from '#agent/runbook/policy/policy.ts';
import { Fault } from '#proto/domain/fault.ts';
import type { SandboxNeeds } from '#proto/domain/step-plan.ts';
import { policyOf } from '#test/fakes/admission.ts';
import { stepOf } from '#test/fakes/step-plans.ts';

/** The rule that denies, or null. */
function denial(needs: Partial<SandboxNeeds>, policy: Partial<Policy> = {}, change: Partial<Demand> = {}): unknown {
  const step = stepOf({ sandbox: { ...stepOf().sandbox, ...needs } });
  try {
    demandAllowed({ step, risk: 'read_only', programs: { names: ['ls'], areAll: true }, nowMs: Date.parse('2026-11-24T12:00:00Z'), realPath: (path) => path, ...change }, policyOf(policy));
    return null;
  } catch (error) {
    if (error instanceof Fault && error.code === 'step-policy-denied') return error.facts['rule'];
    throw error;
  }
}

test.each([
  [{}, null],
  [{ readable: ['/etc/shop'] }, null],
  [{ readable: ['/etc/shop/a/b'] }, null],
  [{ readable: ['/srv/shop/x'] }, null], // what may be written may be read
  [{ writable: ['/srv/shop/x'] }, null],
  [{ readable: ['/etc'] }, 'read'],
  [{ readable: ['/etc/shopping'] }, 'read'],
  [{ readable: ['/etc/shop/../shadow'] }, 'read'],
  [{ readable: ['/etc/shop/./x'] }, 'read'],
  [{ readable: ['/etc//shop'] }, 'read'],
  [{ readable: ['/etc/shop/'] }, 'read'],
  [{ writable: ['/etc/shop'] }, 'write'],
  [{ writable: ['/'] }, 'write'],
  [{ network: ['api.shop.example:443'] }, null],
  [{ network: ['API.shop.example:443'] }, null],
  [{ network: ['api.shop.example:80'] }, 'hosts'],
  [{ network: ['x.api.shop.example:443'] }, 'hosts'],
  [{ network: ['169.254.169.254:80'] }, 'hosts'],
])('what a step needs: %j is denied by %s', (needs, rule) => {
  expect(denial(needs)).toBe(rule);
});

test('a link out of what is allowed is followed, and denied', () => {
  const realPath = (path: string): string | null => (path === '/etc/shop/link' ? '/etc/shadow' : path);

  expect(denial({ readable: ['/etc/shop/link'] }, {}, { realPath })).toBe('read');
});

test('a path that is not there is denied', () => {
  expect(denial({ writable: ['/srv/shop/new'] }, {}, { realPath: () => null })).toBe('write');
});

test.each(['/var/lib/dd0c-agent', '/var/lib/dd0c-agent/identity', '/var/lib', '/'])("the agent's own files are nobody's, even where the owner allows %s", (path) => {
  expect(denial({ readable: [path] }, { readable: ['/'] })).toBe('read');
});

test.each([
  [['ls'], { names: ['ls'], areAll: true }, null],
  [['ls'], { names: ['ls', 'cat'], areAll: true }, 'programs'],
  [['ls'], { names: ['/tmp/ls'], areAll: true }, 'programs'],
  [['/opt/fix'], { names: ['/opt/fix'], areAll: true }, null],
  [['ls'], { names: ['ls'], areAll: false }, 'programs'],
  [['*'], { names: ['ls'], areAll: false }, null],
  [[], { names: [], areAll: true }, null],
  [[], { names: ['ls'], areAll: true }, 'programs'],
])('programs %j against %j: %s', (programs, found, rule) => {
  expect(denial({}, { programs }, { programs: found })).toBe(rule);
});

test('risk, hours and tiers have the last word', () => {
  const opening = parseOpening('mon 00:00-24:00');

  expect(denial({}, { maxRisk: 'read_only' }, { risk: 'caution' })).toBe('maxRisk');
  expect(denial({}, { maxRisk: 'caution' }, { risk: 'caution' })).toBeNull();
  expect(denial({}, { hours: { zone: 'UTC', open: opening === null ? [] : [opening] } })).toBe('hours');
  expect(denial({ tier: 2 }, { tiers: [1] })).toBe('tiers');
  expect(denial({ tier: 1 }, { tiers: [1] })).toBeNull();
  expect(denial({}, { tiers: [] })).toBe('tiers');
});
