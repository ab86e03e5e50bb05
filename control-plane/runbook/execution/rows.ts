import { Fault } from '#proto/domain/fault.ts';
import { isUuid } from '#proto/domain/identity.ts';
import type { RiskVerdict } from '#proto/domain/risk.ts';
import type { StepPlan } from '#proto/domain/step-plan.ts';
import type { StepPart } from '#proto/domain/step-run.ts';
import type { TenantTx } from '../../store/tenant-tx.ts';
import type { Trust } from '../trust.ts';
import type { Ending, ExecutionState, Standing, StepState, StepTerms } from './state.ts';

export interface ExecutionRow {
  readonly id: string;
  readonly ordinal: number;
  readonly runbook: string;
  readonly version: string;
  readonly trust: Trust;
  readonly agent: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly requester: string;
  readonly requester_name: string;
  readonly finding: string | null;
  readonly stack: string | null;
  readonly rollback_of: string | null;
  readonly is_cancelled: boolean;
  readonly standing: Standing;
  readonly created_at: Date;
  readonly ended_at: Date | null;
  readonly scan_order: string | null;
}

export interface StepRow {
  readonly execution: string;
  readonly position: number;
  readonly step: string;
  readonly part: StepPart;
  readonly plan: StepPlan;
  readonly plan_hash: string;
  readonly verdict: RiskVerdict;
  readonly need: StepTerms['need'];
  readonly retries: number;
  readonly approvals: number;
  readonly state: StepState['kind'];
  readonly nonce: string | null;
  readonly ask_until: Date | null;
  readonly lease: string | null;
  readonly attempt: number | null;
  readonly how: Ending | null;
  readonly why: string | null;
  readonly started_at: Date | null;
  readonly ended_at: Date | null;
  readonly result: Uint8Array | null;
}

/** An execution with its steps, for whoever only looks. @throws Fault `not-found` */
export async function findExecution(tx: TenantTx, id: string): Promise<{ execution: ExecutionRow; steps: readonly StepRow[] }> {
  return read(tx, id, '');
}

/** The same, held until the commit: whoever changes it waits for whoever is changing it. @throws Fault `not-found` */
export async function lockExecution(tx: TenantTx, id: string): Promise<{ execution: ExecutionRow; steps: readonly StepRow[] }> {
  return read(tx, id, 'for update');
}

export async function stepsOf(tx: TenantTx, executions: readonly string[]): Promise<readonly StepRow[]> {
  const { rows } = await tx.query<StepRow>('select * from execution_step where execution = any($1) order by execution, position', [executions]);
  return rows;
}

export function toState({ is_cancelled: isCancelled }: Pick<ExecutionRow, 'is_cancelled'>, steps: readonly StepRow[]): ExecutionState {
  return { isCancelled, steps: steps.map((row) => ({ terms: { need: row.need, retries: row.retries }, state: stateOf(row) })) };
}

/** Writes the state of one step over what its row says. */
export async function writeStep(tx: TenantTx, { execution, position }: Pick<StepRow, 'execution' | 'position'>, state: StepState, at: Date): Promise<void> {
  const order = 'order' in state ? state.order : null;
  await tx.query(
    `update execution_step set state = $3, nonce = coalesce($4, nonce), ask_until = $5, lease = coalesce($6, lease), attempt = coalesce($7, attempt), how = $8, why = $9,
       started_at = case when $3 = 'running' then $10 else started_at end, ended_at = case when $3 = 'ended' then $10 end
     where execution = $1 and position = $2`,
    [
      execution, position, state.kind, 'nonce' in state ? state.nonce : null, state.kind === 'waiting' ? new Date(state.untilMs) : null,
      order?.lease ?? null, order?.attempt ?? null, state.kind === 'ended' ? state.how : null, state.kind === 'ended' ? state.why : null, at,
    ],
  );
}

async function read(tx: TenantTx, id: string, lock: '' | 'for update'): Promise<{ execution: ExecutionRow; steps: readonly StepRow[] }> {
  if (!isUuid(id)) throw new Fault('not-found', { execution: id });
  const { rows } = await tx.query<ExecutionRow>(`select * from execution where id = $1 ${lock}`, [id]);
  const [execution] = rows;
  if (execution === undefined) throw new Fault('not-found', { execution: id });
  return { execution, steps: await stepsOf(tx, [id]) };
}

function stateOf({ state, nonce, ask_until: askUntil, lease, attempt, how, why }: StepRow): StepState {
  const order = lease === null || attempt === null ? null : { lease, attempt };
  switch (state) {
    case 'pending':
      return { kind: 'pending' };
    case 'waiting':
      return { kind: 'waiting', nonce: nonce ?? '', untilMs: askUntil?.getTime() ?? 0 };
    case 'ordered':
    case 'running':
      if (order === null) throw new TypeError('a step that is ordered has a lease');
      return { kind: state, nonce: nonce ?? '', order };
    case 'ended':
      return { kind: 'ended', how: how ?? 'unknown', order, why };
  }
}
