import type { TenantTx } from '../store/tenant-tx.ts';
import { markSeenAgain } from './seen-again.ts';
import { batchesOf, columnsOf, sentFindings, type Told } from './told.ts';

/** The findings of one report on a stack that the transaction holds. */
export interface Application {
  readonly stack: number;
  readonly report: number;
  readonly observedAt: Date;
  /** True where nothing was known of the stack before. */
  readonly first: boolean;
  /** True where a report on a later scan has been recorded before. */
  readonly late: boolean;
  /** True where the absence of a finding means something. */
  readonly conclusive: boolean;
  readonly told: readonly Told[];
}

export interface Effect {
  readonly opened: number;
  readonly changed: number;
  readonly resolved: number;
  readonly reopened: number;
}

/**
 * Opens, changes, reopens and resolves findings, and writes what became of them, a thousand in one statement: round
 * trips and statements, more than rows, are what costs. What only repeats the report before is marked as seen again.
 * Nobody else writes findings of the stack meanwhile, since its row is held.
 *
 * A row holds the words of the newest report that has the finding. It is resolved at the first conclusive report after
 * that one; a late report therefore looks for later reports, of which there are none for one that comes in order.
 */
export async function applyFindings(tx: TenantTx, { stack, report, observedAt, first, late, conclusive, told }: Application): Promise<Effect> {
  if (first) return await openAll();
  const fingerprints = told.map(({ finding }) => finding.fingerprint);
  if (late) await tx.query(openEarlier, [stack, fingerprints, report, observedAt]);
  const again = late || told.length === 0 ? null : await markSeenAgain(tx, { stack, report, observedAt }, told);
  const incoming = again === null ? told : told.filter(({ finding }) => !again.fingerprints.has(finding.fingerprint));

  let [opened, changed, reopened, resolved] = [0, 0, 0, 0];
  let stillOpen = again?.fingerprints.size ?? 0;
  for (const batch of batchesOf(incoming)) {
    const { rows: [written] } = await tx.query<Written>(late ? writeLate : writeInOrder, [stack, report, observedAt, ...columnsOf(batch)]);
    opened += written?.opened ?? 0;
    changed += written?.changed ?? 0;
    reopened += written?.reopened ?? 0;
    resolved += written?.resolved ?? 0;
    stillOpen += written?.still_open ?? 0;
  }
  if (conclusive && stillOpen !== again?.open) {
    const { rows: [left] } = await tx.query<Pick<Written, 'resolved'>>(leave, [stack, report, observedAt, fingerprints]);
    resolved += left?.resolved ?? 0;
  }
  return { opened, changed, resolved, reopened };

  /** There is nothing to compare with. */
  async function openAll(): Promise<Effect> {
    for (const batch of batchesOf(told)) await tx.query(open, [stack, report, observedAt, ...columnsOf(batch)]);
    return { opened: told.length, changed: 0, resolved: 0, reopened: 0 };
  }
}

interface Written extends Effect {
  /** How many were open before and are so now. */
  readonly still_open: number;
}

/** A late report may have seen findings before the one that is known to have opened them. */
const openEarlier = 'update finding set first_seen_at = $4, first_report = $3 where stack = $1 and fingerprint = any($2::text[]) and first_seen_at > $4';

const columns = `
  stack, fingerprint, address, type, change, cause, severity, severity_rule, noise, properties,
  moved_from, position, content, first_seen_at, first_report, last_seen_at, resolved_at, last_report`;

const open = `
  insert into finding (${columns})
  select $1::bigint, fingerprint, address, type, change, cause, severity, severity_rule, noise::boolean, properties::jsonb,
    moved_from, position::int, decode(content, 'hex'), $3::timestamptz, $2::bigint, $3::timestamptz, null, $2::bigint
  from ${sentFindings}`;

const writeInOrder = writing('null::timestamptz');

/** Whatever it tells of was resolved at the next conclusive report that could have seen it, if there is one. */
const writeLate = writing(`(
  select min(later.observed_at) from report later
  where later.stack = $1::bigint and later.observed_at > $3::timestamptz and later.conclusive
    and not gap_covers(later.head -> 'ledger' -> 'gaps', sent.address))`);

/**
 * All parts see the rows as they were before: `compared` has what each finding was (`was_…`) beside what it is told to be
 * now, and what that makes of it. A row that shows a later report is left alone. Joins name the stack, though an ordinal
 * would do: a planner that has no statistics yet may read what it joins with whole, and then it is the stack and not the tenant.
 */
function writing(resolvedAt: string): string {
  return `
    with sent as materialized (
      select fingerprint, decode(content, 'hex') as content, position::int, change, cause, severity, noise::boolean, properties::jsonb,
        address, type, severity_rule, moved_from, ${resolvedAt} as resolved_at
      from ${sentFindings}
    ), compared as materialized (
      select sent.*, finding.ordinal, finding.change as was_change, finding.cause as was_cause, finding.severity as was_severity,
        finding.properties as was_properties, finding.ordinal is not null and finding.resolved_at is null as was_open,
        case
          when finding.ordinal is null then 'opened'
          when finding.last_seen_at > $3::timestamptz then 'later'
          when finding.resolved_at <= $3::timestamptz then 'reopened'
          when (sent.severity, sent.change, sent.cause, sent.noise, sent.properties)
            is distinct from (finding.severity, finding.change, finding.cause, finding.noise, finding.properties) then 'changed'
          else 'same'
        end as kind
      from sent left join finding on finding.stack = $1::bigint and finding.fingerprint = sent.fingerprint
    ), rewritten as (
      update finding set
        address = compared.address, type = compared.type, change = compared.change, cause = compared.cause,
        severity = compared.severity, severity_rule = compared.severity_rule, noise = compared.noise,
        properties = compared.properties, moved_from = compared.moved_from, position = compared.position, content = compared.content,
        last_seen_at = $3::timestamptz, resolved_at = compared.resolved_at, last_report = $2::bigint
      from compared where finding.stack = $1 and finding.fingerprint = compared.fingerprint and compared.kind not in ('opened', 'later')
    ), opened as (
      insert into finding (${columns})
      select $1::bigint, fingerprint, address, type, change, cause, severity, severity_rule, noise, properties,
        moved_from, position, content, $3::timestamptz, $2::bigint, $3::timestamptz, resolved_at, $2::bigint
      from compared where kind = 'opened'
      returning ordinal, resolved_at
    ), told as (
      insert into finding_event (finding, report, kind, at, severity, change, cause, properties)
      select ordinal, $2::bigint, kind, $3::timestamptz, was_severity, was_change, was_cause, was_properties
      from compared where kind in ('reopened', 'changed')
      union all
      select ordinal, $2::bigint, 'resolved', resolved_at, null, null, null, null
      from compared where kind = 'reopened' and resolved_at is not null
      union all
      select ordinal, $2::bigint, 'resolved', resolved_at, null, null, null, null from opened where resolved_at is not null
    )
    select count(*) filter (where kind = 'opened')::int as opened, count(*) filter (where kind = 'changed')::int as changed,
      count(*) filter (where kind = 'reopened')::int as reopened, count(*) filter (where was_open)::int as still_open,
      count(*) filter (where kind in ('opened', 'reopened') and resolved_at is not null)::int as resolved
    from compared`;
}

/**
 * Those that the report could have seen and did not. `gone_earlier` is for late reports: a finding that is known to be
 * resolved turns out to have been so before.
 */
const leave = `
  with leaving as materialized (
    select ordinal, resolved_at from finding
    where stack = $1::bigint and last_seen_at <= $3::timestamptz and (resolved_at is null or resolved_at > $3)
      and fingerprint not in (select unnest($4::text[]))
      and not gap_covers((select head -> 'ledger' -> 'gaps' from report where ordinal = $2::bigint), address)
  ), gone as (
    update finding set resolved_at = $3 where ordinal = any(array(select ordinal from leaving))
  ), gone_earlier as (
    update finding_event as event set at = $3, report = $2 from leaving
    where event.finding = leaving.ordinal and event.kind = 'resolved' and event.at = leaving.resolved_at
  ), told as (
    insert into finding_event (finding, report, kind, at)
    select ordinal, $2, 'resolved', $3 from leaving where resolved_at is null
  )
  select count(*) filter (where resolved_at is null)::int as resolved from leaving`;
