import { atLeast, type Severity } from '#proto/domain/finding.ts';
import type { StackReport } from '#proto/domain/report.ts';

/**
 * The exit code of a scan, as `terraform plan -detailed-exitcode` has it: 2 where something drifted that matters enough,
 * else 1 where something could not be told, else 0. With `none` no finding counts.
 */
export function verdict(reports: readonly Pick<StackReport, 'findings' | 'ledger' | 'error'>[], failOn: Severity | 'none'): 0 | 1 | 2 {
  const counts = ({ noise, severity }: { noise: boolean; severity: Severity }): boolean => !noise && failOn !== 'none' && atLeast(severity, failOn);
  if (reports.some(({ findings }) => findings.some(counts))) return 2;
  const isUntold = reports.some(({ error, ledger }) => error !== null || ledger.unreadable > 0 || ledger.throttled > 0);
  const isUnchecked = reports.every(({ ledger }) => ledger.checked === 0);
  return isUntold || isUnchecked ? 1 : 0;
}
