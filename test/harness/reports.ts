import { createHash } from 'node:crypto';
import type { Finding } from '#proto/domain/finding.ts';
import type { StackReport } from '#proto/domain/report.ts';

/** A finding as an agent would report it; its fingerprint follows from stack and address. */
export function makeFinding(address: string, changes: Partial<Finding> = {}): Finding {
  return {
    fingerprint: createHash('sha256').update(address).digest('hex').slice(0, 32),
    address,
    type: 'aws_instance',
    change: 'modified',
    cause: 'live_changed',
    severity: 'medium',
    severityRule: 'default: a property differs',
    properties: [{ path: 'tags.owner', change: 'update', before: 'a', after: 'b', noise: null, attribution: null }],
    noise: false,
    movedFrom: null,
    ...changes,
  };
}

/** A report that checked everything it has findings on. */
export function makeReport(findings: readonly Finding[], changes: Partial<StackReport> = {}): StackReport {
  return {
    id: 'network',
    kind: 'terraform',
    source: 'network/terraform.tfstate',
    against: 'live',
    scannedAt: '2026-01-01T00:00:00.000Z',
    lineage: null,
    serial: 1,
    ledger: { checked: 10, unsupported: 0, unreadable: 0, throttled: 0, stale: 0, gaps: [] },
    error: null,
    removed: [],
    findings,
    ...changes,
  };
}

/** The n-th day of 2026. */
export function day(n: number): string {
  return new Date(Date.UTC(2026, 0, n)).toISOString();
}
