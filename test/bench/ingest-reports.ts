import type { Finding } from '#proto/domain/finding.ts';
import type { StackReport } from '#proto/domain/report.ts';
import { finding, report } from '#test/fakes/reports.ts';

export const findingsPerReport = 500;

/** The report number `scan` on a stack; with `drift` every finding differs from that of the scan before. */
export function benchReport(stack: string, scan: number, drift: 'same' | 'changed'): StackReport {
  const scannedAt = new Date(Date.UTC(2026, 0, 1) + scan * 60_000).toISOString();
  return report(stack, Array.from({ length: findingsPerReport }, (_, number) => benchFinding(number, drift === 'same' ? 0 : scan)), scannedAt);
}

/** About 700 bytes of JSON, as findings on cloud resources have: two properties, one of them an object. */
export function benchFinding(number: number, scan: number): Finding {
  const rule = { from_port: 443, to_port: 443, protocol: 'tcp', cidr_blocks: [`10.${number % 256}.0.0/16`], description: 'from the office' };
  return {
    ...finding(number),
    type: 'aws_security_group',
    severity: 'high',
    severityRule: 'network: an ingress rule differs',
    properties: [
      { path: 'ingress[0]', change: 'update', before: rule, after: { ...rule, cidr_blocks: ['0.0.0.0/0'] }, noise: null, attribution: null },
      { path: 'tags.owner', change: 'update', before: 'team-network', after: `somebody-${scan}`, noise: null, attribution: null },
    ],
  };
}
