import { Fault } from '#proto/domain/fault.ts';
import type { Severity } from '#proto/domain/finding.ts';
import type { Ledger, ReportHead, StackError, StackKind } from '#proto/domain/report.ts';
import { readCursor, toPage, writeCursor, type Page } from '../store/cursor.ts';
import type { TenantTx } from '../store/tenant-tx.ts';

/** Which part of a list to answer. */
export interface PageQuery {
  readonly limit: number;
  readonly cursor?: string | undefined;
}

/** What was looked at in a scan and what was not, as numbers. */
export type LedgerCounts = Omit<Ledger, 'gaps'>;

/** One stack as its newest report left it. */
export interface Stack {
  readonly id: string;
  readonly kind: StackKind;
  readonly source: string;
  readonly against: string;
  readonly agent: string;
  readonly lastReport: string;
  /** RFC 3339, as all times here. */
  readonly firstSeenAt: string;
  readonly lastScannedAt: string;
  /** Open findings that are not noise. */
  readonly open: Readonly<Record<Severity, number>>;
  readonly ledger: LedgerCounts;
  readonly error: StackError | null;
}

/** Stacks by name. */
export async function listStacks(tx: TenantTx, { limit, cursor }: PageQuery): Promise<Page<Stack>> {
  const [after] = cursor === undefined ? [''] : readCursor('stacks', cursor);
  const { rows } = await tx.query<StackRow>(`${select} where stack.id > $1 order by stack.id limit $2`, [after, limit + 1]);
  return toPage(rows, limit, toStack, ({ id }) => writeCursor('stacks', [id]));
}

/** @throws Fault `not-found`. */
export async function getStack(tx: TenantTx, id: string): Promise<Stack> {
  const { rows } = await tx.query<StackRow>(`${select} where stack.id = $1`, [id]);
  const [row] = rows;
  if (row === undefined) throw new Fault('not-found', { stack: id });
  return toStack(row);
}

/** The numbers behind a ledger, without the names. */
export function ledgerCounts({ checked, unsupported, unreadable, throttled, stale }: Ledger): LedgerCounts {
  return { checked, unsupported, unreadable, throttled, stale };
}

const select = `
  select stack.id, stack.kind, stack.source, stack.against, stack.agent, stack.first_seen_at, stack.observed_at,
    report.id as report, report.head, open.counts
  from stack
  join report on report.ordinal = stack.last_report
  cross join lateral (
    select coalesce(jsonb_object_agg(severity, count), '{}') as counts
    from (
      select severity, count(*) from finding
      where finding.stack = stack.ordinal and resolved_at is null and not noise group by severity) as by_severity
  ) as open`;

interface StackRow {
  readonly id: string;
  readonly kind: StackKind;
  readonly source: string;
  readonly against: string;
  readonly agent: string;
  readonly first_seen_at: Date;
  readonly observed_at: Date;
  readonly report: string;
  readonly head: ReportHead;
  readonly counts: Partial<Record<Severity, number>>;
}

function toStack(row: StackRow): Stack {
  const { id, kind, source, against, agent, report, head, counts } = row;
  return {
    id, kind, source, against, agent,
    lastReport: report,
    firstSeenAt: row.first_seen_at.toISOString(),
    lastScannedAt: row.observed_at.toISOString(),
    open: { low: 0, medium: 0, high: 0, critical: 0, ...counts },
    ledger: ledgerCounts(head.ledger),
    error: head.error,
  };
}
