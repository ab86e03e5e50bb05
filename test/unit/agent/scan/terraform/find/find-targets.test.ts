import { mkdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { findTargets } from '#agent/scan/terraform/find/find-targets.ts';
import { makeFolder } from '#test/harness/folder.ts';
import { stateOf } from '#test/harness/terraform.ts';

const { signal } = new AbortController();
const state = stateOf({});
const plan = '{"format_version":"1.2","resource_changes":[]}';

async function find(path: string): Promise<readonly (readonly [string, string])[]> {
  return (await findTargets(path, signal)).map(({ form, label }) => [form, label]);
}

test('a tree is walked for root modules, states, plans and shown states', async () => {
  const folder = await makeFolder({
    'infra/main.tf': 'module "net" {\n  source = "../modules/net"\n}\n',
    'infra/terraform.tfstate': state,
    'infra/terraform.tfstate.backup': state,
    'infra/other.tfstate': state,
    'infra/terraform.tfstate.d/prod/terraform.tfstate': state,
    'modules/net/main.tf': '',
    'modules/net/inner/main.tofu': '',
    'plans/plan.json': plan,
    'plans/sorted.json': `{"configuration":{"x":"${'y'.repeat(100_000)}"},"format_version":"1.2","planned_values":{}}`,
    'plans/utf16.json': Buffer.from(`\ufeff${plan}`, 'utf16le'),
    'plans/show.json': '{"format_version":"1.0","terraform_version":"1.9.0","values":{}}',
    'plans/pulled.json': state,
    'plans/package.json': '{"name":"x","version":"1.0.0"}',
    'plans/template.json': '{"AWSTemplateFormatVersion":"2010-09-09","Resources":{}}',
    '.hidden/main.tf': '',
    'node_modules/x/main.tf': '',
    'infra/.terraform/modules/m/main.tf': '',
  });

  expect(await find(folder)).toEqual([
    ['terraform-folder', 'infra'],
    ['terraform-state', 'infra/other.tfstate'],
    ['terraform-workspace', 'infra (workspace prod)'],
    ['terraform-folder', 'modules/net/inner'],
    ['terraform-plan', 'plans/plan.json'],
    ['terraform-state', 'plans/pulled.json'],
    ['terraform-show', 'plans/show.json'],
    ['terraform-plan', 'plans/sorted.json'],
    ['terraform-plan', 'plans/utf16.json'],
  ]);
});

test('links that lead in a circle are entered once', async () => {
  const folder = await makeFolder({ 'a/main.tf': '' });
  await mkdir(join(folder, 'a/b'));
  await symlink(folder, join(folder, 'a/b/up'));
  await symlink('nowhere', join(folder, 'a/broken'));

  expect(await find(folder)).toEqual([['terraform-folder', 'a']]);
});

describe('a file that is named by itself is taken for what it is', () => {
  test.each([
    ['x.tfstate', state, 'terraform-state'],
    ['x.json', state, 'terraform-state'],
    ['x.json', plan, 'terraform-plan'],
    ['x.json', '{"format_version":"1.0","values":{}}', 'terraform-show'],
    ['x.json', '{"encryption_version":"v0","encrypted_data":"x"}', 'terraform-state'],
    ['x.json', '<html>', 'terraform-file'],
    ['x.json', '', 'terraform-file'],
    ['x.tfplan', 'PK\x03\x04', 'terraform-file'],
    ['planfile', 'PK\x03\x04', 'terraform-file'],
    ['x.tfstate', '', 'terraform-state'],
  ])('%s holding %.30s', async (name, content, form) => {
    const folder = await makeFolder({ [name]: content });

    expect(await find(join(folder, name))).toEqual([[form, name]]);
  });

  test.each([
    ['x.json', '{"AWSTemplateFormatVersion":"2010-09-09"}'],
    ['x.yaml', 'kind: Deployment'],
    ['x.txt', ''],
  ])('and %s holding %.30s is left to other kinds', async (name, content) => {
    const folder = await makeFolder({ [name]: content });

    expect(await find(join(folder, name))).toEqual([]);
  });

  test('a file of code stands for its folder', async () => {
    const folder = await makeFolder({ 'stack/main.tf': '' });

    expect(await find(join(folder, 'stack/main.tf'))).toEqual([['terraform-folder', 'stack']]);
  });
});

test('a path where there is nothing is said to be one', async () => {
  await expect(findTargets('/nowhere/at/all', signal)).rejects.toMatchObject({ code: 'source-missing' });
});
