import { verify } from 'node:crypto';
import { type Approval, readApproval } from '#proto/domain/approval.ts';
import { Fault } from '#proto/domain/fault.ts';
import type { TenantId } from '#proto/domain/identity.ts';
import type { StepPlan } from '#proto/domain/step-plan.ts';
import type { Database } from '../store/database.ts';
import { asTenant, type TenantTx } from '../store/tenant-tx.ts';
import { ownKey } from './approver-keys.ts';
import { type ExecutionRow, lockExecution, type StepRow } from './execution/rows.ts';
import { stillSigned } from './execution/standing-approvals.ts';
import type { Aftermath, Transition } from './execution/transition.ts';
import { type StepView, toStep } from './execution/view.ts';
import { actorOf, type Person } from './person.ts';
import type { RecordEntry } from './record.ts';

/** A question to people: may this run? Its id is that of its execution, which asks one at a time. */
export interface Question {
  readonly id: string;
  readonly runbook: { readonly name: string; readonly version: string };
  readonly requester: { readonly id: string; readonly name: string };
  /** False where the one who asks is the requester of something dangerous. */
  readonly mayApprove: boolean;
  readonly step: StepView;
  /** All that the hash is over. */
  readonly plan: StepPlan;
  /** What an approver signs, but for the key and a shorter expiry. */
  readonly terms: Omit<Approval, 'schema' | 'keyId' | 'notAfterMs'>;
  /** How many people must approve it, and who has. */
  readonly needed: number;
  readonly given: readonly string[];
  /** RFC 3339; nobody can say yes after it. */
  readonly until: string;
}

/** What was decided, and how many more approvals it takes. */
export interface Decided {
  readonly execution: string;
  readonly step: string;
  readonly missing: number;
}

export interface Signature {
  readonly statement: Uint8Array;
  readonly signature: Uint8Array;
}

/** Decisions of people: each decides once on a question, and on one that is decided nobody does. */
export interface Approvals {
  listQuestions(person: Person): Promise<readonly Question[]>;
  /** @throws Fault `approval-not-asked` */
  getQuestion(person: Person, id: string): Promise<Question>;
  /**
   * Takes a person's signature over the very plan that is asked about, and lets the step go once enough have signed.
   * @throws Fault `approval-not-asked`, `approval-invalid`, `approver-key-unknown`, `approver-is-requester`
   */
  approve(person: Person, id: string, signature: Signature): Promise<Decided>;
  /** @throws Fault `approval-not-asked` */
  deny(person: Person, id: string, reason: string): Promise<Decided>;
}

export interface ApprovalsOptions {
  readonly db: Database;
  readonly record: RecordEntry;
  readonly transition: Transition;
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
  /** Told after the commit. */
  readonly onChange: (tenant: TenantId, aftermath: Aftermath) => void;
}

export function createApprovals({ db, record, transition, clock, onChange }: ApprovalsOptions): Approvals {
  return { listQuestions, getQuestion, approve, deny };

  async function listQuestions(person: Person): Promise<readonly Question[]> {
    return asTenant(db, person.tenant, async (tx) => {
      const { rows } = await tx.query<{ execution: string }>(`select execution from execution_step where state = 'waiting' and ask_until > $1 order by ask_until limit 500`, [new Date(clock())]);
      const questions: Question[] = [];
      for (const { execution } of rows) questions.push(await read(tx, person, execution));
      return questions;
    });
  }

  function getQuestion(person: Person, id: string): Promise<Question> {
    return asTenant(db, person.tenant, (tx) => read(tx, person, id));
  }

  async function read(tx: TenantTx, person: Person, id: string): Promise<Question> {
    const { execution, step, nonce, until } = await asked(tx, id, clock());
    const { tenant } = person;
    return {
      id,
      runbook: step.plan.runbook,
      requester: { id: execution.requester, name: execution.requester_name },
      mayApprove: !isOwnDanger(person, execution, step),
      needed: step.approvals,
      given: (await given(tx, nonce)).map(({ name }) => name),
      step: toStep(step),
      plan: step.plan,
      terms: { tenant, agent: execution.agent, execution: id, step: step.step, part: step.part, planHash: step.plan_hash, nonce, requester: execution.requester },
      until: until.toISOString(),
    };
  }

  async function approve(person: Person, id: string, { statement, signature }: Signature): Promise<Decided> {
    const approval = readApproval(statement);
    const { aftermath, step, missing } = await asTenant(db, person.tenant, async (tx) => {
      const { execution, step, nonce, until } = await asked(tx, id, clock());
      const key = await ownKey(tx, person, approval.keyId);
      if (!verify(null, statement, key.key, signature)) throw new Fault('approval-invalid', { reason: 'the signature is not that of the key over this statement' });
      refuseOther(approval, { tenant: person.tenant, agent: execution.agent, execution: id, step: step.step, part: step.part, planHash: step.plan_hash, nonce, requester: execution.requester });
      if (approval.notAfterMs <= clock()) throw new Fault('approval-invalid', { reason: 'it has expired' });
      if (approval.notAfterMs > until.getTime()) throw new Fault('approval-invalid', { reason: 'it would hold longer than the question', until: until.toISOString() });
      if (isOwnDanger(person, execution, step)) throw new Fault('approver-is-requester', { step: step.step });
      const before = await given(tx, nonce);
      if (before.some(({ approver, key }) => approver === person.tokenId || key === approval.keyId)) throw new Fault('approval-not-asked', { execution: id, reason: 'you have approved it already' });
      await decide(tx, person, { execution, step, nonce, decision: 'approved', approval, statement, signature });
      const missing = step.approvals - before.length - 1;
      const aftermath = missing > 0 ? null : await transition(tx, person.tenant, id, { kind: 'approved', step: step.position, nonce }, actorOf(person));
      return { aftermath, step, missing };
    });
    if (aftermath !== null) onChange(person.tenant, aftermath);
    return { execution: id, step: step.step, missing: Math.max(0, missing) };
  }

  async function deny(person: Person, id: string, reason: string): Promise<Decided> {
    const { aftermath, step } = await asTenant(db, person.tenant, async (tx) => {
      const { execution, step, nonce } = await asked(tx, id, clock());
      await decide(tx, person, { execution, step, nonce, decision: 'denied', reason });
      const why = `${person.name}: ${reason}`;
      return { aftermath: await transition(tx, person.tenant, id, { kind: 'denied', step: step.position, nonce, why }, actorOf(person)), step };
    });
    onChange(person.tenant, aftermath);
    return { execution: id, step: step.step, missing: 0 };
  }

  type Decision = { readonly execution: ExecutionRow; readonly step: StepRow; readonly nonce: string } & (
    | { readonly decision: 'approved'; readonly approval: Approval; readonly statement: Uint8Array; readonly signature: Uint8Array }
    | { readonly decision: 'denied'; readonly reason: string }
  );

  async function decide(tx: TenantTx, person: Person, decision: Decision): Promise<void> {
    const { execution, step, nonce } = decision;
    const at = new Date(clock());
    const signed = decision.decision === 'approved' ? decision : null;
    const reason = decision.decision === 'denied' ? decision.reason : null;
    await tx.query(
      `insert into approval (nonce, execution, position, decision, approver, approver_name, key, statement, signature, reason, not_after, decided_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
       on conflict (tenant, nonce, approver, decision) do update set approver_name = excluded.approver_name, key = excluded.key, statement = excluded.statement, signature = excluded.signature, not_after = excluded.not_after, decided_at = excluded.decided_at`,
      [
        nonce, execution.id, step.position, decision.decision, person.tokenId, person.name,
        signed?.approval.keyId ?? null, signed?.statement ?? null, signed?.signature ?? null, reason, signed === null ? null : new Date(signed.approval.notAfterMs), at,
      ],
    );
    const evidence = signed === null ? { reason } : { key: signed.approval.keyId, statement: Buffer.from(signed.statement).toString('utf8'), signature: Buffer.from(signed.signature).toString('base64') };
    await record(tx, { topic: `approval.${decision.decision}`, by: actorOf(person), at, body: { execution: execution.id, step: step.step, part: step.part, planHash: step.plan_hash, nonce, risk: step.plan.risk, ...evidence } });
  }
}

interface Asked {
  readonly execution: ExecutionRow;
  readonly step: StepRow;
  readonly nonce: string;
  readonly until: Date;
}

/** The one question of an execution, held until the commit. @throws Fault `approval-not-asked`, `not-found` */
async function asked(tx: TenantTx, id: string, nowMs: number): Promise<Asked> {
  const { execution, steps } = await lockExecution(tx, id);
  const step = steps.find(({ state }) => state === 'waiting');
  const { nonce = null, ask_until: until = null } = step ?? {};
  if (step === undefined || nonce === null || until === null || until.getTime() <= nowMs) throw new Fault('approval-not-asked', { execution: id });
  return { execution, step, nonce, until };
}

/** Who has approved so far, and still stands by it. */
async function given(tx: TenantTx, nonce: string): Promise<readonly { readonly approver: string; readonly name: string; readonly key: string }[]> {
  const { rows } = await tx.query<{ approver: string; name: string; key: string }>(`select approver, approver_name as name, key from approval a where nonce = $1 and ${stillSigned} order by decided_at`, [nonce]);
  return rows;
}

function refuseOther(approval: Approval, terms: Question['terms']): void {
  const other = (Object.keys(terms) as (keyof Question['terms'])[]).find((field) => approval[field] !== terms[field]);
  if (other !== undefined) throw new Fault('approval-invalid', { reason: `it is for another ${other}` });
}

/** Four eyes: whoever asked for something dangerous does not decide about it. */
function isOwnDanger({ tokenId }: Person, { requester }: ExecutionRow, { plan }: StepRow): boolean {
  return plan.risk === 'dangerous' && tokenId === requester;
}

