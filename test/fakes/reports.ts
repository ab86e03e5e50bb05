import type { Finding } from '#proto/domain/finding.ts';
import type { StackReport } from '#proto/domain/report.ts';

/** A finding whose content follows from its number. */
export function finding(number: number, bytes = 40): Finding {
  return {
    fingerprint: number.toString(16).padStart(32, '0'),
    address: `aws_instance.host[${number}]`,
    type: 'aws_instance',
    change: 'modified',
    cause: 'live_changed',
    severity: 'medium',
    severityRule: 'default',
    properties: [{ path: 'tags.owner', change: 'update', before: 'a'.repeat(bytes), after: `b${number}`, noise: null, attribution: null }],
    noise: false,
    movedFrom: null,
  };
}

/** A report of the stack with so many findings. */
export function report(stack: string, findings: readonly Finding[], scannedAt = '2026-01-02T03:04:05.000Z'): StackReport {
  return {
    id: stack,
    kind: 'terraform',
    source: `${stack}.tfstate`,
    against: 'code',
    scannedAt,
    lineage: null,
    serial: null,
    ledger: { checked: findings.length, unsupported: 0, unreadable: 0, throttled: 0, stale: 0, gaps: [] },
    error: null,
    removed: [],
    findings,
  };
}
