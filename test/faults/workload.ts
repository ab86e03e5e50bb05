import { createHash } from 'node:crypto';
import type { StackReport } from '#proto/domain/report.ts';
import { finding, report } from '#test/fakes/reports.ts';

/** One report that an agent has made: everything in it follows from this. */
export interface Made {
  readonly agent: number;
  readonly step: number;
  readonly scannedAt: string;
}

const findings = 12;
/** Each eighth report is larger than what the server holds in memory, so that its parts are kept in the database. */
const [usualBytes, largeBytes, largeEvery] = [1_000, 100_000, 8];

export function stackOf(agent: number): string {
  return `stack-${agent}`;
}

/** Twelve findings, of which in every report another one has moved away from its value, and one is missing. */
export function reportOf({ agent, step, scannedAt }: Made): StackReport {
  const bytes = step % largeEvery === 0 ? largeBytes : usualBytes;
  const all = Array.from({ length: findings }, (_, number) => finding(number, bytes));
  const seen = all.filter((_, number) => number !== (step * 7) % findings);
  return report(stackOf(agent), seen.map((one) => (one.fingerprint === all[step % findings]?.fingerprint ? { ...one, severity: 'critical' } : one)), scannedAt);
}

/** The id of a report follows from it, so that one of which an agent does not know whether it was spooled may be spooled again. */
export function reportIdOf({ agent, step }: Made): string {
  const hex = createHash('sha256').update(`${agent}/${step}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
