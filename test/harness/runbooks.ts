import { generateKeyPairSync, type KeyObject, randomBytes, randomUUID, sign } from 'node:crypto';
import { getFinding } from '#control-plane/drift/findings.ts';
import { getStack } from '#control-plane/drift/stacks.ts';
import { admit } from '#control-plane/fleet/agents.ts';
import { createScanOrders } from '#control-plane/fleet/scan-orders.ts';
import type { Question } from '#control-plane/runbook/approvals.ts';
import type { Person } from '#control-plane/runbook/person.ts';
import { createRunbooks, type Runbooks } from '#control-plane/runbook/runbooks.ts';
import type { Database } from '#control-plane/store/database.ts';
import { asTenant } from '#control-plane/store/tenant-tx.ts';
import { approvalBytes } from '#proto/domain/approval.ts';
import { readApproverKey } from '#proto/domain/approver-key.ts';
import { capabilities } from '#proto/domain/capability.ts';
import { sha256 } from '#proto/domain/canonical.ts';
import type { AgentId, TenantId } from '#proto/domain/identity.ts';
import { readStepOrder, type StepOrder } from '#proto/domain/step-order.ts';
import { type StepEnding, writeStepResult } from '#proto/domain/step-result.ts';
import type { StepOrderDelivery } from '#proto/domain/order.ts';
import { classify } from '#test/fakes/risk.ts';

/** A runbook that looks, then restarts with care. */
export const restartApi = `
name: restart-api
title: Restart the API
for: { type: 'aws_instance', severity: low }
parameters:
  - { name: unit, type: string, default: api, pattern: '[a-z]{1,20}' }
  - { name: address, type: string, from: finding.address, pattern: '[a-z_.0-9\\[\\]]+', default: none }
steps:
  - { id: look, run: 'systemctl status {{ unit }}' }
  - { id: fix, run: 'systemctl restart {{ unit }}', timeout: 30s, rollback: 'systemctl restart old-{{ unit }}' }
`;

/** The feature over a real database, with a clock that the test moves. */
export function openRunbooks(db: Database, change: Partial<{ wake: (agent: AgentId) => void; nowMs: () => number; tenants: () => Promise<readonly TenantId[]> }> = {}): Runbooks & { readonly book: ReturnType<typeof createScanOrders> } {
  const clock = change.nowMs ?? Date.now;
  const book = createScanOrders({ newId: randomUUID, clock });
  const runbooks = createRunbooks({
    db,
    classify,
    drift: { getFinding, getStack },
    admit,
    rescan: async (tx, agent, stack) => (await book.request(tx, agent, { stacks: [stack] })).id,
    wake: change.wake ?? (() => {}),
    tenants: change.tenants ?? (async () => []),
    log: { error: (told: unknown) => { throw new Error(JSON.stringify(told)); } },
    clock,
    newId: randomUUID,
    random: randomBytes,
  });
  return { ...runbooks, book };
}

/** Somebody with a token, and the key with which they approve. */
export interface Approver {
  readonly person: Person;
  readonly privateKey: KeyObject;
  readonly publicKey: string;
  readonly keyId: string;
}

export function makeApprover(tenant: TenantId, name: string, role: Person['role'] = 'operator'): Approver {
  const { privateKey, publicKey: key } = generateKeyPairSync('ed25519');
  const publicKey = `ed25519:${key.export({ format: 'der', type: 'spki' }).subarray(12).toString('base64')}`;
  return { person: { tenant, tokenId: randomUUID(), name, role }, privateKey, publicKey, keyId: readApproverKey(publicKey).keyId };
}

/** Signs what is asked, as the command line would. */
export function signQuestion({ terms, until }: Question, { privateKey, keyId }: Approver, change: Partial<Question['terms']> & { readonly notAfterMs?: number } = {}): { statement: Uint8Array; signature: Uint8Array } {
  const statement = approvalBytes({ schema: 'dd0c.approval/v1', ...terms, notAfterMs: Date.parse(until), keyId, ...change });
  return { statement, signature: sign(null, statement, privateKey) };
}

/** An agent whose session said that it runs steps. */
export async function connectAgent(db: Database, tenant: TenantId, agent: AgentId, said: readonly string[] = [capabilities.steps, capabilities.approvals]): Promise<void> {
  await asTenant(db, tenant, (tx) =>
    tx.query(
      `insert into agent_session (agent, epoch, connected_at, last_heartbeat_at, remote_address, agent_version, hostname, os, arch, capabilities)
       select $1, coalesce(max(epoch), 0) + 1, now(), now(), 'here', '0', 'host', 'linux', 'x64', $2 from agent_session where agent = $1`,
      [agent, said],
    ),
  );
}

/** What the agent would be sent now. */
export async function deliveries(db: Database, { orders }: Pick<Runbooks, 'orders'>, tenant: TenantId, agent: AgentId): Promise<readonly { readonly delivery: StepOrderDelivery; readonly order: StepOrder }[]> {
  const waiting = await asTenant(db, tenant, (tx) => orders.waiting(tx, [agent]));
  return waiting.map(({ order }) => ({ delivery: order, order: readStepOrder(order.envelope) }));
}

/** The bytes with which an agent ends an order. */
export function resultOf(order: StepOrder, ending: StepEnding = endedWith(0)): Uint8Array {
  const { execution, part, attempt, lease, planHash, plan } = order;
  return writeStepResult({ schema: 'dd0c.step-result/v1', execution, step: plan.step.id, part, attempt, lease, planHash, ending, verdict: { risk: 'read_only', reasons: [] }, approvedBy: [] });
}

export function endedWith(exit: number): StepEnding {
  const outcome = { tier: 2 as const, exit, signal: null, limit: null, durationMs: 12, outputBytes: 3, survivorsKilled: 0 };
  return { state: 'ended', outcome, expected: exit === 0, cancelled: false, startedAtMs: 1_800_000_000_000, endedAtMs: 1_800_000_000_012, outputHash: sha256(Buffer.from('ok\n')), outputFacts: 1, outputLostBytes: 0 };
}
