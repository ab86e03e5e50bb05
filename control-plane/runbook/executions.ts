import { capabilities } from '#proto/domain/capability.ts';
import { Fault } from '#proto/domain/fault.ts';
import { type AgentId, isUuid, type TenantId } from '#proto/domain/identity.ts';
import { type Page, readCursor, toPage, writeCursor } from '../store/cursor.ts';
import type { Database } from '../store/database.ts';
import { asTenant, type TenantTx } from '../store/tenant-tx.ts';
import type { Classify } from './document/judge.ts';
import { type ExecutionRow, findExecution, lockExecution, stepsOf } from './execution/rows.ts';
import type { Standing } from './execution/state.ts';
import type { Aftermath, Transition } from './execution/transition.ts';
import { type Contact, type ExecutionDetail, type ExecutionSummary, toDetail, toSummary } from './execution/view.ts';
import { findRunbook } from './library.ts';
import { actorOf, type Person } from './person.ts';
import { type PlannedStep, planRollback, planSteps } from './plan.ts';
import type { RecordEntry } from './record.ts';
import type { RemedyOf, SubjectOf } from './remedy.ts';

/** What is to be run, and where. */
export interface StartRequest {
  readonly runbook: string;
  /** The beginning of a version's hash; the newest without it. */
  readonly version?: string | undefined;
  /** Without it, the agent that reported the finding. */
  readonly agent?: string | undefined;
  /** The id of the finding that is to be put right. */
  readonly finding?: string | undefined;
  readonly parameters: Readonly<Record<string, string>>;
}

export interface ExecutionQuery {
  readonly limit: number;
  readonly cursor?: string | undefined;
  readonly standing?: Standing | undefined;
  readonly finding?: string | undefined;
}

/** Runbooks at work. Each throws Fault `not-found` for what the tenant does not have. */
export interface Executions {
  /** @throws Fault `parameter-invalid`, `runbook-forbidden`, `agent-cannot-run-steps`, `agent-without-approvers`, `agent-locked`, `agent-removed` */
  startExecution(person: Person, request: StartRequest): Promise<ExecutionDetail>;
  /** Takes the effect of a step back, as an execution of its own. @throws Fault `step-without-rollback` */
  rollBack(person: Person, id: string, step: string): Promise<ExecutionDetail>;
  /** Begins nothing more, and ends what runs. @throws Fault `execution-over` */
  cancelExecution(person: Person, id: string): Promise<ExecutionDetail>;
  getExecution(tenant: TenantId, id: string): Promise<ExecutionDetail>;
  /** The newest first. */
  listExecutions(tenant: TenantId, query: ExecutionQuery): Promise<Page<ExecutionSummary>>;
}

export interface ExecutionsOptions {
  readonly db: Database;
  readonly classify: Classify;
  readonly record: RecordEntry;
  readonly transition: Transition;
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
  readonly newId: () => string;
  /** @throws Fault `agent-locked`, `agent-removed` */
  readonly admit: (tx: TenantTx, agent: AgentId) => Promise<void>;
  readonly subjectOf: SubjectOf;
  readonly remedyOf: RemedyOf;
  /** Told after the commit. */
  readonly onChange: (tenant: TenantId, aftermath: Aftermath) => void;
}

export function createExecutions(options: ExecutionsOptions): Executions {
  const { db, classify, record, transition, clock, newId, admit, subjectOf, remedyOf, onChange } = options;
  return { startExecution, rollBack, cancelExecution, getExecution, listExecutions };

  async function startExecution(person: Person, request: StartRequest): Promise<ExecutionDetail> {
    return changed(person.tenant, async (tx) => {
      const subject = request.finding === undefined ? null : await subjectOf(tx, request.finding);
      const agent = request.agent ?? subject?.agent;
      if (agent === undefined) throw new Fault('request-invalid', { field: 'agent', reason: 'name the agent that is to run it' });
      const runbook = await findRunbook(tx, request.runbook, request.version ?? '');
      const planned = planSteps({ runbook, parameters: request.parameters, classify });
      const { name, version, trust } = runbook;
      return begin(tx, person, { runbook: name, version, trust, agent, parameters: planned[0]?.plan.parameters ?? {}, finding: request.finding ?? null, stack: subject?.stack ?? null, rollbackOf: null }, planned);
    });
  }

  async function rollBack(person: Person, id: string, step: string): Promise<ExecutionDetail> {
    return changed(person.tenant, async (tx) => {
      const { execution, steps } = await findExecution(tx, id);
      const row = steps.find((each) => each.step === step && each.part === 'run' && each.lease !== null);
      if (row === undefined) throw new Fault('step-without-rollback', { step });
      const { runbook, version, trust, agent, parameters, finding, stack } = execution;
      return begin(tx, person, { runbook, version, trust, agent, parameters, finding, stack, rollbackOf: id }, [planRollback(row.plan, row.approvals, classify)]);
    });
  }

  async function cancelExecution(person: Person, id: string): Promise<ExecutionDetail> {
    return changed(person.tenant, async (tx) => {
      const { execution } = await lockExecution(tx, id);
      if (execution.ended_at !== null) throw new Fault('execution-over', { execution: id, standing: execution.standing });
      const aftermath = await transition(tx, person.tenant, id, { kind: 'cancelled' }, actorOf(person));
      await record(tx, { topic: 'execution.cancelled', by: actorOf(person), at: new Date(clock()), body: { execution: id } });
      const { rows } = await tx.query<{ id: string; position: number; attempt: number; wasOffered: boolean }>(
        `update step_order set cancelled_at = coalesce(cancelled_at, $2) where execution = $1 and ended_at is null returning id, position, attempt, offered_at is not null as "wasOffered"`,
        [id, new Date(clock())],
      );
      for (const order of rows) {
        if (order.wasOffered) continue; // the agent may have it: it is told, and its answer is waited for
        await transition(tx, person.tenant, id, { kind: 'withdrawn', step: order.position, order: { lease: order.id, attempt: order.attempt } }, actorOf(person));
        await tx.query('update step_order set ended_at = $2 where id = $1', [order.id, new Date(clock())]);
      }
      return aftermath;
    });
  }

  function getExecution(tenant: TenantId, id: string): Promise<ExecutionDetail> {
    return asTenant(db, tenant, (tx) => read(tx, id));
  }

  async function listExecutions(tenant: TenantId, { limit, cursor, standing, finding }: ExecutionQuery): Promise<Page<ExecutionSummary>> {
    const list = `executions ${JSON.stringify({ standing, finding })}`;
    const [before] = cursor === undefined ? ['9223372036854775807'] : readCursor(list, cursor);
    return asTenant(db, tenant, async (tx) => {
      const { rows } = await tx.query<ExecutionRow>(
        `select * from execution where ordinal < $1::bigint and ($3::text is null or standing = $3) and ($4::text is null or finding = $4) order by ordinal desc limit $2`,
        [before, limit + 1, standing ?? null, finding ?? null],
      );
      const steps = Map.groupBy(await stepsOf(tx, rows.map(({ id }) => id)), ({ execution }) => execution);
      return toPage(rows, limit, (row) => toSummary(row, steps.get(row.id) ?? []), (row) => writeCursor(list, [String(row.ordinal)]));
    });
  }

  type Beginning = Pick<ExecutionRow, 'runbook' | 'version' | 'trust' | 'agent' | 'parameters' | 'finding' | 'stack'> & { readonly rollbackOf: string | null };

  async function begin(tx: TenantTx, person: Person, start: Beginning, planned: readonly PlannedStep[]): Promise<Aftermath> {
    const id = newId();
    const at = new Date(clock());
    await admit(tx, await agentThatRuns(tx, start.agent, planned));
    await tx.query(
      `insert into execution (id, runbook, version, trust, agent, parameters, requester, requester_name, finding, stack, rollback_of, standing, created_at)
       values ($1, $2, $3, $4, $5, $6::jsonb, $7, $8, $9, $10, $11, 'running', $12)`,
      [id, start.runbook, start.version, start.trust, start.agent, JSON.stringify(start.parameters), person.tokenId, person.name, start.finding, start.stack, start.rollbackOf, at],
    );
    for (const [position, { plan, planHash, part, verdict, need, retries, approvals }] of planned.entries()) {
      await tx.query(
        `insert into execution_step (execution, position, step, part, plan, plan_hash, verdict, need, retries, approvals, state) values ($1, $2, $3, $4, $5::jsonb, $6, $7::jsonb, $8, $9, $10, 'pending')`,
        [id, position, plan.step.id, part, JSON.stringify(plan), planHash, JSON.stringify(verdict), need, retries, approvals],
      );
    }
    await record(tx, { topic: 'execution.started', by: actorOf(person), at, body: { execution: id, runbook: start.runbook, version: start.version, trust: start.trust, agent: start.agent, finding: start.finding, rollbackOf: start.rollbackOf, steps: planned.map(({ plan, planHash }) => ({ step: plan.step.id, planHash, risk: plan.risk })) } });
    return transition(tx, person.tenant, id, { kind: 'begun-at-all' }, actorOf(person));
  }

  async function changed(tenant: TenantId, work: (tx: TenantTx) => Promise<Aftermath>): Promise<ExecutionDetail> {
    const { aftermath, detail } = await asTenant(db, tenant, async (tx) => {
      const aftermath = await work(tx);
      return { aftermath, detail: await read(tx, aftermath.execution) };
    });
    onChange(tenant, aftermath);
    return detail;
  }

  async function read(tx: TenantTx, id: string): Promise<ExecutionDetail> {
    const { execution, steps } = await findExecution(tx, id);
    return toDetail(execution, steps, { remedy: await remedyOf(tx, execution), contact: await contactOf(tx, execution.agent, clock()) });
  }
}

/** An agent that was not heard for four heartbeats is lost, whatever its connection looks like. */
const lostAfterMs = 60_000;

async function contactOf(tx: TenantTx, agent: string, nowMs: number): Promise<Contact> {
  const { rows } = await tx.query<{ at: Date; isOpen: boolean }>(
    `select last_heartbeat_at as at, disconnected_at is null as "isOpen" from agent_session where agent = $1 order by epoch desc limit 1`,
    [agent],
  );
  const [session] = rows;
  if (session === undefined) return { isConnected: false, lastHeardAt: null };
  return { isConnected: session.isOpen && nowMs - session.at.getTime() < lostAfterMs, lastHeardAt: session.at.toISOString() };
}

/**
 * What its newest session said of it decides; one that has never connected may still come.
 * @throws Fault `not-found`, `agent-cannot-run-steps`, `agent-without-approvers`
 */
async function agentThatRuns(tx: TenantTx, agent: string, planned: readonly PlannedStep[]): Promise<AgentId> {
  const { rows } = await tx.query<{ id: AgentId; capabilities: readonly string[] | null }>(
    `select agent.id, (select session.capabilities from agent_session session where session.agent = agent.id order by epoch desc limit 1) as capabilities from agent where agent.id = $1`,
    [isUuid(agent) ? agent : null],
  );
  const [row] = rows;
  if (row === undefined) throw new Fault('not-found', { agent });
  if (row.capabilities === null) return row.id;
  if (!row.capabilities.includes(capabilities.steps)) throw new Fault('agent-cannot-run-steps', { agent });
  const doesMore = planned.find(({ plan }) => plan.risk !== 'read_only');
  if (doesMore && !row.capabilities.includes(capabilities.approvals)) throw new Fault('agent-without-approvers', { agent, step: doesMore.plan.step.id, risk: doesMore.plan.risk });
  return row.id;
}
