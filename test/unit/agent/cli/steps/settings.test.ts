import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { capabilitiesOf } from '#agent/cli/steps/open-steps.ts';
import { secretReader } from '#agent/cli/steps/read-secret.ts';
import { readStepSettings } from '#agent/cli/steps/settings.ts';
import { readConfig } from '#agent/config/read-config.ts';
import { grantSecrets } from '#agent/runbook/secrets.ts';
import { policyOf } from '#test/fakes/admission.ts';
import { signatory } from '#test/fakes/approvers.ts';
import { planOf, stepOf } from '#test/fakes/step-plans.ts';

const ada = signatory('ada');
const uid = process.getuid?.() ?? null;
let dir: string;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'dd0c-settings-'));
  writeFileSync(join(dir, 'ada.pub'), `${ada.keyText}\n`);
});

afterEach(() => {
  rmSync(dir, { recursive: true, force: true });
});

async function settings(text: string) {
  writeFileSync(join(dir, 'dd0c.yaml'), `version: 1\n${text}\n`, { mode: 0o600 });
  return readStepSettings(await readConfig(undefined, dir), '/var/lib/dd0c-agent', uid);
}

test("keys come from the owner's files, and those files are nobody's to touch", async () => {
  const { approvers, policy } = await settings('approvers: [{ name: ada, keyFile: ada.pub }]\nrunbooks: { enabled: true }');

  expect(approvers).toMatchObject([{ name: 'ada', person: 'ada', keyId: ada.pinned().keyId }]);
  expect(policy.own).toEqual(['/var/lib/dd0c-agent', join(dir, 'dd0c.yaml'), join(dir, 'ada.pub')]);
});

test.each([
  ['the configuration', 'dd0c.yaml'],
  ['a key file', 'ada.pub'],
  ['their folder', '.'],
])('where other users may write %s, no step runs', async (_, name) => {
  const text = 'approvers: [{ name: ada, keyFile: ada.pub }]\nrunbooks: { enabled: true }';
  await settings(text);
  chmodSync(join(dir, name), name === '.' ? 0o777 : 0o666);

  await expect(readStepSettings(await readConfig(undefined, dir), '/x', uid)).rejects.toMatchObject({ code: 'approvers-exposed' });
});

test('where the configuration belongs to somebody else, no step runs', async () => {
  await settings('runbooks: { enabled: true }');
  const found = await readConfig(undefined, dir);
  const isRoot = uid === 0; // what belongs to root may be believed

  await expect(readStepSettings(found, '/x', 12_345).then(() => 'accepted', () => 'refused')).resolves.toBe(isRoot ? 'accepted' : 'refused');
});

test('a key file that is not there, or holds no key, is an error that names it', async () => {
  await expect(settings('approvers: [{ name: bob, keyFile: bob.pub }]')).rejects.toMatchObject({ code: 'config-unreadable', facts: { file: join(dir, 'bob.pub') } });
  writeFileSync(join(dir, 'bob.pub'), 'ssh-rsa AAAA');
  await expect(settings('approvers: [{ name: bob, keyFile: bob.pub }]')).rejects.toMatchObject({ code: 'approver-key-invalid' });
});

test('Hello names what holds and what the owner allows', () => {
  const proofs = [{ tier: 1, holds: false, detail: '' }, { tier: 2, holds: true, detail: '' }] as const;

  expect(capabilitiesOf({ policy: policyOf(), approvers: [ada.pinned()] }, { proofs })).toEqual(['steps', 'sandbox-tier-2', 'steps-approved']);
  expect(capabilitiesOf({ policy: policyOf(), approvers: [] }, { proofs })).toEqual(['steps', 'sandbox-tier-2']);
  expect(capabilitiesOf({ policy: policyOf({ tiers: [1] }), approvers: [] }, { proofs })).toEqual([]);
  expect(capabilitiesOf({ policy: policyOf({ isEnabled: false }), approvers: [] }, { proofs })).toEqual([]);
});

test('secrets are read anew each time, from a file or a variable, under the name that the owner chose', async () => {
  const { secrets } = await settings('secrets:\n  db-password: { file: db }\n  token: { env: MY_TOKEN, as: API_TOKEN }');
  writeFileSync(join(dir, 'db'), 'first-value\n');
  const read = secretReader({ MY_TOKEN: 'token-value' });
  const plan = planOf(stepOf({ secrets: ['db-password', 'token'] }));
  expect(await grantSecrets(plan, secrets, read)).toEqual({ DB_PASSWORD: 'first-value', API_TOKEN: 'token-value' });

  writeFileSync(join(dir, 'db'), 'second-value');
  expect(await grantSecrets(plan, secrets, read)).toMatchObject({ DB_PASSWORD: 'second-value' });
});

test.each([
  ['that nobody granted', 'x: { env: X }', {}, { secret: 'token' }],
  ['that is not there', 'token: { file: nowhere }', {}, { secret: 'token', reason: 'it is not there on this host' }],
  ['for another runbook', 'token: { env: MY_TOKEN, runbooks: [other] }', {}, { reason: 'not for the runbook restart-api' }],
  ['whose variable the step sets itself', 'token: { env: MY_TOKEN }', { env: { TOKEN: '1' } }, { reason: 'the variable TOKEN is taken' }],
  ['that would load code', 'token: { env: MY_TOKEN, as: LD_PRELOAD }', {}, { reason: 'no step gets a variable called LD_PRELOAD' }],
  ['too short to be masked', 'token: { env: SHORT }', {}, { reason: 'it is too short, or too long, to be masked in what the step writes' }],
])('a secret %s is not granted, and its value is in no error', async (_, text, change, facts) => {
  const { secrets } = await settings(`secrets:\n  ${text}`);
  const granting = grantSecrets(planOf(stepOf({ secrets: ['token'], ...change })), secrets, secretReader({ MY_TOKEN: 'token-value', SHORT: 'abc' }));

  const fault: unknown = await granting.catch((error: unknown) => error);

  expect(fault).toMatchObject({ code: 'secret-not-granted', facts });
  expect(String(fault)).not.toMatch(/token-value|abc/);
});
