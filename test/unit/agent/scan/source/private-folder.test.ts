import { once } from 'node:events';
import { existsSync, readlinkSync } from 'node:fs';
import { lstat, mkdir, readFile, symlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { beforeEach, expect, test, vi } from 'vitest';
import { makePrivateFolder } from '#agent/scan/source/private-folder.ts';
import { makeFolder } from '#test/harness/folder.ts';

let temporary: string;

beforeEach(async () => {
  temporary = await makeFolder({});
  vi.stubEnv('TMPDIR', temporary);
  return () => vi.unstubAllEnvs();
});

const owner = `
  const { makePrivateFolder } = await import(process.argv[1]);
  console.log((await makePrivateFolder('plan')).path);
  setInterval(() => {}, 1000);
`;

/** Another process that has made a folder. */
async function startOwner(): Promise<{ path: string; kill: () => Promise<unknown> }> {
  const child = execa(process.execPath, ['--input-type=module', '-e', owner, join(import.meta.dirname, '../../../../../agent/scan/source/private-folder.ts')], { env: { TMPDIR: temporary }, reject: false });
  const [chunk]: unknown[] = await once(child.stdout, 'data');
  const path = String(chunk).trim();
  await writeFile(join(path, 'terraform.tfstate'), 'password');
  return {
    path,
    kill: () => {
      child.kill('SIGKILL');
      return child;
    },
  };
}

test('a folder is for its user alone, and removed by whoever made it', async () => {
  const { path, remove } = await makePrivateFolder('pull');

  expect((await lstat(path)).mode & 0o777).toBe(0o700);
  await remove();
  expect(existsSync(path)).toBe(false);
});

test('what a process left behind that was killed is removed by the next, but nothing of one that lives', async () => {
  const [killed, living] = [await startOwner(), await startOwner()];
  await killed.kill();

  await makePrivateFolder('input');

  expect([existsSync(killed.path), existsSync(living.path)]).toEqual([false, true]);
  await living.kill();
});

test('a number that another process has by now keeps nothing', async () => {
  const { path } = await makePrivateFolder('plan');
  const earlier = path.replace(/\.\d+-(\w{6})$/, '.1-$1');
  await mkdir(earlier);

  await makePrivateFolder('plan');

  expect([existsSync(path), existsSync(earlier)]).toEqual([true, process.platform !== 'linux']);
});

test('of another container only what is a day old is removed', async () => {
  const [young, old] = [join(temporary, 'dd0c-plan-1.1.1-abcdef'), join(temporary, 'dd0c-plan-1.1.1-ABCDEF')];
  await mkdir(young);
  await mkdir(old);
  await utimes(old, new Date(0), new Date(0));

  await makePrivateFolder('plan');

  expect([existsSync(young), existsSync(old)]).toEqual([true, false]);
});

test('no link is followed, and nothing that is called otherwise is touched', async () => {
  const target = await makeFolder({ 'kept': 'kept' });
  const { path } = await makePrivateFolder('plan');
  const [link, folder] = ['linked', 'folder'].map((name) => path.replace(/\.\d+\.\d+-\w{6}$/, `.999999999.1-${name}`));
  await symlink(target, link ?? '');
  await mkdir(folder ?? '');
  const others = ['dd0c-plan-x', 'dd0c-step-1.999999999.1-abcdef', 'plan'].map((name) => join(temporary, name));
  for (const other of others) await mkdir(other);

  await makePrivateFolder('plan');

  expect([link, folder].map((one) => existsSync(one ?? ''))).toEqual([true, false]);
  expect([readlinkSync(link ?? ''), await readFile(join(target, 'kept'), 'utf8')]).toEqual([target, 'kept']);
  expect(others.filter((other) => !existsSync(other))).toEqual([]);
});
