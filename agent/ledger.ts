import { type Ledger, maxGapsTold } from '#proto/domain/report.ts';
import type { Gap } from '#proto/domain/resource.ts';

/** The completeness ledger: how many resources were compared, and what was not; an address is counted once. */
export function ledgerOf(checked: number, gaps: Iterable<Gap>): Ledger {
  const told: Gap[] = [];
  const seen = new Set<string>();
  const counts = { unsupported: 0, unreadable: 0, throttled: 0, stale: 0 };
  for (const gap of gaps) {
    if (seen.has(gap.address)) continue;
    seen.add(gap.address);
    counts[gap.state] += 1;
    if (told.length < maxGapsTold) told.push(gap);
  }
  return { checked, ...counts, gaps: told };
}
