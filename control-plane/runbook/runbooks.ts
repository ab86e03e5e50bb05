import type { Logger } from 'pino';
import type { AgentId, TenantId } from '#proto/domain/identity.ts';
import type { Database } from '../store/database.ts';
import { asTenant, type TenantTx } from '../store/tenant-tx.ts';
import { type Approvals, createApprovals } from './approvals.ts';
import { type ApproverKeys, createApproverKeys } from './approver-keys.ts';
import type { Classify } from './document/judge.ts';
import { createStepOrders, type StepOrders } from './execution/orders.ts';
import { type Aftermath, createTransition } from './execution/transition.ts';
import { createExecutions, type Executions } from './executions.ts';
import { createLibrary, type Library } from './library.ts';
import { createOutputGate } from './output-gate.ts';
import { recordEntry } from './record.ts';
import { createRemedyOf, createSubjectOf, type DriftReads, type Offer, offersFor } from './remedy.ts';
import { createStepFacts, type RecordStepFacts } from './step-facts.ts';
import { createOutputCheck } from './output-check.ts';
import { createSweep } from './sweep.ts';
import { createBells, createWatch, type Watch } from './watch.ts';

/** What people do with runbooks. */
export type RunbookUse = Library & ApproverKeys & Executions & Approvals & Watch & {
  /** The runbooks that may put a finding right. @throws Fault `not-found` */
  offersFor(tenant: TenantId, finding: string): Promise<readonly Offer[]>;
};

/** The feature as the doors and the link see it. */
export interface Runbooks {
  readonly use: RunbookUse;
  readonly orders: StepOrders;
  readonly recordFacts: RecordStepFacts;
  /** News of an agent's steps was committed: somebody may be watching, and where it is more than output there may be an order. */
  readonly committed: (agent: AgentId, news: 'output' | 'more') => void;
  /** Ends what is overdue. */
  readonly sweep: () => Promise<void>;
  /** Compares what is stored of steps' output with what their agents said of it. */
  readonly checkOutput: () => Promise<void>;
}

export interface RunbooksOptions {
  readonly db: Database;
  readonly classify: Classify;
  readonly drift: DriftReads;
  /** @throws Fault `agent-locked`, `agent-removed` */
  readonly admit: (tx: TenantTx, agent: AgentId) => Promise<void>;
  readonly rescan: (tx: TenantTx, agent: AgentId, stack: string) => Promise<string>;
  /** An order for this agent was committed. */
  readonly wake: (agent: AgentId) => void;
  readonly tenants: () => Promise<readonly TenantId[]>;
  readonly log: Pick<Logger, 'error'>;
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
  readonly newId: () => string;
  /** Unpredictable bytes. */
  readonly random: (bytes: number) => Uint8Array;
}

/** Puts the feature together. */
export function createRunbooks({ db, classify, drift, admit, rescan, wake, tenants, log, clock, newId, random }: RunbooksOptions): Runbooks {
  const record = recordEntry;
  const bells = createBells();
  const transition = createTransition({ record, clock, newId, random, rescan });
  const subjectOf = createSubjectOf(drift);
  const parts = { db, record, transition, clock, onChange };
  const executions = createExecutions({ ...parts, classify, newId, admit, subjectOf, remedyOf: createRemedyOf(drift) });
  return {
    use: {
      ...createLibrary({ db, classify, record, clock }),
      ...createApproverKeys({ db, record, clock }),
      ...executions,
      ...createApprovals(parts),
      ...createWatch({ db, bells }),
      offersFor: (tenant, finding) => asTenant(db, tenant, async (tx) => offersFor(tx, await subjectOf(tx, finding))),
    },
    orders: createStepOrders({ clock }),
    recordFacts: createStepFacts({ record, transition, gate: createOutputGate() }),
    committed: (agent, news) => {
      bells.ringAll();
      if (news === 'more') wake(agent);
    },
    sweep: createSweep({ db, transition, tenants, clock, log, onChange }),
    checkOutput: createOutputCheck({ db, record, tenants, clock, log }),
  };

  function onChange(_: TenantId, { execution, agent }: Aftermath): void {
    bells.ring(execution);
    wake(agent);
  }
}
