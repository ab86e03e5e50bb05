import type { PropertyDifference } from '#proto/domain/finding.ts';
import type { TenantTx } from '../store/tenant-tx.ts';
import type { ExecutionRow } from './execution/rows.ts';
import { fillFrom, type Filling, isFor, type Subject } from './selector.ts';
import { type RunbookDetail, runbooksForFindings } from './library.ts';

/** What a scan after the execution showed: only evidence closes a finding, never that the steps went well. */
export interface Remedy {
  readonly finding: string;
  readonly state: 'not-yet' | 'closed' | 'open';
  readonly reason: string;
}

/** A finding, and the agent that can reach it. */
export type Found = Subject & { readonly agent: string };
export type SubjectOf = (tx: TenantTx, finding: string) => Promise<Found>;
export type RemedyOf = (tx: TenantTx, execution: ExecutionRow) => Promise<Remedy | null>;

/** What is asked of the feature `drift`. Times are RFC 3339. */
export interface DriftReads {
  /** @throws Fault `not-found` */
  readonly getFinding: (tx: TenantTx, id: string) => Promise<Subject & { readonly properties: readonly PropertyDifference[]; readonly lastSeen: string; readonly resolvedAt: string | null }>;
  /** @throws Fault `not-found` */
  readonly getStack: (tx: TenantTx, id: string) => Promise<{ readonly agent: string; readonly lastScannedAt: string; readonly error: { readonly message: string } | null }>;
}

export function createSubjectOf({ getFinding, getStack }: DriftReads): SubjectOf {
  return async (tx, id) => {
    const finding = await getFinding(tx, id);
    const { agent } = await getStack(tx, finding.stack);
    return { ...finding, agent };
  };
}

export function createRemedyOf({ getFinding, getStack }: DriftReads): RemedyOf {
  return async (tx, { finding: id, stack: name, ended_at: endedAt, scan_order: scanOrder }) => {
    if (id === null || name === null) return null;
    const [finding, stack] = [await getFinding(tx, id), await getStack(tx, name)];
    if (finding.resolvedAt !== null) return { finding: id, state: 'closed', reason: `a scan at ${finding.resolvedAt} no longer shows it` };
    if (endedAt === null) return { finding: id, state: 'not-yet', reason: 'the execution is not over' };
    if (scanOrder === null) return { finding: id, state: 'open', reason: 'nothing was run' };
    if (Date.parse(stack.lastScannedAt) < endedAt.getTime()) return { finding: id, state: 'not-yet', reason: 'the stack is to be scanned again; the agent has the order' };
    if (stack.error !== null) return { finding: id, state: 'open', reason: `the scan after it could not read the stack: ${stack.error.message}` };
    if (Date.parse(finding.lastSeen) < endedAt.getTime()) return { finding: id, state: 'open', reason: 'the scan after it could not check this resource, so its silence proves nothing' };
    return { finding: id, state: 'open', reason: `the scan at ${stack.lastScannedAt} still shows it: ${finding.properties.map(({ path }) => path || 'the resource').slice(0, 5).join(', ')}` };
  };
}

/** A runbook that may put a finding right, and how far its parameters are known. */
export interface Offer extends Filling {
  readonly runbook: string;
  readonly version: string;
  readonly title: string;
  readonly trust: RunbookDetail['trust'];
  /** Of each step, at import. */
  readonly risks: readonly string[];
}

/** The runbooks whose selector fits a finding, by name. */
export async function offersFor(tx: TenantTx, subject: Subject): Promise<readonly Offer[]> {
  const runbooks = await runbooksForFindings(tx);
  return runbooks
    .filter(({ model }) => isFor(model.selector, subject))
    .map(({ name, version, title, trust, verdicts, model }) => ({ runbook: name, version, title, trust, risks: verdicts.map(({ risk }) => risk), ...fillFrom(model, subject) }));
}
