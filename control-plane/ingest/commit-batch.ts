import { asFault, Fault } from '#proto/domain/fault.ts';
import type { AgentId } from '#proto/domain/identity.ts';
import type { StackReport } from '#proto/domain/report.ts';
import { joinReport } from '#proto/domain/report-parts.ts';
import type { TenantTx } from '../store/tenant-tx.ts';
import { assemble, type InboundFact, type Step } from './assemble.ts';
import type { SpoolCursor } from './spool-cursor.ts';

/** Where a report came from. */
export interface Origin {
  readonly agent: AgentId;
  readonly reportId: string;
  readonly receivedAt: Date;
}

/** Writes one report into the tenant's findings and history; the same `reportId` again changes nothing. */
export type RecordReport = (tx: TenantTx, origin: Origin, report: StackReport) => Promise<unknown>;

/** The same, where a report that cannot be written is answered rather than thrown: it is to be set aside. */
export type TryToRecord = (tx: TenantTx, origin: Origin, report: StackReport) => Promise<'recorded' | Fault>;

export interface Inbound {
  readonly agent: AgentId;
  readonly facts: readonly InboundFact[];
  readonly receivedAt: Date;
}

export interface Batch {
  readonly throughSeq: number;
  /** How many findings each recorded report had. */
  readonly recorded: readonly number[];
  readonly rejected: readonly Rejection[];
}

type Rejection = Extract<Step, { kind: 'reject' }>;
type Whole = Extract<Step, { kind: 'complete' }>;

/**
 * Persists a batch within one transaction: reports that became whole, chunks of the one that did not, and the cursor
 * that says so. A report whose parts all came with this batch never touches the table of parts.
 */
export async function commitBatch(tx: TenantTx, cursor: SpoolCursor, { agent, facts, receivedAt }: Inbound, record: TryToRecord): Promise<Batch> {
  const before = await cursor.lock();
  const fresh = facts.filter(({ seq }) => seq > before.throughSeq);
  const [first] = fresh;
  if (first === undefined) return { throughSeq: before.throughSeq, recorded: [], rejected: [] };
  if (first.seq !== before.throughSeq + 1) throw new Fault('sequence-gap', { expectedSeq: before.throughSeq + 1, seq: first.seq });

  const { steps, keep, discard, after } = assemble(before, fresh);
  const recorded: number[] = [];
  const rejected: Rejection[] = [];
  for (const step of steps) {
    const outcome = step.kind === 'reject' ? step : await recordWhole(step);
    if (typeof outcome === 'number') recorded.push(outcome);
    else rejected.push(outcome);
  }
  for (const { seq, reportId, fault } of rejected) await cursor.recordRejection(seq, reportId, fault);
  if (discard) await cursor.discardChunks();
  await cursor.keepChunks(keep);
  const throughSeq = before.throughSeq + fresh.length;
  await cursor.move({ throughSeq, ...after });
  return { throughSeq, recorded, rejected };

  async function recordWhole(whole: Whole): Promise<number | Rejection> {
    const { reportId } = whole.begin;
    const reject = (fault: Fault): Rejection => ({ kind: 'reject', seq: whole.seq, reportId, fault });
    const report = join(whole, whole.kept > 0 ? await cursor.keptChunks() : []);
    if (report instanceof Fault) return reject(report);
    const outcome = await record(tx, { agent, reportId, receivedAt }, report);
    return outcome === 'recorded' ? report.findings.length : reject(outcome);
  }
}

function join({ begin, chunks, end }: Whole, before: readonly Uint8Array[]): StackReport | Fault {
  try {
    return joinReport(begin, [...before, ...chunks], end);
  } catch (error) {
    return asFault(error);
  }
}
