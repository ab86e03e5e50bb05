import { stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { pluginsOf, trusting } from '#agent/scan/terraform/live/plugins.ts';
import { makeFolder } from '#test/harness/folder.ts';

const lock = `# This file is maintained automatically.
provider "registry.terraform.io/hashicorp/aws" {
  version     = "5.100.0"
  constraints = "~> 5.0"
  hashes = [
    "h1:edXOJWE4ORX8Fm+dpVpICzMZJat4AX0VRCAy/xkcOc0=",
  ]
}

provider "example.com:8443/team/tool" {
  version = "1.0.0-beta1"
}
`;
const aws = '.terraform/providers/registry.terraform.io/hashicorp/aws/5.100.0/linux_amd64';
const tool = '.terraform/providers/example.com:8443/team/tool/1.0.0-beta1/linux_amd64';
const files = { '.terraform.lock.hcl': lock, [`${aws}/terraform-provider-aws_v5.100.0_x5`]: 'program', [`${tool}/terraform-provider-tool`]: 'program' };

test('providers that nobody touched meanwhile are taken as they are', async () => {
  const folder = await makeFolder({ ...files, '.terraform/providers/registry.terraform.io/hashicorp/aws/4.0.0/linux_amd64/terraform-provider-aws': 'another version' });

  const settings = trusting(await pluginsOf(folder), await pluginsOf(folder));

  expect(settings).toBe(`provider_installation {
  dev_overrides {
    "registry.terraform.io/hashicorp/aws" = "${join(folder, aws)}"
    "example.com:8443/team/tool" = "${join(folder, tool)}"
  }
  direct {}
}
`);
});

test('a provider that was written to is compared with its checksum again, even with its size and time put back', async () => {
  const folder = await makeFolder(files);
  const program = join(folder, aws, 'terraform-provider-aws_v5.100.0_x5');
  const { atime, mtime } = await stat(program);
  const before = await pluginsOf(folder);
  await writeFile(program, 'PROGRAM');
  await utimes(program, atime, mtime);

  const settings = trusting(before, await pluginsOf(folder));

  expect((await stat(program)).mtimeMs).toBeCloseTo(mtime.getTime(), -1);
  expect(settings).toContain('example.com:8443/team/tool');
  expect(settings).not.toContain('hashicorp/aws');
});

test('a provider beside whose program another was put is compared again', async () => {
  const folder = await makeFolder({ '.terraform.lock.hcl': lock, [`${aws}/terraform-provider-aws_v5.100.0_x5`]: 'program' });
  const before = await pluginsOf(folder);
  await writeFile(join(folder, aws, 'terraform-provider-aws_v0_x5'), 'program');

  expect(trusting(before, await pluginsOf(folder))).toBeNull();
});

test.each([
  ['no lock file', {}],
  ['a lock file that is none', { '.terraform.lock.hcl': 'provider "x" {' }],
  ['a provider that is not installed', { '.terraform.lock.hcl': lock }],
  ['several platforms', { '.terraform.lock.hcl': lock, [`${aws}/terraform-provider-aws`]: '', [`${aws.replace('amd64', 'arm64')}/terraform-provider-aws`]: '' }],
  ['a source that leads elsewhere', { '.terraform.lock.hcl': lock.replace('hashicorp/aws', '../../aws'), [`${aws}/terraform-provider-aws`]: '' }],
  ['a version that leads elsewhere', { '.terraform.lock.hcl': lock.replace('5.100.0', '../5.100.0'), [`${aws}/terraform-provider-aws`]: '' }],
])('nothing is taken on trust with %s', async (_, given) => {
  const folder = await makeFolder(given);

  expect(trusting(await pluginsOf(folder), await pluginsOf(folder))).toBeNull();
});
