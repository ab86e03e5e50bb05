import { expect, test } from 'vitest';
import { createSecondGate, droppedField } from '#control-plane/ingest/second-gate.ts';
import type { Finding } from '#proto/domain/finding.ts';
import type { StackReport } from '#proto/domain/report.ts';

const gate = createSecondGate();
const token = `ghp_${'aB3dE5fG7h'.repeat(3)}aB3dE5`;

test('a finding in which a secret stands keeps its row without that field, and the rule is told', () => {
  const { report, leaks } = gate(reportOf(finding('plain', { user_data: `curl -H "Authorization: Bearer ${token}"`, size: 3 })));

  expect(JSON.stringify(report)).not.toContain(token);
  expect(report.findings[0]?.properties[0]?.after).toEqual({ user_data: droppedField, size: 3 });
  expect(report.findings[0]?.properties[0]?.before).toBe('plain');
  expect(leaks).toEqual([expect.objectContaining({ fingerprint: '0'.repeat(32), path: 'config.user_data' })]);
  expect(JSON.stringify(leaks)).not.toContain(token);
});

test('there is no text of a report in which a secret would be kept', () => {
  const whole: StackReport = {
    ...reportOf({ ...finding({ a: ['b'] }, 'c'), movedFrom: 'd' }),
    lineage: 'e',
    error: { code: 'f', message: 'g', next: 'h' },
    removed: [{ rule: 'i', path: 'j' }],
    ledger: { checked: 1, unsupported: 0, unreadable: 0, throttled: 0, stale: 0, gaps: [{ address: 'k', state: 'stale', reason: 'l' }] },
  };
  whole.findings[0]?.properties.splice(0, 1, { path: 'm', change: 'update', before: { a: ['b'] }, after: 'c', noise: 'n', attribution: { who: 'o', when: 'p', how: 'q' } });
  const fixed = new Set(['kind', 'change', 'cause', 'severity', 'state', 'fingerprint']); // the codec lets through no other words there
  const places = textPlaces(whole).filter((place) => !fixed.has(String(place.at(-1))));

  for (const place of places) {
    const { report, leaks } = gate(withTextAt(whole, place, `curl -u me:${token}`));

    const told = { place, keeps: JSON.stringify(report).includes(token), tells: JSON.stringify(leaks).includes(token), leaks: leaks.length };
    expect(told).toEqual({ place, keeps: false, tells: false, leaks: 1 });
  }
  expect(places.length).toBeGreaterThan(20);
});

test('the same secret is dropped wherever it stands, though each text is looked at once', () => {
  const [one, other] = [finding(`curl -u me:${token}`, 'plain'), { ...finding('plain', { a: [`curl -u me:${token}`] }), fingerprint: '1'.repeat(32) }];

  const { report, leaks } = gate(reportOf(one, finding('plain', 'plain'), other));

  expect(JSON.stringify(report)).not.toContain(token);
  expect(leaks.map(({ fingerprint }) => fingerprint)).toEqual(['0'.repeat(32), '1'.repeat(32)]);
});

test('a secret is found behind more text than is looked at in one go', () => {
  const plain = Array.from({ length: 12_000 }, (_, n) => `a plain text of some length, the one of number ${n}`);

  expect(gate(reportOf(finding(plain, 'plain'))).leaks).toEqual([]);
  expect(gate(reportOf(finding([...plain, `curl -u me:${token}`, ...plain], 'plain'))).leaks).toHaveLength(1);
});

test('two stacks with a secret in their names stay two', () => {
  const ids = ['a', 'b'].map((end) => gate({ ...reportOf(), id: `postgres://app:Tr4iler-Mist@db/${end}` }).report.id);

  expect(new Set(ids).size).toBe(2);
  expect(ids.join(' ')).not.toContain('Tr4iler');
});

test('what an agent has scrubbed passes untouched', () => {
  const scrubbed = reportOf(finding('password=«secret:password:0123456789abcdef»', 'postgres://app:«secret:password:0123456789abcdef»@db/x'));

  expect(gate(scrubbed)).toEqual({ report: scrubbed, leaks: [] });
});

test('ids, ARNs, digests and certificates are no secrets', () => {
  const plain = reportOf(finding('arn:aws:secretsmanager:eu-west-1:123456789012:secret:prod/db-AbCdEf', [
    'sg-0123456789abcdef0', '1f4d2c1e-7a35-4b6f-9a11-0c1de3a5b7c9', `sha256:${'ab12'.repeat(16)}`, '2024-05-01T10:00:00Z', 'ami-0abcdef1234567890',
  ]));

  expect(gate(plain).leaks).toEqual([]);
});

function finding(before: Finding['properties'][number]['before'], after: Finding['properties'][number]['after']): Finding {
  return {
    fingerprint: '0'.repeat(32), address: 'aws_instance.web', type: 'aws_instance', change: 'modified', cause: 'live_changed', severity: 'high',
    severityRule: 'any', noise: false, movedFrom: null,
    properties: [{ path: 'config', change: 'update', before, after, noise: null, attribution: null }],
  };
}

function reportOf(...findings: Finding[]): StackReport {
  return {
    id: 's', kind: 'terraform', source: 'a.tfstate', against: 'code', scannedAt: '2026-01-01T00:00:00Z', lineage: null, serial: null, error: null, removed: [],
    ledger: { checked: 1, unsupported: 0, unreadable: 0, throttled: 0, stale: 0, gaps: [] }, findings,
  };
}

type Place = readonly (string | number)[];

function textPlaces(value: unknown, place: Place = []): readonly Place[] {
  if (typeof value === 'string') return [place];
  if (typeof value !== 'object' || value === null) return [];
  const entries = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
  return entries.flatMap(([step, inner]) => textPlaces(inner, [...place, step]));
}

function withTextAt(report: StackReport, place: Place, text: string): StackReport {
  const copy = structuredClone(report);
  const last = place.at(-1) ?? '';
  const holder = place.slice(0, -1).reduce<unknown>((inner, step) => Reflect.get(Object(inner), step), copy);
  Reflect.set(Object(holder), last, text);
  return copy;
}
