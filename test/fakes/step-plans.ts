import type { StepOrder } from '#proto/domain/step-order.ts';
import { hashPlan, type Step, type StepPlan } from '#proto/domain/step-plan.ts';
import { uuidOf } from '#test/fakes/facts.ts';

/** A harmless step, with what the test says of it. */
export function stepOf(change: Partial<Step> = {}): Step {
  return {
    id: 'look',
    title: 'Look at the service',
    run: { kind: 'command', words: ['systemctl', 'status', 'api'] },
    probe: null,
    rollback: null,
    env: {},
    secrets: [],
    sandbox: { readable: [], writable: [], network: [], tier: null },
    limits: { timeoutMs: 30_000, memoryBytes: 256 * 1024 * 1024, pids: 64, diskBytes: 64 * 1024 * 1024, outputBytes: 1024 * 1024 },
    idempotent: false,
    retries: 0,
    expect: { exit: [0], output: null },
    ...change,
  };
}

export function planOf(step: Step = stepOf(), change: Partial<StepPlan> = {}): StepPlan {
  return { schema: 'dd0c.step-plan/v1', runbook: { name: 'restart-api', version: 'ab'.repeat(32) }, step, parameters: {}, risk: 'read_only', ...change };
}

export function orderOf(plan: StepPlan = planOf(), change: Partial<StepOrder> = {}): StepOrder {
  return {
    schema: 'dd0c.step-order/v1',
    tenant: uuidOf(1),
    agent: uuidOf(2),
    execution: uuidOf(3),
    part: 'run',
    plan,
    planHash: hashPlan(plan),
    attempt: 1,
    lease: uuidOf(4),
    nonce: '5a'.repeat(32),
    issuedAtMs: 1_800_000_000_000,
    notAfterMs: 1_800_000_600_000,
    requester: { id: uuidOf(6), name: 'jo' },
    ...change,
  };
}
