import type { StepFact } from '#proto/domain/fact.ts';
import { asFault, Fault } from '#proto/domain/fault.ts';
import type { AgentId } from '#proto/domain/identity.ts';
import type { StackReport } from '#proto/domain/report.ts';
import { joinReport } from '#proto/domain/report-parts.ts';
import type { TenantTx } from '../store/tenant-tx.ts';
import { assemble, type InboundFact, type Step } from './assemble.ts';
import type { SecondGate } from './second-gate.ts';
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

/** Writes what an agent told of steps, and answers for each fact why it means nothing, or null. */
export type RecordSteps = (tx: TenantTx, agent: AgentId, facts: readonly StepFact[], receivedAt: Date) => Promise<readonly (Fault | null)[]>;

/** How a report is written and what looks at it before, and how what is told of steps is. */
export interface Recording {
  readonly record: TryToRecord;
  readonly gate: SecondGate;
  readonly recordSteps: RecordSteps;
}

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
  /** What was told of steps: only what they write, or also that they began or ended, which may bring new orders. */
  readonly news: 'none' | 'output' | 'more';
}

/** What became of a fact or a report: how many findings were recorded, what the agent must be told. */
interface Outcome {
  readonly findings: number | null;
  readonly told: Rejection | null;
}

type Rejection = Extract<Step, { kind: 'reject' }>;
type Whole = Extract<Step, { kind: 'complete' }>;

/**
 * Persists a batch within one transaction: reports that became whole, chunks of the one that did not, and the cursor
 * that says so. A report whose parts all came with this batch never touches the table of parts.
 */
export async function commitBatch(tx: TenantTx, cursor: SpoolCursor, { agent, facts, receivedAt }: Inbound, { record, gate, recordSteps }: Recording): Promise<Batch> {
  const before = await cursor.lock();
  const fresh = onceEach(facts, before.throughSeq);
  if (fresh.length === 0) return { throughSeq: before.throughSeq, recorded: [], rejected: [], news: 'none' };

  const { steps, keep, discard, after } = assemble(before, fresh);
  const recorded: number[] = [];
  const rejected: Rejection[] = [];
  for (const some of stepsTogether(steps)) {
    for (const outcome of await outcomesOf(some)) {
      if (outcome.findings !== null) recorded.push(outcome.findings);
      if (outcome.told !== null) rejected.push(outcome.told);
    }
  }
  for (const { seq, reportId, fault } of rejected) await cursor.recordRejection(seq, reportId, fault);
  if (discard) await cursor.discardChunks();
  await cursor.keepChunks(keep);
  const throughSeq = before.throughSeq + fresh.length;
  await cursor.move({ throughSeq, ...after });
  return { throughSeq, recorded, rejected, news: newsIn(steps) };

  async function outcomesOf(some: readonly Step[]): Promise<readonly Outcome[]> {
    const [first] = some;
    if (first?.kind === 'reject') return [{ findings: null, told: first }];
    if (first?.kind === 'complete') return [await recordWhole(first)];
    const news = some.filter((step) => step.kind === 'step');
    const faults = await recordSteps(tx, agent, news.map(({ fact }) => fact), receivedAt);
    return news.map(({ seq }, index) => {
      const fault = faults[index] ?? null;
      return { findings: null, told: fault && { kind: 'reject', seq, reportId: null, fault } };
    });
  }

  /** What became of a report, and what the agent must be told of it: a report without its leaks is kept all the same. */
  async function recordWhole(whole: Whole): Promise<Outcome> {
    const { reportId } = whole.begin;
    const reject = (fault: Fault): Rejection => ({ kind: 'reject', seq: whole.seq, reportId, fault });
    const report = join(whole, whole.kept > 0 ? await cursor.keptChunks() : []);
    if (report instanceof Fault) return { findings: null, told: reject(report) };
    const { report: clean, leaks } = gate(report);
    const outcome = await record(tx, { agent, reportId, receivedAt }, clean);
    if (outcome !== 'recorded') return { findings: null, told: reject(outcome) };
    const leaked = leaks.length === 0 ? null : reject(new Fault('secret-in-report', { reportId, fields: leaks.length, rules: [...new Set(leaks.map(({ rule }) => rule))].join(' ') }));
    return { findings: clean.findings.length, told: leaked };
  }
}

/**
 * Those that are not committed yet, each once: a fact may also come twice within one batch.
 * @throws Fault `sequence-gap`
 */
function onceEach(facts: readonly InboundFact[], throughSeq: number): readonly InboundFact[] {
  const fresh: InboundFact[] = [];
  for (const fact of facts) {
    const expectedSeq = throughSeq + fresh.length + 1;
    if (fact.seq > expectedSeq) throw new Fault('sequence-gap', { expectedSeq, seq: fact.seq });
    if (fact.seq === expectedSeq) fresh.push(fact);
  }
  return fresh;
}

function join({ begin, chunks, end }: Whole, before: readonly Uint8Array[]): StackReport | Fault {
  try {
    return joinReport(begin, [...before, ...chunks], end);
  } catch (error) {
    return asFault(error);
  }
}

/** News of steps that follow one another are written together, everything else alone. */
function stepsTogether(steps: readonly Step[]): readonly (readonly Step[])[] {
  const groups: Step[][] = [];
  for (const step of steps) {
    const last = groups.at(-1);
    if (step.kind === 'step' && last?.[0]?.kind === 'step') last.push(step);
    else groups.push([step]);
  }
  return groups;
}

function newsIn(steps: readonly Step[]): Batch['news'] {
  const facts = steps.flatMap((step) => (step.kind === 'step' ? [step.fact] : []));
  if (facts.length === 0) return 'none';
  return facts.every(({ kind }) => kind === 'step-output') ? 'output' : 'more';
}
