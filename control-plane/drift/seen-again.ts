import type { TenantTx } from '../store/tenant-tx.ts';
import { maxBatchFindings, type Told } from './told.ts';

/** What a report repeats of what is open in its stack. */
export interface SeenAgain {
  readonly fingerprints: ReadonlySet<string>;
  /** How many findings of the stack were open. */
  readonly open: number;
}

/**
 * Marks the open findings that a report repeats word for word as seen by it. Nothing else changes in them, so their words
 * are neither sent nor compared. Not for late reports, which are not what a row shows.
 */
export async function markSeenAgain(tx: TenantTx, { stack, report, observedAt }: { readonly stack: number; readonly report: number; readonly observedAt: Date }, told: readonly Told[]): Promise<SeenAgain> {
  const fingerprints = new Set<string>();
  let open = 0;
  for (let from = 0; from < told.length; from += maxBatchFindings) {
    const batch = told.slice(from, from + maxBatchFindings);
    const { rows } = await tx.query<{ fingerprints: readonly string[]; open: number }>(statement, [
      stack, report, observedAt,
      batch.map(({ finding }) => finding.fingerprint).join(' '), batch.map(({ content }) => content).join(' '), batch.map(({ position }) => position).join(' '),
    ]);
    for (const fingerprint of rows[0]?.fingerprints ?? []) fingerprints.add(fingerprint);
    open = rows[0]?.open ?? open;
  }
  return { fingerprints, open };
}

const statement = `
  with told as materialized (
    select fingerprint, decode(content, 'hex') as content, position::int
    from unnest(string_to_array($4, ' '), string_to_array($5, ' '), string_to_array($6, ' ')) as sent (fingerprint, content, position)
  ), again as (
    update finding set last_seen_at = $3::timestamptz, last_report = $2::bigint, position = told.position
    from told
    where finding.stack = $1::bigint and finding.fingerprint = told.fingerprint and finding.content = told.content
      and finding.resolved_at is null and finding.last_seen_at <= $3
    returning finding.fingerprint
  )
  select (select coalesce(array_agg(fingerprint), '{}') from again) as fingerprints,
    (select count(*)::int from finding where stack = $1 and resolved_at is null) as open`;
