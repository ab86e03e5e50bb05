import { type Finding, type Severity, severities } from '#proto/domain/finding.ts';
import type { StackReport } from '#proto/domain/report.ts';

/** One scan in numbers. */
export interface Summary {
  readonly stacks: number;
  /** Stacks that could not be read at all, or not to their end. */
  readonly unreadable: number;
  readonly checked: number;
  /** Resources that the ledgers list as not, or not surely, checked. */
  readonly unchecked: number;
  /** Findings that count. */
  readonly findings: number;
  readonly severity: Readonly<Record<Severity, number>>;
  /** Findings of which nothing counts. */
  readonly noise: number;
  /** Differences that mean nothing, wherever they stand. */
  readonly noiseDifferences: number;
  /** Secrets that were replaced. */
  readonly removed: number;
}

export function summarise(reports: readonly StackReport[]): Summary {
  const findings = reports.flatMap((report) => report.findings);
  const real = findings.filter(({ noise }) => !noise);
  const sum = (of: (report: StackReport) => number): number => reports.reduce((total, report) => total + of(report), 0);
  const count = (severity: Severity): number => real.filter((finding) => finding.severity === severity).length;
  return {
    stacks: reports.length,
    unreadable: reports.filter(({ error }) => error !== null).length,
    checked: sum(({ ledger }) => ledger.checked),
    unchecked: sum(({ ledger }) => ledger.unsupported + ledger.unreadable + ledger.throttled + ledger.stale),
    findings: real.length,
    severity: { low: count('low'), medium: count('medium'), high: count('high'), critical: count('critical') },
    noise: findings.length - real.length,
    noiseDifferences: findings.reduce((total, finding) => total + noiseOf(finding), 0),
    removed: sum(({ removed }) => removed.length),
  };
}

/** Findings that count, the most severe first, then by address. */
export function bySeverity(findings: readonly Finding[]): readonly Finding[] {
  const rank = ({ severity }: Finding): number => severities.indexOf(severity);
  return findings.filter(({ noise }) => !noise).sort((a, b) => rank(b) - rank(a) || (a.address < b.address ? -1 : 1));
}

/** Stacks in the order in which a person should look at them: by their worst finding, then what could not be read. */
export function worstFirst<Report extends StackReport>(reports: readonly Report[]): readonly Report[] {
  const rank = ({ findings, error }: StackReport): number => {
    const [worst] = bySeverity(findings);
    return worst === undefined ? Number(error !== null) : 2 + severities.indexOf(worst.severity);
  };
  return reports.toSorted((a, b) => rank(b) - rank(a));
}

function noiseOf({ noise, properties }: Finding): number {
  const count = properties.filter((property) => property.noise !== null).length;
  return noise ? Math.max(1, count) : count;
}
