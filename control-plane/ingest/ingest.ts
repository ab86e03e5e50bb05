import type { Logger } from 'pino';
import type { StepFact } from '#proto/domain/fact.ts';
import { Fault } from '#proto/domain/fault.ts';
import type { AgentId, TenantId } from '#proto/domain/identity.ts';
import type { Database } from '../store/database.ts';
import { asTenant, type TenantTx } from '../store/tenant-tx.ts';
import type { InboundFact } from './assemble.ts';
import { type Batch, commitBatch, type RecordReport, type RecordSteps, type TryToRecord } from './commit-batch.ts';
import { lostToAnother, meansPoison } from './poison.ts';
import { createSecondGate, type SecondGate } from './second-gate.ts';
import { claimSpools, spoolCursor, type SpoolSession } from './spool-cursor.ts';

export interface IngestOptions {
  readonly db: Database;
  readonly recordReport: RecordReport;
  /** What agents tell of steps goes here. */
  readonly steps?: StepIntake;
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
  readonly log: Pick<Logger, 'warn'>;
  /** Looks for secrets in what agents say they scrubbed. */
  readonly gate?: SecondGate;
  /** Told after the commit, for metrics. */
  readonly onOutcome?: (outcome: Outcome) => void;
}

/** Takes what agents tell of steps. */
export interface StepIntake {
  /** In the transaction that moves the spool on; answers for each fact why it means nothing, or null. */
  record(tx: TenantTx, origin: { readonly tenant: TenantId; readonly agent: AgentId; readonly receivedAt: Date }, facts: readonly StepFact[]): Promise<readonly (Fault | null)[]>;
  /** After the commit; where it is only output there cannot be an order for the agent. */
  committed(agent: AgentId, news: 'output' | 'more'): void;
}

/** What became of one report. */
export type Outcome = { readonly kind: 'recorded'; readonly findings: number } | { readonly kind: 'rejected'; readonly code: string };

/** One stream's right to write one spool. */
export interface Session extends SpoolSession {
  readonly tenant: TenantId;
}

export interface Accepted {
  /** Everything up to here is committed. */
  readonly throughSeq: number;
  readonly rejected: readonly { readonly seq: number; readonly fault: Fault }[];
}

/** Takes facts in: each takes effect once, however often it is sent. */
export interface Ingest {
  /** Makes this session the one whose facts of the spool are taken, and answers how far the spool is committed. */
  claim(session: Session): Promise<number>;
  /** The same for sessions of one agent each, in a transaction of somebody else's; answered in their order. */
  claimWithin(tx: TenantTx, sessions: readonly SpoolSession[]): Promise<readonly number[]>;
  /**
   * Commits a batch of facts, in order, in one transaction. Those that are committed already are passed over.
   * @throws Fault `sequence-gap`, `session-superseded`, `replica-lost` or `database-unavailable`; nothing is committed then
   */
  accept(session: Session, facts: readonly InboundFact[]): Promise<Accepted>;
}

export function createIngest({ db, recordReport, steps = noSteps, clock, log, gate = createSecondGate(), onOutcome = () => {} }: IngestOptions): Ingest {
  return { claim, claimWithin, accept };

  async function claim(session: Session): Promise<number> {
    const [throughSeq = 0] = await asTenant(db, session.tenant, (tx) => claimWithin(tx, [session]));
    return throughSeq;
  }

  function claimWithin(tx: TenantTx, sessions: readonly SpoolSession[]): Promise<readonly number[]> {
    return claimSpools(tx, sessions, new Date(clock()));
  }

  async function accept(session: Session, facts: readonly InboundFact[]): Promise<Accepted> {
    const { throughSeq, recorded, rejected, news } = await commit(session, facts);
    if (news !== 'none') steps.committed(session.agent, news);
    for (const findings of recorded) onOutcome({ kind: 'recorded', findings });
    for (const { seq, reportId, fault } of rejected) {
      log.warn({ tenant: session.tenant, agent: session.agent, seq, reportId, fault: fault.code, reason: fault.message, cause: origin(fault.cause) }, tellings.get(fault.code) ?? 'report set aside');
      onOutcome({ kind: 'rejected', code: fault.code });
    }
    return { throughSeq, rejected };
  }

  /** The common case takes no savepoints; only a batch that cannot be written is tried again with one a report. */
  async function commit(session: Session, facts: readonly InboundFact[]): Promise<Batch> {
    const recordSteps: RecordSteps = (tx, agent, facts, receivedAt) => steps.record(tx, { tenant: session.tenant, agent, receivedAt }, facts);
    try {
      return await attempt(session, facts, { record: together(recordReport), recordSteps });
    } catch (error) {
      if (!meansPoison(error)) throw error;
      return attempt(session, facts, { record: apart(recordReport), recordSteps: stepsApart(recordSteps) });
    }
  }

  async function attempt(session: Session, facts: readonly InboundFact[], how: Writing, tries = 1): Promise<Batch> {
    const receivedAt = new Date(clock());
    try {
      return await asTenant(db, session.tenant, (tx) => commitBatch(tx, spoolCursor(tx, session, receivedAt), { agent: session.agent, facts, receivedAt }, { ...how, gate }));
    } catch (error) {
      if (lostToAnother(error) && tries < maxTries) return attempt(session, facts, how, tries + 1);
      throw meansPoison(error) || error instanceof Fault ? error : new Fault('database-unavailable', {}, { cause: error });
    }
  }
}

interface Writing {
  readonly record: TryToRecord;
  readonly recordSteps: RecordSteps;
}

/** Where nobody takes them they are set aside, and the agent is told. */
const noSteps: StepIntake = {
  record: async (_tx, _origin, facts) => facts.map(() => new Fault('step-result-invalid', { reason: 'steps are not taken here' })),
  committed: () => {},
};

const tellings: ReadonlyMap<string, string> = new Map([
  ['secret-in-report', 'secrets dropped from a report'],
  ['secret-in-output', 'secrets cut out of the output of a step'],
  ['step-result-invalid', 'news of a step set aside'],
]);

/** Two agents that report on the same stacks in another order can lock each other out; one of them tries again. */
const maxTries = 5;

function together(recordReport: RecordReport): TryToRecord {
  return async (tx, origin, report) => {
    await recordReport(tx, origin, report);
    return 'recorded';
  };
}

/** Behind a savepoint each, so that one that cannot be written leaves the others alone. */
function apart(recordReport: RecordReport): TryToRecord {
  return async (tx, origin, report) => {
    await tx.query('savepoint report');
    try {
      await recordReport(tx, origin, report);
      await tx.query('release savepoint report');
      return 'recorded';
    } catch (error) {
      if (!meansPoison(error)) throw error;
      await tx.query('rollback to savepoint report');
      return new Fault('report-invalid', { reportId: origin.reportId }, { cause: error });
    }
  };
}

/** The same for what is told of steps, fact by fact. */
function stepsApart(recordSteps: RecordSteps): RecordSteps {
  return async (tx, agent, facts, receivedAt) => {
    const faults: (Fault | null)[] = [];
    for (const fact of facts) faults.push(await apartFrom(tx, fact));
    return faults;

    async function apartFrom(tx: TenantTx, fact: StepFact): Promise<Fault | null> {
      await tx.query('savepoint step');
      try {
        const [fault = null] = await recordSteps(tx, agent, [fact], receivedAt);
        await tx.query('release savepoint step');
        return fault;
      } catch (error) {
        if (!meansPoison(error)) throw error;
        await tx.query('rollback to savepoint step');
        return new Fault('step-result-invalid', { order: fact.orderId }, { cause: error });
      }
    }
  };
}

/** Where an error comes from, without its message: a parser quotes what it read. */
function origin(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  return [error.name, /^\s+at .*$/m.exec(error.stack ?? '')?.[0].trim()].join(' ');
}
