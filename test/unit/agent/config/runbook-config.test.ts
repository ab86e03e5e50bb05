import { expect, test } from 'vitest';
import { parseConfig } from '#agent/config/parse-config.ts';
import { Fault } from '#proto/domain/fault.ts';
import { signatory } from '#test/fakes/approvers.ts';

const { keyText } = signatory('ada');

function refusal(text: string): Fault['facts'] {
  try {
    parseConfig(`version: 1\n${text}`, 'dd0c.yaml');
  } catch (error) {
    if (error instanceof Fault && error.code === 'config-invalid') return error.facts;
    throw error;
  }
  throw new Error('it was accepted');
}

test('without a word about them, no step runs, nothing is allowed and nobody approves', () => {
  const { runbooks, approvers, secrets } = parseConfig('version: 1\n', 'dd0c.yaml');

  expect(runbooks).toMatchObject({ enabled: false, maxRisk: 'read_only', unsigned: 'read_only', approvals: 1, programs: [], read: [], write: [], hosts: [], hours: { zone: 'UTC', open: [] }, tiers: [1, 2] });
  expect({ approvers, secrets }).toEqual({ approvers: [], secrets: {} });
});

test('what an owner allows is read with its units', () => {
  const { runbooks, approvers, secrets } = parseConfig(
    `version: 1
approvers: [{ name: ada, key: "${keyText}", person: "7" }]
runbooks:
  enabled: true
  maxRisk: dangerous
  programs: [kubectl, /opt/fix]
  hosts: ["api.example.com:443"]
  hours: { zone: Europe/Vienna, open: ["mon-fri 09:00-17:00"] }
  limits: { time: 5m, memory: 512MiB }
secrets:
  token: { env: API_TOKEN, runbooks: [restart-api] }
`,
    'dd0c.yaml',
  );

  expect(approvers).toMatchObject([{ name: 'ada', person: '7' }]);
  expect(runbooks).toMatchObject({ hours: { open: [{ days: [0, 1, 2, 3, 4], from: 540, to: 1_020 }] }, limits: { time: 300_000, memory: 536_870_912, processes: 256 } });
  expect(secrets).toEqual({ token: { env: 'API_TOKEN', runbooks: ['restart-api'] } });
});

test.each([
  ['runbooks: { enable: true }', { field: 'runbooks.enable', reason: 'there is no such field; did you mean enabled?' }],
  ['runbooks:\n  limits: { tme: 5m }', { line: 3, field: 'runbooks.limits.tme', reason: 'there is no such field; did you mean time?' }],
  ['runbooks: { maxRisk: forbidden }', { field: 'runbooks.maxRisk' }],
  ['runbooks: { read: [etc/shop] }', { field: 'runbooks.read.0', reason: 'expected an absolute path without a closing slash' }],
  ['runbooks: { write: [/srv/../etc] }', { field: 'runbooks.write.0', reason: 'expected a path without . and ..' }],
  ['runbooks: { hosts: [example.com] }', { field: 'runbooks.hosts.0', reason: 'host:port' }],
  ['runbooks: { hours: { zone: Mars/Olympus } }', { field: 'runbooks.hours.zone', reason: 'expected a time zone such as Europe/Vienna' }],
  ['runbooks: { hours: { open: [mon] } }', { field: 'runbooks.hours.open.0' }],
  ['runbooks: { tiers: [3] }', { field: 'runbooks.tiers.0' }],
  ['runbooks: { approvals: 0 }', { field: 'runbooks.approvals' }],
  ['approvers: [{ name: ada, key: ssh-rsa AAAA }]', { field: 'approvers.0.key' }],
  ['approvers: [{ name: ada }]', { field: 'approvers.0', reason: 'expected either key or keyFile' }],
  ['approvers: [{ nme: ada, keyFile: x }]', { field: 'approvers.0.nme', reason: 'there is no such field; did you mean name?' }],
  ['secrets: { token: { env: A, file: b } }', { field: 'secrets.token', reason: 'expected either env or file' }],
])('a mistake is named: %s', (text, facts) => {
  expect(refusal(text)).toMatchObject(facts);
});
