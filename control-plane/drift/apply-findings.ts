import type { Finding } from '#proto/domain/finding.ts';
import type { TenantTx } from '../store/tenant-tx.ts';
import { markSeenAgain, tell, type Told } from './seen-again.ts';

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
  readonly findings: readonly Finding[];
}

export interface Effect {
  readonly opened: number;
  readonly changed: number;
  readonly resolved: number;
  readonly reopened: number;
}

/** One statement takes no more: the embedded database runs in this thread, and nobody else is served meanwhile. */
const maxBatchFindings = 1_000;
const maxBatchChars = 4 * 1024 * 1024;

/**
 * Opens, changes, reopens and resolves findings, and writes what became of them, a thousand in one statement: round
 * trips and statements, more than rows, are what costs. What only repeats the report before is marked as seen again.
 *
 * A row holds the words of the newest report that has the finding. It is resolved at the first conclusive report after
 * that one; a late report therefore looks for later reports, of which there are none for one that comes in order.
 */
export async function applyFindings(tx: TenantTx, { stack, report, observedAt, first, late, conclusive, findings }: Application): Promise<Effect> {
  const told = findings.map(tell);
  if (first) return await openAll(tx, { stack, report, observedAt }, told);
  const fingerprints = findings.map(({ fingerprint }) => fingerprint);
  if (late) await openEarlier(tx, { stack, report, observedAt, fingerprints });
  const again = late || told.length === 0 ? null : await markSeenAgain(tx, { stack, report, observedAt }, told);
  let effect: Effect = { opened: 0, changed: 0, resolved: 0, reopened: 0 };
  if (again?.fingerprints.size === told.length && (!conclusive || again.open === told.length)) return effect;

  const incoming = batches(again === null ? told : told.filter(({ fingerprint }) => !again.fingerprints.has(fingerprint)));
  for (const [index, batch] of incoming.entries()) {
    const resolves = conclusive && index === incoming.length - 1;
    const { rows } = await tx.query<Effect>(statement, [stack, report, observedAt, batch, late, resolves, resolves ? fingerprints : []]);
    effect = rows[0] ?? effect;
  }
  return effect;
}

/** Nothing is known of the stack, so there is nothing to compare with; nobody else writes it, since its row is held. */
async function openAll(tx: TenantTx, { stack, report, observedAt }: Pick<Application, 'stack' | 'report' | 'observedAt'>, told: readonly Told[]): Promise<Effect> {
  for (const batch of told.length === 0 ? [] : batches(told)) await tx.query(opening, [stack, report, observedAt, batch]);
  if (told.length > 0) await tx.query('update report set opened = $2 where ordinal = $1', [report, told.length]);
  return { opened: told.length, changed: 0, resolved: 0, reopened: 0 };
}

/** At least one, so that a report without findings resolves what was open. */
function batches(told: readonly Told[]): readonly string[] {
  const full: string[] = [];
  let batch: string[] = [];
  let chars = 0;
  for (const { text: finding, position, content } of told) {
    const text = `${finding.slice(0, -1)},"position":${position},"content":"${content}"}`;
    if (batch.length === maxBatchFindings || (batch.length > 0 && chars + text.length > maxBatchChars)) {
      full.push(`[${batch.join(',')}]`);
      batch = [];
      chars = 0;
    }
    batch.push(text);
    chars += text.length;
  }
  return [...full, `[${batch.join(',')}]`];
}

/** A late report may have seen findings before the one that is known to have opened them. */
async function openEarlier(
  tx: TenantTx,
  { stack, report, observedAt, fingerprints }: Pick<Application, 'stack' | 'report' | 'observedAt'> & { readonly fingerprints: readonly string[] },
): Promise<void> {
  await tx.query(
    'update finding set first_seen_at = $4, first_report = $3 where stack = $1 and fingerprint = any($2::text[]) and first_seen_at > $4',
    [stack, fingerprints, report, observedAt],
  );
}

const columns = `
  stack, fingerprint, address, type, change, cause, severity, severity_rule, noise, properties,
  moved_from, position, content, first_seen_at, first_report, last_seen_at, resolved_at, last_report`;
const sent = `
  jsonb_to_recordset($4::jsonb) as sent (
    fingerprint text, address text, type text, change text, cause text, severity text, "severityRule" text,
    noise boolean, properties jsonb, "movedFrom" text, position int, content text)`;

const opening = `
  insert into finding (${columns})
  select $1::bigint, fingerprint, address, type, change, cause, severity, "severityRule", noise, properties,
    "movedFrom", position, decode(content, 'hex'), $3::timestamptz, $2::bigint, $3::timestamptz, null, $2::bigint
  from ${sent}`;

/**
 * All parts see the rows as they were before; `prior` is what each finding was. `gone_earlier` is for late reports: a
 * finding that is known to be resolved turns out to have been so before. In the last batch, `leaving` are those that
 * the report could have seen and did not.
 */
const statement = `
  with incoming as materialized (
    select *, case when $5::boolean then (
        select min(later.observed_at) from report later
        where later.stack = $1::bigint and later.observed_at > $3::timestamptz and later.conclusive
          and not gap_covers(later.head -> 'ledger' -> 'gaps', address)) end as resolved_at
    from ${sent}
  ), prior as materialized (
    select finding.ordinal, fingerprint, finding.change, finding.cause, finding.severity, finding.noise, finding.properties,
      finding.resolved_at
    from finding join incoming using (fingerprint) where finding.stack = $1
  ), leaving as materialized (
    select ordinal, resolved_at from finding
    where $6::boolean and stack = $1 and last_seen_at <= $3 and (resolved_at is null or resolved_at > $3)
      and fingerprint not in (select unnest($7::text[]))
      and not gap_covers((select head -> 'ledger' -> 'gaps' from report where ordinal = $2), address)
  ), seen as (
    insert into finding (${columns})
    select $1::bigint, fingerprint, address, type, change, cause, severity, "severityRule", noise, properties,
      "movedFrom", position, decode(content, 'hex'), $3::timestamptz, $2::bigint, $3::timestamptz, resolved_at, $2::bigint
    from incoming
    on conflict (tenant, stack, fingerprint) do update set
      address = excluded.address, type = excluded.type, change = excluded.change, cause = excluded.cause,
      severity = excluded.severity, severity_rule = excluded.severity_rule, noise = excluded.noise,
      properties = excluded.properties, moved_from = excluded.moved_from, position = excluded.position, content = excluded.content,
      last_seen_at = excluded.last_seen_at, resolved_at = excluded.resolved_at, last_report = excluded.last_report
      where finding.last_seen_at <= excluded.last_seen_at
    returning ordinal, fingerprint, change, cause, severity, noise, properties, resolved_at
  ), gone as (
    update finding set resolved_at = $3 from leaving where finding.ordinal = leaving.ordinal
  ), gone_earlier as (
    update finding_event as event set at = $3, report = $2 from leaving
    where event.finding = leaving.ordinal and event.kind = 'resolved' and event.at = leaving.resolved_at
  ), happened as (
    select seen.ordinal, seen.resolved_at, case
        when prior.ordinal is null then 'opened'
        when prior.resolved_at <= $3 then 'reopened'
        when (seen.severity, seen.change, seen.cause, seen.noise, seen.properties)
          is distinct from (prior.severity, prior.change, prior.cause, prior.noise, prior.properties) then 'changed'
      end as kind,
      case when prior.ordinal is not null then jsonb_build_object(
        'severity', prior.severity, 'change', prior.change, 'cause', prior.cause, 'properties', prior.properties) end as previous
    from seen left join prior using (fingerprint)
  ), told as (
    insert into finding_event (finding, report, kind, at, previous)
    select ordinal, $2::bigint, kind, $3::timestamptz, previous from happened where kind in ('reopened', 'changed')
    union all
    select ordinal, $2::bigint, 'resolved', resolved_at, null from happened where kind in ('opened', 'reopened') and resolved_at is not null
    union all
    select ordinal, $2::bigint, 'resolved', $3::timestamptz, null from leaving where resolved_at is null
    returning kind
  ), counts as (
    select count(*) filter (where kind = 'opened')::int as opened, count(*) filter (where kind = 'changed')::int as changed,
      count(*) filter (where kind = 'resolved')::int as resolved, count(*) filter (where kind = 'reopened')::int as reopened
    from (select kind from told union all select kind from happened where kind = 'opened') as all_kinds
  )
  update report set opened = report.opened + counts.opened, changed = report.changed + counts.changed,
    resolved = report.resolved + counts.resolved, reopened = report.reopened + counts.reopened
  from counts where ordinal = $2
  returning report.opened, report.changed, report.resolved, report.reopened`;
