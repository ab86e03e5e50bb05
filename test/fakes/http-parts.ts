import { randomUUID } from 'node:crypto';
import { pino } from 'pino';
import type { Principal } from '#control-plane/access/access.ts';
import type { FindingDetail } from '#control-plane/drift/findings.ts';
import type { ReportDetail } from '#control-plane/drift/reports.ts';
import type { Stack } from '#control-plane/drift/stacks.ts';
import { idleAuthority } from './authority.ts';
import { noRunbooks } from './runbooks.ts';
import { authorise } from '#control-plane/access/methods.ts';
import { createMetrics } from '#control-plane/http/metrics.ts';
import type { HttpParts } from '#control-plane/http/server.ts';
import type { Agent } from '#control-plane/http/schema/agent.ts';
import { Fault } from '#proto/domain/fault.ts';
import { type TenantId, toTenantId } from '#proto/domain/identity.ts';

const moment = '2026-01-02T03:04:05.000Z';
const owner = toTenantId('10000000-0000-4000-8000-000000000001');
const stranger = toTenantId('20000000-0000-4000-8000-000000000002');

/** Bearers that the fake gatekeeper knows: two of the tenant that owns everything, one of a tenant that owns nothing. */
export const bearers = { admin: 'bearer-of-the-admin', viewer: 'bearer-of-the-viewer', stranger: 'bearer-of-a-stranger' } as const;

const principals: Readonly<Record<string, Principal>> = {
  [bearers.admin]: { tenant: owner, tokenId: 'a', name: 'admin', role: 'admin' },
  [bearers.viewer]: { tenant: owner, tokenId: 'v', name: 'viewer', role: 'viewer' },
  [bearers.stranger]: { tenant: stranger, tokenId: 's', name: 'stranger', role: 'admin' },
};

const ledger = { checked: 3, unsupported: 0, unreadable: 1, throttled: 0, stale: 0 };

export const agent: Agent = {
  id: '30000000-0000-4000-8000-000000000003',
  name: 'host-1',
  state: 'online',
  version: '0.1.0',
  hostname: 'host-1',
  os: 'linux',
  arch: 'x64',
  certificate: { serial: '0a', notAfter: moment },
  labels: {},
  alerts: [],
  enrolledAt: moment,
  lastSeen: moment,
};

export const stack: Stack = {
  id: 'envs/prod',
  kind: 'terraform',
  source: 'envs/prod/terraform.tfstate',
  against: 'code',
  agent: agent.id,
  lastReport: '50000000-0000-4000-8000-000000000005',
  firstSeenAt: moment,
  lastScannedAt: moment,
  open: { low: 0, medium: 0, high: 1, critical: 0 },
  ledger,
  error: null,
};

export const finding: FindingDetail = {
  id: '40000000-0000-4000-8000-000000000004',
  fingerprint: '0123456789abcdef0123456789abcdef',
  stack: stack.id,
  address: 'aws_security_group.web',
  type: 'aws_security_group',
  change: 'modified',
  cause: 'live_changed',
  severity: 'high',
  severityRule: 'open-to-the-world',
  noise: false,
  movedFrom: null,
  firstSeen: moment,
  lastSeen: moment,
  resolvedAt: null,
  properties: [{ path: 'cidr', change: 'update', before: '10.0.0.0/8', after: '0.0.0.0/0', noise: null, attribution: null }],
  events: [],
};

const report: ReportDetail = {
  id: stack.lastReport,
  stack: stack.id,
  kind: 'terraform',
  source: stack.source,
  agent: agent.id,
  against: 'code',
  scannedAt: moment,
  receivedAt: moment,
  lineage: null,
  serial: null,
  ledger: { ...ledger, gaps: [] },
  removed: [],
  error: null,
  findings: [],
};

const certificate = { serial: 'ff', subject: 'O=dd0c,OU=agents', agent: agent.id, notBefore: moment, notAfter: moment, revokedAt: null, generation: 2, fingerprint: '0'.repeat(64) };

const auditEntry = { seq: 1, at: moment, topic: 'fleet.agent-locked', body: { agent: agent.id }, hash: '0'.repeat(64), line: '{}' };

/** Parts of the HTTP door that keep its contract in memory: one tenant owns one of everything. */
export function fakeHttpParts(changed: Partial<HttpParts> = {}): HttpParts {
  return {
    log: pino({ level: 'silent' }),
    version: '0.0.0',
    gatekeeper: {
      async authenticate(bearer) {
        const principal = Object.hasOwn(principals, bearer) ? principals[bearer] : undefined;
        if (principal === undefined) throw new Fault('unauthenticated');
        return principal;
      },
      authorise,
    },
    drift: {
      listStacks: async (tenant) => pageFor(tenant, stack),
      getStack: async (tenant, id) => ownFor(tenant, stack, id),
      listReports: async (tenant, id) => {
        const { against } = ownFor(tenant, stack, id);
        return { items: [{ ...report, against, findings: 1, noise: 0, opened: 1, changed: 0, resolved: 0, reopened: 0 }], next: null };
      },
      latestReport: async (tenant, id) => {
        ownFor(tenant, stack, id);
        return report;
      },
      listFindings: async (tenant) => pageFor(tenant, finding),
      getFinding: async (tenant, id) => ownFor(tenant, finding, id),
    },
    fleet: {
      listAgents: async (tenant) => pageFor(tenant, agent),
      getAgent: async (tenant, id) => ownFor(tenant, agent, id),
      lockAgent: async (tenant, id) => ({ ...ownFor(tenant, agent, id), state: 'locked' }),
      unlockAgent: async (tenant, id) => ownFor(tenant, agent, id),
      drainAgent: async (tenant, id) => ({ ...ownFor(tenant, agent, id), state: 'draining' }),
      removeAgent: async (tenant, id) => void ownFor(tenant, agent, id),
      createToken: async () => ({ id: 't', token: 'join', server: 'h:1', caPin: 'sha256:00', expiresAt: moment, command: 'dd0c-agent enroll' }),
      listTokens: async () => ({ items: [], next: null }),
      revokeToken: async () => {
        throw new Fault('not-found');
      },
      listCertificates: async () => ({ items: [], next: null }),
      getCertificate: async (tenant, serial) => ownFor(tenant, { ...certificate, id: certificate.serial }, serial),
      revokeCertificate: async (tenant, serial) => ({ ...ownFor(tenant, { ...certificate, id: certificate.serial }, serial), revokedAt: moment }),
    },
    authority: idleAuthority,
    recoveries: {
      listRecoveries: async () => ({ items: [], next: null }),
      decideRecovery: async () => {
        throw new Fault('not-found');
      },
      recoveryPolicy: async () => ({ kind: 'ask' }),
      setRecoveryPolicy: async () => {},
      setAgentRecoveryPolicy: async () => {},
    },
    joins: {
      addJoinPolicy: async (_tenant, { name }) => ({ id: 'j', name, rule: { kind: 'aws', accounts: ['123456789012'], roles: ['web'] }, labels: {}, networks: [], createdAt: moment, server: 'h:1', caPin: 'sha256:00', command: 'dd0c-agent enroll' }),
      listJoinPolicies: async () => ({ items: [], next: null }),
      removeJoinPolicy: async () => {
        throw new Fault('not-found');
      },
    },
    orders: {
      scanStack: async (tenant, id) => ({ orders: [{ id: 'o', agent: ownFor(tenant, stack, id).agent }] }),
      scanAgent: async (tenant, id) => ({ orders: [{ id: 'o', agent: ownFor(tenant, agent, id).id }] }),
    },
    apiTokens: {
      createApiToken: async (_principal, { name, role }) => ({ id: 'x', name, role, token: 'made' }),
      listApiTokens: async () => ({ items: [], next: null }),
      revokeApiToken: async () => {
        throw new Fault('not-found');
      },
    },
    trail: {
      entries: async (tenant) => (tenant === owner ? [auditEntry] : []),
      checkpoint: async (tenant) => ({ tenant, origin: 'dd0c-test/audit', size: tenant === owner ? 1 : 0, verifier: 'dd0c-test/audit+00000000+AA==', note: 'dd0c-test/audit\n1\n' }),
    },
    runbooks: noRunbooks,
    checks: { database: async () => true },
    metrics: createMetrics({ version: '0.0.0', connectedAgents: () => 0 }),
    requestsPerSecond: 1_000_000,
    clock: () => 0,
    now: () => 0,
    newId: randomUUID,
    ...changed,
  };
}

function pageFor<Item>(tenant: TenantId, item: Item): { items: readonly Item[]; next: null } {
  return { items: tenant === owner ? [item] : [], next: null };
}

function ownFor<Item extends { readonly id: string }>(tenant: TenantId, item: Item, id: string): Item {
  if (tenant !== owner || item.id !== id) throw new Fault('not-found');
  return item;
}
