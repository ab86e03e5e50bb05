import { asFault, Fault } from '#proto/domain/fault.ts';
import type { AgentId } from '#proto/domain/identity.ts';
import type { StackReport } from '#proto/domain/report.ts';
import { joinReport } from '#proto/domain/report-parts.ts';
import type { TenantTx } from '../store/tenant-tx.ts';
import { assemble, type InboundFact, type Step } from './assemble.ts';
import type { SpoolCursor } from './spool-cursor.ts';

/** Writes one report into the tenant's findings and history, once for each `reportKey`. */
export type RecordReport = (tx: TenantTx, from: { readonly agent: AgentId; readonly reportKey: string }, report: StackReport) => Promise<unknown>;

export interface Batch {
  readonly throughSeq: number;
  /** How many findings each recorded report had. */
  readonly recorded: readonly number[];
  readonly rejected: readonly Rejection[];
}

type Rejection = Extract<Step, { kind: 'reject' }>;
type Whole = Extract<Step, { kind: 'complete' }>;

interface Inbound {
  readonly agent: AgentId;
  readonly facts: readonly InboundFact[];
  readonly record: RecordReport;
}

/**
 * Persists a batch within one transaction: reports that became whole, chunks of the one that did not, and the cursor
 * that says so. A report whose parts all came with this batch never touches the table of parts.
 */
export async function commitBatch(tx: TenantTx, cursor: SpoolCursor, { agent, facts, record }: Inbound): Promise<Batch> {
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

  async function recordWhole({ begin, end, kept, chunks, seq }: Whole): Promise<number | Rejection> {
    try {
      const report = joinReport(begin, kept > 0 ? [...(await cursor.keptChunks()), ...chunks] : chunks, end);
      await record(tx, { agent, reportKey: begin.reportId }, report);
      return report.findings.length;
    } catch (error) {
      const fault = asFault(error);
      if (fault.code !== 'report-corrupt' && fault.code !== 'report-invalid') throw error;
      return { kind: 'reject', seq, reportId: begin.reportId, fault };
    }
  }
}
