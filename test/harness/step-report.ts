import type { StackReport } from '#proto/domain/report.ts';
import { splitReport } from '#proto/domain/report-parts.ts';
import { scrubbed, uuidOf } from '#test/fakes/facts.ts';
import { finding, report } from '#test/fakes/reports.ts';

const findings = 500;
/** So that a report is larger than what the server holds in memory, and its parts are kept in the database. */
const findingBytes = 3_000;

/**
 * The report number `step` of one stack: 500 findings, of which in every report another one has moved away from its
 * value. Recorded once each and in order, n of them leave exactly 2 (n - 1) changes behind.
 */
export function stepReport(step: number): StackReport {
  const scannedAt = new Date(Date.UTC(2026, 0, 1) + step * 1_000).toISOString();
  const all = Array.from({ length: findings }, (_, number) => finding(number, findingBytes));
  return report('prod', all.map((one, number) => (number === step % findings ? { ...one, severity: 'critical' } : one)), scannedAt);
}

/** Begin, chunks, end; every step has as many. */
export const partsPerReport = splitReport(scrubbed(stepReport(1)), uuidOf(1)).length;
