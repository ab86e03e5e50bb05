import type { FactBody, ReportBegin, ReportChunk, ReportEnd, StepFact } from '#proto/domain/fact.ts';
import { Fault } from '#proto/domain/fault.ts';
import { maxReportBytes } from '#proto/domain/report-parts.ts';

/** A fact as it came: with its body, or with the reason why its body means nothing. */
export type InboundFact = { readonly seq: number; readonly body: FactBody } | { readonly seq: number; readonly fault: Fault };

/** Where a spool's facts stand between two commits. The parts of one report follow one another, so one can be open. */
export interface Assembly {
  /** A report whose end has not come. */
  readonly open: OpenReport | null;
  /** A report that was rejected and whose further parts are passed over. */
  readonly skipping: string | null;
}

export interface OpenReport {
  readonly begin: ReportBegin;
  /** How much of it has come and been kept. */
  readonly chunks: number;
  readonly bytes: number;
}

/** What the facts of one batch ask for. */
export type Step =
  /** The report is whole: `kept` chunks lie in the table, the rest came with this batch. */
  | { readonly kind: 'complete'; readonly seq: number; readonly begin: ReportBegin; readonly end: ReportEnd; readonly kept: number; readonly chunks: readonly Uint8Array[] }
  | { readonly kind: 'step'; readonly seq: number; readonly fact: StepFact }
  | { readonly kind: 'reject'; readonly seq: number; readonly reportId: string | null; readonly fault: Fault };

export interface Assembled {
  readonly steps: readonly Step[];
  /** Chunks of the report that is still open at the end of the batch; they must be kept. */
  readonly keep: readonly { readonly seq: number; readonly data: Uint8Array }[];
  /** True where what lies in the table belongs to a report that is over. */
  readonly discard: boolean;
  readonly after: Assembly;
}

/** Folds a batch of facts, in order and without gaps, over where the spool stood. */
export function assemble(before: Assembly, facts: readonly InboundFact[]): Assembled {
  const steps: Step[] = [];
  let { open, skipping } = before;
  let fresh: { seq: number; data: Uint8Array }[] = [];
  let kept = open?.chunks ?? 0;
  let discard = false;

  for (const fact of facts) {
    if ('fault' in fact) meaningless(fact.seq, fact.fault);
    else if (fact.body.kind === 'report-begin') begin(fact.seq, fact.body);
    else if (fact.body.kind === 'report-chunk') chunk(fact.seq, fact.body);
    else if (fact.body.kind === 'report-end') end(fact.seq, fact.body);
    else steps.push({ kind: 'step', seq: fact.seq, fact: fact.body });
  }
  return { steps, keep: fresh, discard, after: { open, skipping } };

  function begin(seq: number, body: ReportBegin): void {
    if (open !== null) reject(seq, open.begin.reportId, 'it never ended');
    if (body.totalBytes > maxReportBytes || body.chunks > body.totalBytes) return reject(seq, body.reportId, 'its size is beyond the limit');
    open = { begin: body, chunks: 0, bytes: 0 };
    skipping = null;
  }

  function chunk(seq: number, { reportId, index, data }: ReportChunk): void {
    if (open === null || open.begin.reportId !== reportId) return stray(seq, reportId);
    if (index !== open.chunks) return reject(seq, reportId, 'its chunks are out of order');
    if (open.bytes + data.length > open.begin.totalBytes) return reject(seq, reportId, 'it is longer than it said');
    open = { ...open, chunks: open.chunks + 1, bytes: open.bytes + data.length };
    fresh.push({ seq, data });
  }

  function end(seq: number, body: ReportEnd): void {
    if (open === null || open.begin.reportId !== body.reportId) return stray(seq, body.reportId);
    if (open.chunks !== open.begin.chunks) return reject(seq, body.reportId, 'chunks are missing');
    steps.push({ kind: 'complete', seq, begin: open.begin, end: body, kept, chunks: fresh.map(({ data }) => data) });
    over();
  }

  function stray(seq: number, reportId: string): void {
    if (reportId === skipping) return;
    reject(seq, reportId, 'it never began');
  }

  function meaningless(seq: number, fault: Fault): void {
    const reportId = open?.begin.reportId ?? null;
    steps.push({ kind: 'reject', seq, reportId, fault });
    over();
    skipping = reportId;
  }

  function reject(seq: number, reportId: string, reason: string): void {
    steps.push({ kind: 'reject', seq, reportId, fault: new Fault('report-corrupt', { reportId, reason }) });
    over();
    skipping = reportId;
  }

  function over(): void {
    discard ||= kept > 0;
    open = null;
    fresh = [];
    kept = 0;
  }
}
