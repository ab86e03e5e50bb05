import type { AdmissionDesk } from '#agent/runbook/admit.ts';
import type { Policy } from '#agent/runbook/policy/policy.ts';
import { toAgentId, toTenantId } from '#proto/domain/identity.ts';
import type { Risk, RiskVerdict } from '#proto/domain/risk.ts';
import { uuidOf } from '#test/fakes/facts.ts';

/** An owner who allows all that the tests do. */
export function policyOf(change: Partial<Policy> = {}): Policy {
  return {
    isEnabled: true,
    maxRisk: 'dangerous',
    unsigned: 'read_only',
    approvals: 1,
    programs: ['*'],
    readable: ['/etc/shop'],
    writable: ['/srv/shop'],
    hosts: ['api.shop.example:443'],
    hours: { zone: 'UTC', open: [] },
    tiers: [1, 2],
    limits: { timeoutMs: 600_000, memoryBytes: 2 ** 40, pids: 10_000, diskBytes: 2 ** 40, outputBytes: 2 ** 40 },
    own: ['/var/lib/dd0c-agent'],
    ...change,
  };
}

/** What the agent of `orderOf` knows of itself; commands are as serious as the words in them say. */
export function deskOf(change: Partial<AdmissionDesk> = {}): AdmissionDesk {
  return {
    tenant: toTenantId(uuidOf(1)),
    agent: toAgentId(uuidOf(2)),
    approvers: [],
    policy: policyOf(),
    classify,
    programsOf: (command) => ({ names: [command.split(' ')[0] ?? ''], areAll: !command.includes('$') }),
    realPath: (path) => path,
    ...change,
  };
}

export function classify(command: string): RiskVerdict {
  return verdictOf(/wipe/.test(command) ? 'forbidden' : /destroy/.test(command) ? 'dangerous' : /restart/.test(command) ? 'caution' : 'read_only', command.length);
}

export function verdictOf(risk: Risk, end = 1): RiskVerdict {
  return { risk, reasons: [{ rule: 'fake', why: 'The test says so.', span: [0, end] }] };
}
