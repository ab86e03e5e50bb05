import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { checkSteps } from '#agent/cli/doctor/checks/steps.ts';
import { readConfig } from '#agent/config/read-config.ts';
import { openJournal } from '#agent/runbook/journal/journal.ts';
import { deliveryOf, signatory } from '#test/fakes/approvers.ts';
import { orderOf } from '#test/fakes/step-plans.ts';

const [ada, bob] = [signatory('ada'), signatory('bob')];
let dir: string;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'dd0c-doctor-'));
});

afterEach(() => {
  rmSync(dir, { recursive: true, force: true });
});

async function examine(text: string) {
  writeFileSync(join(dir, 'dd0c.yaml'), `version: 1\n${text}\n`, { mode: 0o600 });
  return checkSteps({ dataDir: dir, config: await readConfig(undefined, dir) });
}

test('disabled steps are said to be disabled', async () => {
  expect(await examine('')).toEqual([{ name: 'steps', state: 'good', detail: 'disabled: no runbook step runs here' }]);
});

test('what the owner allows and whose keys are pinned is told', async () => {
  const found = await examine(`approvers: [{ name: ada, key: "${ada.keyText}" }, { name: bob, key: "${bob.keyText}" }]\nrunbooks: { enabled: true, maxRisk: dangerous, programs: [kubectl], hosts: ["api.example.com:443"] }`);

  expect(found).toMatchObject([{ name: 'steps', state: 'good' }, { name: 'approvers', state: 'good' }]);
  expect(found[0]?.detail).toBe('up to dangerous; programs kubectl; reads none; writes none; hosts api.example.com:443; at any hour; tiers 1, 2; above read_only approved by 1');
  expect(found[1]?.detail).toBe(`ada (${ada.pinned().keyId.slice(0, 16)}), bob (${bob.pinned().keyId.slice(0, 16)})`);
});

test.each([
  ['nobody is pinned', 'runbooks: { enabled: true, programs: [ls] }', { name: 'approvers', state: 'note', detail: 'none are pinned: nothing above read_only runs here' }],
  ['fewer are pinned than are needed', `approvers: [{ name: ada, key: "${ada.keyText}" }]\nrunbooks: { enabled: true, approvals: 2, programs: [ls] }`, { name: 'approvers', state: 'bad' }],
  ['one alone could approve what is dangerous', `approvers: [{ name: ada, key: "${ada.keyText}" }]\nrunbooks: { enabled: true, maxRisk: dangerous, programs: [ls] }`, { name: 'approvers', state: 'note' }],
  ['every program is allowed', 'runbooks: { enabled: true, programs: ["*"] }', { name: 'steps', state: 'note' }],
  ['a key file is not there', 'approvers: [{ name: ada, keyFile: nowhere }]\nrunbooks: { enabled: true }', { name: 'steps', state: 'bad' }],
])('where %s, it says so and what to do', async (_, text, finding) => {
  const found = (await examine(text)).find(({ name, state }) => name === finding.name && state === finding.state);

  expect(found).toMatchObject(finding);
  expect(found?.next).toMatch(/\w/);
});

test('orders that were under way are told, and a journal in use is that of a running agent', async () => {
  const journal = openJournal(dir);
  journal.receive(deliveryOf(orderOf()), 1);
  expect((await examine('runbooks: { enabled: true }')).at(-1)).toEqual({ name: 'journal', state: 'good', detail: 'in use by a running agent' });
  journal.close();

  expect((await examine('runbooks: { enabled: true }')).at(-1)).toMatchObject({ name: 'journal', state: 'note', detail: '1 orders were under way when the agent ended' });
});
