import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { runProgram } from '#agent/cli/program.ts';
import { fakeHost } from '#test/fakes/host.ts';
import { makeFolder } from '#test/harness/folder.ts';

const files = {
  'net/main.tf': 'terraform {\n  backend "s3" {}\n}\nmodule "m" { source = "./modules/m" }\n',
  'net/modules/m/main.tf': 'variable "x" {}\n',
  'app/main.tf': 'resource "terraform_data" "a" {}\n',
  'app/terraform.tfstate': JSON.stringify({ version: 4, serial: 1, lineage: 'x', resources: [] }),
  'app/terraform.tfstate.backup': '{}',
  'k8s/web.yaml': 'apiVersion: v1\nkind: Service\nmetadata: {name: web}\n',
  'chart/Chart.yaml': 'apiVersion: v2\nname: c\nversion: 1.0.0\n',
  'chart/templates/x.yaml': 'apiVersion: v1\nkind: Service\nmetadata: {name: "{{ .Values.x }}"}\n',
  'kust/kustomization.yaml': 'resources: [../k8s]\n',
  'cfn/shop.yaml': 'AWSTemplateFormatVersion: "2010-09-09"\nResources: {}\n',
  'pulumi/Pulumi.yaml': 'name: shop\nruntime: yaml\n',
  'package.json': '{"name": "x", "resources": []}',
  'odd/plan.json': '{"resources": [], "nothing": "known"}',
};

const Discovery = z.object({
  schema: z.literal('dd0c.discovery/v1'),
  stacks: z.array(z.object({ form: z.string(), label: z.string(), detail: z.string().nullable() })),
  passedOver: z.array(z.object({ path: z.string(), why: z.string() })),
});

describe('scan --list', () => {
  test('says what each stack was taken for, where it keeps its state, and what was passed over and why', async () => {
    const folder = await makeFolder(files);
    const host = fakeHost({ cwd: folder });

    const exitCode = await runProgram(['scan', '.', '--list', '--format', 'json'], host);

    const { stacks, passedOver } = Discovery.parse(JSON.parse(host.told.out));
    expect(exitCode).toBe(0);
    expect(stacks.map(({ form, label, detail }) => `${form} ${label} ${detail ?? ''}`.trim())).toEqual([
      'terraform-folder app state beside the code',
      'terraform-folder net state in the backend s3',
      'cloudformation-template cfn/shop.yaml',
      'kubernetes-folder k8s',
      'pulumi-project pulumi its recorded state; --against code previews the program, --against live previews a refresh',
    ]);
    expect(passedOver.map(({ path, why }) => `${path.slice(folder.length + 1)}: ${why}`).toSorted()).toEqual([
      expect.stringMatching(/^app\/terraform\.tfstate\.backup: a backup/),
      expect.stringMatching(/^chart\/Chart\.yaml: part of the Helm chart/),
      expect.stringMatching(/^chart\/templates\/x\.yaml: part of the Helm chart/),
      expect.stringMatching(/^kust\/kustomization\.yaml: kustomize/),
      expect.stringMatching(/^net\/modules\/m\/main\.tf: a module that other code here calls/),
      expect.stringMatching(/^odd\/plan\.json: it begins like no kind of IaC/),
    ]);
  });

  test('for people, grouped by reason', async () => {
    const host = fakeHost({ cwd: await makeFolder(files) });

    await runProgram(['scan', '--list'], host);

    expect(host.told.out).toMatch(/^terraform-folder +app {2}state beside the code\n/);
    expect(host.told.out).toMatch(/\npassed over:\n/);
  });

  test('where nothing is found the exit code says so', async () => {
    const host = fakeHost({ cwd: await makeFolder({ 'readme.md': '' }) });

    expect(await runProgram(['scan', '--list'], host)).toBe(1);
    expect(host.told.out).toBe('no stack was found\n');
  });
});

test('a report says what its stack was taken for', async () => {
  const host = fakeHost({ cwd: await makeFolder({ 'x.tfstate': files['app/terraform.tfstate'] }) });

  await runProgram(['scan', 'x.tfstate', '--format', 'json'], host);

  expect(JSON.parse(host.told.out)).toMatchObject({ stacks: [{ kind: 'terraform', form: 'terraform-state' }] });
});
