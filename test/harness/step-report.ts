import type { StackReport } from '#proto/domain/report.ts';
import { finding, report } from '#test/fakes/reports.ts';

const findings = 500;
const findingBytes = 1_500;

/** Begin, four chunks of 256 KiB, end. */
export const partsPerReport = 6;

/**
 * The report number `step` of one stack: 500 findings, of which in every report another one has moved away from its
 * value. Recorded once each and in order, n of them leave exactly 2 (n - 1) changes behind.
 */
export function stepReport(step: number): StackReport {
  const scannedAt = new Date(Date.UTC(2026, 0, 1) + step * 1_000).toISOString();
  const all = Array.from({ length: findings }, (_, number) => finding(number, findingBytes));
  return report('prod', all.map((one, number) => (number === step % findings ? { ...one, severity: 'critical' } : one)), scannedAt);
}
