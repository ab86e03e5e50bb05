import { expect, test } from 'vitest';
import { type Finding, renderFinding } from '#control-plane/cli/commands/finding.ts';
import { createPaint } from '#control-plane/cli/terminal/paint.ts';
import type { Terminal } from '#control-plane/cli/terminal/terminal.ts';

const terminal: Terminal = {
  out: () => {},
  err: () => {},
  width: 80,
  paint: createPaint({ colours: false }),
  now: () => Date.parse('2026-01-02T12:00:00Z'),
};

const finding: Finding = {
  id: '3f1e2d4c-0000-4000-8000-000000000000',
  stack: 'prod',
  address: 'aws_security_group.web',
  type: 'aws_security_group',
  change: 'modified',
  cause: 'live_changed',
  severity: 'high',
  severityRule: 'open-to-the-world',
  noise: false,
  movedFrom: null,
  firstSeen: '2026-01-02T10:00:00Z',
  lastSeen: '2026-01-02T11:59:00Z',
  resolvedAt: null,
  properties: [],
  events: [{ kind: 'opened', at: '2026-01-02T10:00:00Z' }],
};

const property = { path: 'name', change: 'update', before: 'a', after: 'b', noise: null, attribution: null };

test('a finding reads from what it is to what differs', () => {
  const told = renderFinding({ ...finding, properties: [{ ...property, path: 'ingress[0].cidr_blocks', before: ['10.0.0.0/8'], after: ['0.0.0.0/0'] }] }, terminal);

  expect(told).toBe(`aws_security_group.web
  id          3f1e2d4c-0000-4000-8000-000000000000
  stack       prod
  type        aws_security_group
  change      modified
  severity    high (open-to-the-world)
  cause       reality left what the state recorded
  first seen  2 h ago (2026-01-02T10:00:00Z)
  last seen   1 min ago (2026-01-02T11:59:00Z)

  ingress[0].cidr_blocks  ["10.0.0.0/8"] → ["0.0.0.0/0"]
`);
});

test('long values stand below each other, so that they can be compared', () => {
  const told = renderFinding({ ...finding, properties: [{ ...property, before: 'x'.repeat(50), after: 'y'.repeat(50) }] }, terminal);

  expect(told).toContain(`  name\n    - "${'x'.repeat(50)}"\n    + "${'y'.repeat(50)}"\n`);
});

test('a value that came or went has one side', () => {
  const told = renderFinding({ ...finding, properties: [{ ...property, change: 'add', before: null }, { ...property, change: 'remove', after: null }] }, terminal);

  expect(told).toContain('  name\n    + "b"\n  name\n    - "a"\n');
});

test('a large value is spread over lines, each with its sign', () => {
  const rule = { from_port: 22, to_port: 22, protocol: 'tcp', cidr_blocks: ['0.0.0.0/0'], description: 'temporary' };
  const told = renderFinding({ ...finding, properties: [{ ...property, path: 'ingress[0]', change: 'add', before: null, after: rule }] }, terminal);

  expect(told).toContain('  ingress[0]\n    + {\n    +   "from_port": 22,\n');
  expect(told).toContain('    +   "description": "temporary"\n    + }\n');
});

test('noise names its rule, and a known author is told', () => {
  const attribution = { who: 'ann', when: '2026-01-02T09:00:00Z', how: 'console' };
  const told = renderFinding({ ...finding, properties: [{ ...property, noise: 'set-order', attribution }] }, terminal);

  expect(told).toContain('    (by ann, console, 2026-01-02T09:00:00Z; noise: set-order)\n');
});

test('a finding that came back tells its history', () => {
  const events = [
    { kind: 'opened', at: '2026-01-01T12:00:00Z' },
    { kind: 'resolved', at: '2026-01-02T10:00:00Z' },
    { kind: 'reopened', at: '2026-01-02T11:00:00Z' },
  ];

  expect(renderFinding({ ...finding, events }, terminal)).toContain('history     opened 1 d ago, resolved 2 h ago, reopened 1 h ago');
});

test('values of an agent cannot steer the terminal', () => {
  const told = renderFinding({ ...finding, address: 'a\u001b[31m', properties: [{ ...property, path: '\u009b', before: '\u001b]0;x\u0007' }] }, terminal);

  expect(told).toMatch(/^[\x20-\x7e\n→–]*$/);
});
