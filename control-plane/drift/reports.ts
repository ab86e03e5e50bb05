import { Fault } from '#proto/domain/fault.ts';
import type { Finding } from '#proto/domain/finding.ts';
import type { ReportHead, StackError, StackReport } from '#proto/domain/report.ts';
import { readCursor, toPage, writeCursor, type Page } from '../store/cursor.ts';
import type { TenantTx } from '../store/tenant-tx.ts';
import { ledgerCounts, type LedgerCounts, type PageQuery } from './stacks.ts';

/** One scan in the history of its stack. */
export interface ReportSummary {
  readonly id: string;
  readonly stack: string;
  readonly agent: string;
  readonly against: string;
  /** RFC 3339; never later than `receivedAt`. */
  readonly scannedAt: string;
  readonly receivedAt: string;
  readonly ledger: LedgerCounts;
  /** Without noise. */
  readonly findings: number;
  readonly noise: number;
  readonly opened: number;
  readonly changed: number;
  readonly resolved: number;
  readonly reopened: number;
  readonly error: StackError | null;
}

/** A report as its agent sent it, and where it came from. */
export interface ReportDetail extends Omit<StackReport, 'id'> {
  readonly id: string;
  readonly stack: string;
  readonly agent: string;
  readonly receivedAt: string;
}

/**
 * The scans of a stack, newest first.
 * @throws Fault `not-found`.
 */
export async function listReports(tx: TenantTx, stack: string, { limit, cursor }: PageQuery): Promise<Page<ReportSummary>> {
  const ordinal = await ordinalOf(tx, stack);
  const list = `reports ${stack}`;
  const [at, before] = cursor === undefined ? ['infinity', '0'] : readCursor(list, cursor);
  const { rows } = await tx.query<ReportRow>(
    `select * from report where stack = $1 and (observed_at, ordinal) < ($2::timestamptz, $3::bigint)
     order by observed_at desc, ordinal desc limit $4`,
    [ordinal, at, before, limit + 1],
  );
  return toPage(rows, limit, toSummary, (row) => writeCursor(list, [row.observed_at.toISOString(), String(row.ordinal)]));
}

/**
 * The newest report of a stack, whole.
 * @throws Fault `not-found`.
 */
export async function latestReport(tx: TenantTx, stack: string): Promise<ReportDetail> {
  const { rows } = await tx.query<ReportRow>(
    'select report.* from stack join report on report.ordinal = stack.last_report where stack.id = $1', [stack]);
  const [row] = rows;
  if (row === undefined) throw new Fault('not-found', { stack });
  const findings = await tx.query<Finding>(
    `select fingerprint, address, type, change, cause, severity, severity_rule as "severityRule", noise, properties,
       moved_from as "movedFrom"
     from finding where stack = $1 and last_report = $2 order by position`,
    [row.stack, row.ordinal],
  );
  return { ...row.head, id: row.id, stack: row.head.id, agent: row.agent, receivedAt: row.received_at.toISOString(), findings: findings.rows };
}

interface ReportRow {
  readonly ordinal: number;
  readonly id: string;
  readonly agent: string;
  readonly stack: number;
  readonly observed_at: Date;
  readonly received_at: Date;
  readonly head: ReportHead;
  readonly findings: number;
  readonly noise: number;
  readonly opened: number;
  readonly changed: number;
  readonly resolved: number;
  readonly reopened: number;
}

async function ordinalOf(tx: TenantTx, stack: string): Promise<number> {
  const { rows } = await tx.query<{ ordinal: number }>('select ordinal from stack where id = $1', [stack]);
  const [row] = rows;
  if (row === undefined) throw new Fault('not-found', { stack });
  return row.ordinal;
}

function toSummary(row: ReportRow): ReportSummary {
  const { id, agent, head, findings, noise, opened, changed, resolved, reopened } = row;
  return {
    id,
    stack: head.id,
    agent,
    against: head.against,
    scannedAt: row.observed_at.toISOString(),
    receivedAt: row.received_at.toISOString(),
    ledger: ledgerCounts(head.ledger),
    findings, noise, opened, changed, resolved, reopened,
    error: head.error,
  };
}
