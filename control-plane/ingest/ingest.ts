import type { Logger } from 'pino';
import { Fault } from '#proto/domain/fault.ts';
import type { TenantId } from '#proto/domain/identity.ts';
import type { Database } from '../store/database.ts';
import { asTenant, type TenantTx } from '../store/tenant-tx.ts';
import type { InboundFact } from './assemble.ts';
import { type Batch, commitBatch, type RecordReport } from './commit-batch.ts';
import { meansPoison } from './poison.ts';
import { spoolCursor, type SpoolSession } from './spool-cursor.ts';

export interface IngestOptions {
  readonly db: Database;
  readonly recordReport: RecordReport;
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
  readonly log: Pick<Logger, 'warn'>;
  /** Told after the commit, for metrics. */
  readonly onOutcome?: (outcome: Outcome) => void;
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
  /**
   * Commits a batch of facts, in order, in one transaction. Those that are committed already are passed over.
   * @throws Fault `sequence-gap`, `session-superseded` or `database-unavailable`; nothing is committed then
   */
  accept(session: Session, facts: readonly InboundFact[]): Promise<Accepted>;
}

export function createIngest({ db, recordReport, clock, log, onOutcome = () => {} }: IngestOptions): Ingest {
  return { claim, accept };

  function claim(session: Session): Promise<number> {
    return asTenant(db, session.tenant, (tx) => spoolCursor(tx, session, new Date(clock())).claim());
  }

  async function accept(session: Session, facts: readonly InboundFact[]): Promise<Accepted> {
    const { throughSeq, recorded, rejected } = await commit(session, facts);
    for (const findings of recorded) onOutcome({ kind: 'recorded', findings });
    for (const { seq, reportId, fault } of rejected) {
      log.warn({ tenant: session.tenant, agent: session.agent, seq, reportId, fault: fault.code, reason: fault.message, cause: origin(fault.cause) }, 'report set aside');
      onOutcome({ kind: 'rejected', code: fault.code });
    }
    return { throughSeq, rejected };
  }

  /** The common case takes no savepoints; only a batch that cannot be recorded is tried again with one a report. */
  async function commit(session: Session, facts: readonly InboundFact[]): Promise<Batch> {
    const attempt = (record: RecordReport): Promise<Batch> =>
      asTenant(db, session.tenant, (tx) => commitBatch(tx, spoolCursor(tx, session, new Date(clock())), { agent: session.agent, facts, record }));
    try {
      return await attempt(recordReport);
    } catch (error) {
      if (!meansPoison(error)) throw error;
      return attempt(apart(recordReport));
    }
  }
}

/** Records each report behind a savepoint, so that one that cannot be recorded leaves the others alone. */
function apart(recordReport: RecordReport): RecordReport {
  return async (tx: TenantTx, from, report) => {
    await tx.query('savepoint report');
    try {
      await recordReport(tx, from, report);
    } catch (error) {
      if (!meansPoison(error)) throw error;
      await tx.query('rollback to savepoint report');
      throw new Fault('report-invalid', { reportId: from.reportKey }, { cause: error });
    }
    await tx.query('release savepoint report');
  };
}

/** Where an error comes from, without its message: a parser quotes what it read. */
function origin(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  return [error.name, /^\s+at .*$/m.exec(error.stack ?? '')?.[0].trim()].join(' ');
}
