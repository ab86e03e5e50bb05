import type { Finding, PropertyDifference } from '#proto/domain/finding.ts';
import type { Ledger, StackReport } from '#proto/domain/report.ts';
import type { Scrubbed } from '#proto/domain/scrubbed.ts';
import { scrubbed } from './facts.ts';

/** A property that changed from false to true, but for what is said of it. */
export function property(given: Partial<PropertyDifference> = {}): PropertyDifference {
  return { path: 'public', change: 'update', before: false, after: true, noise: null, attribution: null, ...given };
}

/** A bucket that was made public outside the code, but for what is said of it. */
export function finding(given: Partial<Finding> = {}): Finding {
  return {
    fingerprint: '0123456789abcdef0123456789abcdef',
    address: 'aws_s3_bucket.assets',
    type: 'aws_s3_bucket',
    change: 'modified',
    cause: 'live_changed',
    severity: 'high',
    severityRule: 'bucket-public: anybody can read it',
    properties: [property()],
    noise: false,
    movedFrom: null,
    ...given,
  };
}

export function ledger(given: Partial<Ledger> = {}): Ledger {
  return { checked: 3, unsupported: 0, unreadable: 0, throttled: 0, stale: 0, gaps: [], ...given };
}

/** A stack of three resources in sync, but for what is said of it. */
export function stackReport(given: Partial<StackReport> = {}): Scrubbed<StackReport> {
  return scrubbed({
    id: 'network',
    kind: 'terraform',
    source: '/infra/network',
    against: 'code',
    scannedAt: '2026-11-02T09:15:00.000Z',
    lineage: null,
    serial: null,
    ledger: ledger(),
    error: null,
    removed: [],
    findings: [],
    ...given,
  });
}
