import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { Fault } from '#proto/domain/fault.ts';
import { parseConfig } from '#agent/config/parse-config.ts';

const file = 'dd0c.yaml';

function refusal(text: string): Fault {
  try {
    parseConfig(text, file);
  } catch (error) {
    if (error instanceof Fault) return error;
    throw error;
  }
  throw new Error('it was accepted');
}

test('a file that only names its version takes the defaults', () => {
  const config = parseConfig('version: 1\n', file);

  expect(config.scan).toEqual({ interval: 900_000, against: 'best', backends: 'read', timeout: 600_000 });
  expect(config.log.level).toBe('info');
});

test('durations and sizes are read with their units', () => {
  const config = parseConfig('version: 1\nscan: { interval: 6h, timeout: 90s }\nspool: { maxBytes: 64MiB }\n', file);

  expect(config.scan.interval).toBe(21_600_000);
  expect(config.scan.timeout).toBe(90_000);
  expect(config.spool.maxBytes).toBe(67_108_864);
});

test.each([
  ['version: 1\nscan:\n  intervall: 5m\n', { line: 3, field: 'scan.intervall', reason: 'there is no such field; did you mean interval?' }],
  ['version: 1\nscan:\n  interval: soon\n', { line: 3, field: 'scan.interval', reason: 'expected a duration such as 90s, 15m or 6h' }],
  ['version: 2\n', { line: 1, field: 'version', reason: 'expected 1, the only version there is' }],
  ['version: 1\nstacks:\n  net:\n    pth: infra\n', { line: 4, field: 'stacks.net.pth', reason: 'there is no such field; did you mean path?' }],
  ['version: 1\nignore:\n  - type: a\n    reason: b\n    expires: 2026-01-01\n', { line: 5, field: 'ignore.0.expires', reason: 'there is no such field; did you mean until?' }],
  ['version: 1\nsacn: {}\n', { line: 2, field: 'sacn', reason: 'there is no such field; did you mean scan?' }],
  ['version: 1\nrules:\n  off:\n    - tags-all\n    - 7\n', { line: 5, field: 'rules.off.1' }],
])('a mistake is named by field and line: %j', (text, facts) => {
  const fault = refusal(text);

  expect(fault.code).toBe('config-invalid');
  expect(fault.facts).toMatchObject({ file, ...facts });
});

test.each([
  ['a key twice', 'version: 1\nversion: 1\n', 2],
  ['an open bracket', 'version: 1\nscan: [\n', 3],
  ['a tab for indentation', 'version: 1\nscan:\n\tpaths: []\n', 3],
])('%s is refused with its line', (_, text, line) => {
  const fault = refusal(text);

  expect(fault).toMatchObject({ code: 'config-invalid', facts: { line } });
});

test('aliases that multiply themselves are refused', () => {
  const layers = Array.from({ length: 12 }, (_, at) => `a${at + 1}: &a${at + 1} [${`*a${at},`.repeat(9)}]`);

  const fault = refusal(['version: 1', 'a0: &a0 [x]', ...layers].join('\n'));

  expect(fault.code).toBe('config-invalid');
});

test('a field named __proto__ is an unknown field like any other', () => {
  const fault = refusal('version: 1\n__proto__: { scan: 1 }\n');

  expect(fault.code).toBe('config-invalid');
});

test('ignore rules are read, and one that would match everything by mistake is refused', () => {
  const config = parseConfig('version: 1\nignore:\n  - { type: aws_subnet, property: tags, reason: tagged by a script, until: 2027-03-31 }\n', file);

  expect(config.ignore).toEqual([{ type: 'aws_subnet', property: 'tags', reason: 'tagged by a script', until: '2027-03-31' }]);
  expect(refusal('version: 1\nignore:\n  - { reason: because }\n').facts).toMatchObject({ field: 'ignore.0' });
});

test('the example in the documentation is valid', async () => {
  const page = await readFile(new URL('../../../../docs/agent.md', import.meta.url), 'utf8');
  const [, example = ''] = /```yaml\n(version: 1\n[^]*?)```/.exec(page) ?? [];

  const config = parseConfig(example, file);

  expect(config.scan.interval).toBe(900_000);
  expect(config.ignore).toHaveLength(1);
});

test('accounts of AWS are read with their defaults, and two of one name are refused', () => {
  const { cloudformation } = parseConfig('version: 1\ncloudformation:\n  accounts: [{}]\n', 'dd0c.yaml');

  expect(cloudformation).toEqual({ requests: 2_000, accounts: [{ name: 'default', regions: [], stacks: ['*'], templates: {} }] });
  expect(() => parseConfig('version: 1\ncloudformation:\n  accounts: [{name: a}, {name: a}]\n', 'dd0c.yaml')).toThrow(/two accounts have the same name/);
});
