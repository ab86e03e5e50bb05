import { Fault } from '#proto/domain/fault.ts';
import { atLeast, severities, type Finding, type Severity } from '#proto/domain/finding.ts';
import { readCursor, toPage, writeCursor, type Page } from '../store/cursor.ts';
import type { TenantTx } from '../store/tenant-tx.ts';
import { parseFindingId, writeFindingId } from './finding-id.ts';
import type { PageQuery } from './stacks.ts';

/** Which findings to list. */
export interface FindingQuery extends PageQuery {
  readonly state: 'open' | 'resolved' | 'all';
  /** What a rule explained away. */
  readonly noise: 'hide' | 'show' | 'only';
  /** The id of a stack. */
  readonly stack?: string | undefined;
  /** This severity and those above it. */
  readonly severity?: Severity | undefined;
  readonly change?: Finding['change'] | undefined;
  readonly type?: string | undefined;
  /** A part of the address. */
  readonly address?: string | undefined;
}

/** A finding in a list. */
export interface FindingSummary {
  readonly id: string;
  readonly fingerprint: string;
  readonly stack: string;
  readonly address: string;
  readonly type: string;
  readonly change: Finding['change'];
  readonly cause: Finding['cause'];
  readonly severity: Severity;
  readonly noise: boolean;
  /** RFC 3339, as all times here. */
  readonly firstSeen: string;
  readonly lastSeen: string;
  readonly resolvedAt: string | null;
}

/** Everything that is known of a finding. */
export interface FindingDetail extends FindingSummary {
  readonly severityRule: string;
  readonly movedFrom: string | null;
  readonly properties: Finding['properties'];
  /** The oldest first. */
  readonly events: readonly FindingEvent[];
}

/** What became of a finding, and when. */
export interface FindingEvent {
  readonly kind: 'opened' | 'changed' | 'resolved' | 'reopened';
  readonly at: string;
  /** The id of the report that told. */
  readonly report: string;
  /** What it was before, where a report changed or reopened it. */
  readonly previous: Pick<Finding, 'severity' | 'change' | 'cause' | 'properties'> | null;
}

/** Findings, the newest first: an order that no later report disturbs. */
export async function listFindings(tx: TenantTx, query: FindingQuery): Promise<Page<FindingSummary>> {
  const { limit, cursor, state, noise, stack, severity, change, type, address } = query;
  const filters = { state, noise, stack, severity, change, type, address };
  const list = `findings ${JSON.stringify(filters)}`;
  const [before] = cursor === undefined ? ['9223372036854775807'] : readCursor(list, cursor);
  const { rows } = await tx.query<SummaryRow>(
    `select ${summary}
     ${from}
     where finding.ordinal < $1::bigint
       and ($3::text is null or stack.id = $3)
       and ($4::text[] is null or finding.severity = any($4))
       and ($5::text is null or finding.change = $5)
       and ($6::text is null or finding.type = $6)
       and ($7::text is null or strpos(finding.address, $7) > 0)
       ${byState[state]} ${byNoise[noise]}
     order by finding.ordinal desc limit $2`,
    [
      before, limit + 1, stack ?? null,
      severity === undefined ? null : severities.filter((each) => atLeast(each, severity)),
      change ?? null, type ?? null, address ?? null,
    ],
  );
  return toPage(rows, limit, toSummary, (row) => writeCursor(list, [String(row.ordinal)]));
}

/** @throws Fault `not-found`. */
export async function getFinding(tx: TenantTx, id: string): Promise<FindingDetail> {
  const { rows } = await tx.query<DetailRow>(
    `select ${summary}, severity_rule, moved_from, properties ${from} where finding.ordinal = $1`, [parseFindingId(id)]);
  const [row] = rows;
  if (row === undefined) throw new Fault('not-found', { finding: id });
  const { severity_rule: severityRule, moved_from: movedFrom, properties } = row;
  return { ...toSummary(row), severityRule, movedFrom, properties, events: await eventsOf(tx, row.ordinal) };
}

const byState = { open: 'and resolved_at is null', resolved: 'and resolved_at is not null', all: '' };
const byNoise = { hide: 'and not finding.noise', only: 'and finding.noise', show: '' };

const summary = `finding.ordinal, fingerprint, stack.id as stack, address, type, change, cause, severity, noise,
  finding.first_seen_at, last_seen_at, resolved_at`;
const from = 'from finding join stack on stack.ordinal = finding.stack';

interface SummaryRow {
  readonly ordinal: number;
  readonly fingerprint: string;
  readonly stack: string;
  readonly address: string;
  readonly type: string;
  readonly change: Finding['change'];
  readonly cause: Finding['cause'];
  readonly severity: Severity;
  readonly noise: boolean;
  readonly first_seen_at: Date;
  readonly last_seen_at: Date;
  readonly resolved_at: Date | null;
}

interface DetailRow extends SummaryRow {
  readonly severity_rule: string;
  readonly moved_from: string | null;
  readonly properties: Finding['properties'];
}

async function eventsOf(tx: TenantTx, finding: number): Promise<readonly FindingEvent[]> {
  const { rows } = await tx.query<Omit<FindingEvent, 'at'> & { at: Date }>(
    `select event.kind, event.at, report.id as report, event.previous
     from (
       select 0 as ordinal, 'opened' as kind, first_seen_at as at, first_report as report, null::jsonb as previous
       from finding where ordinal = $1
       union all
       select ordinal, kind, at, report, case
           when severity is null then previous
           else jsonb_build_object('severity', severity, 'change', change, 'cause', cause, 'properties', properties) end
       from finding_event where finding = $1
     ) as event join report on report.ordinal = event.report
     order by event.at, event.ordinal`,
    [finding],
  );
  return rows.map((row) => ({ ...row, at: row.at.toISOString() }));
}

function toSummary(row: SummaryRow): FindingSummary {
  const { ordinal, fingerprint, stack, address, type, change, cause, severity, noise } = row;
  return {
    id: writeFindingId(ordinal),
    fingerprint, stack, address, type, change, cause, severity, noise,
    firstSeen: row.first_seen_at.toISOString(),
    lastSeen: row.last_seen_at.toISOString(),
    resolvedAt: row.resolved_at?.toISOString() ?? null,
  };
}
