import type { StepFact } from '#proto/domain/fact.ts';
import { asFault, Fault } from '#proto/domain/fault.ts';
import type { AgentId, TenantId } from '#proto/domain/identity.ts';
import { readStepResult, type StepResult, writeStepResult } from '#proto/domain/step-result.ts';
import { sha256 } from '#proto/domain/canonical.ts';
import type { TenantTx } from '../store/tenant-tx.ts';
import { tellOutput } from './execution/events.ts';
import { noteBegun } from './execution/issue-order.ts';
import { lockExecution, type StepRow } from './execution/rows.ts';
import type { Transition } from './execution/transition.ts';
import { gatedResult, type OutputGate } from './output-gate.ts';
import type { RecordEntry } from './record.ts';

export interface StepFactsOptions {
  readonly record: RecordEntry;
  readonly transition: Transition;
  readonly gate: OutputGate;
}

/** Where a fact came from. */
export interface StepOrigin {
  readonly tenant: TenantId;
  readonly agent: AgentId;
  readonly receivedAt: Date;
}

/**
 * Takes in what an agent tells of steps, within the transaction that moves its spool on, so that each fact counts once.
 * Answers for each fact why it means nothing here, or null; the agent is told, and the rest goes on.
 */
export type RecordStepFacts = (tx: TenantTx, origin: StepOrigin, facts: readonly StepFact[]) => Promise<readonly (Fault | null)[]>;

type Output = Extract<StepFact, { kind: 'step-output' }>;

export function createStepFacts({ record, transition, gate }: StepFactsOptions): RecordStepFacts {
  return async (tx, origin, facts) => {
    const faults: (Fault | null)[] = [];
    for (const run of runsOf(facts)) faults.push(...(await take(tx, origin, run)));
    return faults;
  };

  async function take(tx: TenantTx, origin: StepOrigin, run: Run): Promise<readonly (Fault | null)[]> {
    const [first] = run;
    const order = await orderOf(tx, origin.agent, first.orderId);
    if (order === null) return Promise.all(run.map(async (fact) => refuse(tx, origin, fact, new Fault('step-result-invalid', { order: fact.orderId, reason: 'this agent has no such order' }))));
    const { steps } = await lockExecution(tx, order.execution);
    const step = steps.find(({ position }) => position === order.position);
    if (step === undefined) return run.map(({ orderId }) => new Fault('step-result-invalid', { order: orderId, reason: 'its step is gone' }));
    if (first.kind === 'step-started') return [await begun(tx, origin, order, step)];
    if (first.kind === 'step-end') return [await ended(tx, origin, order, { step, bytes: first.result })];
    return wrote(tx, origin, order, run.filter((fact) => fact.kind === 'step-output'));
  }

  async function begun(tx: TenantTx, { tenant, agent, receivedAt }: StepOrigin, order: OrderRow, step: StepRow): Promise<null> {
    await noteBegun(tx, order.id, step, receivedAt);
    await transition(tx, tenant, order.execution, { kind: 'step-begun', step: order.position, order: leaseOf(order) }, { agent });
    return null;
  }

  async function wrote(tx: TenantTx, { receivedAt }: StepOrigin, order: OrderRow, facts: readonly Output[]): Promise<readonly (Fault | null)[]> {
    const looked = facts.map((fact) => ({ fact, ...gate(fact.data) }));
    const pieces = looked.map(({ fact: { index, stream, atMs }, data }) => ({ piece: index, stream, atMs, data }));
    await tellOutput(tx, { execution: order.execution, position: order.position, lease: order.id, at: receivedAt }, pieces);
    if (looked.some(({ rules }) => rules.length > 0)) await tx.query('update step_order set output_cut = true where id = $1', [order.id]);
    return looked.map(({ rules }) => (rules.length === 0 ? null : new Fault('secret-in-output', { order: order.id, rules: rules.join(' ') })));
  }

  /** A result that cannot be read leaves the step unknown: that is what is known of it. */
  async function ended(tx: TenantTx, { tenant, agent, receivedAt }: StepOrigin, order: OrderRow, { step, bytes }: { readonly step: StepRow; readonly bytes: Uint8Array }): Promise<Fault | null> {
    const sent = read(bytes, order, step);
    const { result, rules } = sent instanceof Fault ? { result: sent, rules: [] } : gatedResult(sent, gate);
    const kept = rules.length === 0 || result instanceof Fault ? bytes : writeStepResult(result);
    const ending: StepResult['ending'] = result instanceof Fault ? { state: 'unknown', reason: 'the agent told its end in words that are not understood here', probe: 'none' } : result.ending;
    const told = result instanceof Fault ? { fault: result.code } : { verdict: result.verdict, approvedBy: result.approvedBy, outputHash: result.ending.state === 'ended' ? result.ending.outputHash : null, tier: result.ending.state === 'ended' ? result.ending.outcome.tier : null };
    const { isChanged } = await transition(tx, tenant, order.execution, { kind: 'step-ended', step: order.position, order: leaseOf(order), ending }, { agent });
    if (isChanged && !(result instanceof Fault)) await tx.query('update execution_step set result = $3 where execution = $1 and position = $2', [order.execution, order.position, kept]);
    const output = ending.state === 'ended' ? ending : { outputHash: null, outputFacts: null };
    await tx.query('update step_order set ended_at = coalesce(ended_at, $2), output_hash = $3, output_pieces = $4 where id = $1', [order.id, receivedAt, output.outputHash, output.outputFacts]);
    await record(tx, { topic: 'step.reported', by: { agent }, at: receivedAt, body: { execution: order.execution, step: step.step, ...leaseOf(order), counted: isChanged, state: ending.state, resultHash: sha256(kept), ...told } });
    if (result instanceof Fault) return result;
    return rules.length === 0 ? null : new Fault('secret-in-output', { order: order.id, rules: rules.join(' ') });
  }

  async function refuse(tx: TenantTx, { agent, receivedAt }: StepOrigin, { kind, orderId }: StepFact, fault: Fault): Promise<Fault> {
    await record(tx, { topic: 'step.fact-refused', by: { agent }, at: receivedAt, body: { kind, order: orderId } });
    return fault;
  }
}

/** Facts that are taken together: pieces of one order that came one after the other, or one fact of another kind. */
type Run = readonly [StepFact, ...StepFact[]];

function runsOf(facts: readonly StepFact[]): readonly Run[] {
  const runs: [StepFact, ...StepFact[]][] = [];
  for (const fact of facts) {
    const last = runs.at(-1);
    const joins = last?.[0].kind === 'step-output' && fact.kind === 'step-output' && last[0].orderId === fact.orderId;
    if (joins) last.push(fact);
    else runs.push([fact]);
  }
  return runs;
}

interface OrderRow {
  readonly id: string;
  readonly execution: string;
  readonly position: number;
  readonly attempt: number;
}

async function orderOf(tx: TenantTx, agent: AgentId, id: string): Promise<OrderRow | null> {
  const { rows } = await tx.query<OrderRow>('select id, execution, position, attempt from step_order where id = $1 and agent = $2', [id, agent]);
  return rows[0] ?? null;
}

function leaseOf({ id: lease, attempt }: OrderRow): { lease: string; attempt: number } {
  return { lease, attempt };
}

function read(bytes: Uint8Array, order: OrderRow, step: StepRow): StepResult | Fault {
  try {
    const result = readStepResult(bytes);
    const expected = { execution: order.execution, step: step.step, part: step.part, lease: order.id, attempt: order.attempt, planHash: step.plan_hash } as const;
    const fields = Object.keys(expected) as (keyof typeof expected)[];
    const fits = fields.every((field) => result[field] === expected[field] || (result[field] === null && result.ending.state === 'refused')); // an order that it could not read has no fields
    return fits ? result : new Fault('step-result-invalid', { order: order.id, reason: 'it is the result of something else' });
  } catch (error) {
    return asFault(error);
  }
}
