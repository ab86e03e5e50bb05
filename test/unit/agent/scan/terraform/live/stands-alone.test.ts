import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { standsAlone } from '#agent/scan/terraform/live/stands-alone.ts';
import { makeFolder } from '#test/harness/folder.ts';

test.each([
  ['resources alone', { 'main.tf': 'resource "terraform_data" "a" { input = "x" }' }, true],
  ['modules below it', { 'main.tf': 'module "m" { source = "./m" }', 'm/main.tf': '' }, true],
  ['a remote state', { 'main.tf': 'terraform {\n  backend "s3" { bucket = "b" }\n}' }, true],
  ['a module beside it', { 'main.tf': 'module "m" { source = "../m" }' }, false],
  ['a module above it', { 'main.tf': 'module "m" { source = ".." }' }, false],
  ['a module at an absolute place', { 'main.tf': 'module "m" {\n  source = "/opt/m"\n}' }, false],
  ['a module that leads out further down', { 'main.tf': 'module "m" { source = "./m" }', 'm/main.tf': 'module "n" { source = "../../n" }' }, false],
  ['the same in JSON', { 'main.tf.json': '{"module": {"m": {"source": "/opt/m"}}}' }, false],
  ['a state in a file that the code names', { 'main.tofu': 'terraform {\n  backend "local" { path = "/var/s" }\n}' }, false],
  ['a backend that init chose', { 'main.tf': '', '.terraform/terraform.tfstate': '{}' }, false],
])('a folder with %s', async (_, files, isAlone) => {
  expect(await standsAlone(await makeFolder(files), {})).toBe(isAlone);
});

test('where something else keeps what init made, nothing is sure', async () => {
  expect(await standsAlone(await makeFolder({ 'main.tf': '' }), { TF_DATA_DIR: '/var/tf' })).toBe(false);
});

test('a link could lead anywhere', async () => {
  const folder = await makeFolder({ 'main.tf': '', 'm/main.tf': '' });
  await symlink(join(folder, 'm'), join(folder, 'n'));

  expect(await standsAlone(folder, {})).toBe(false);
});

test('what init installed is not looked at', async () => {
  const folder = await makeFolder({ 'main.tf': '' });
  await mkdir(join(folder, '.terraform', 'modules', 'm'), { recursive: true });
  await writeFile(join(folder, '.terraform', 'modules', 'm', 'main.tf'), 'module "n" { source = "../n" }');

  expect(await standsAlone(folder, {})).toBe(true);
});
