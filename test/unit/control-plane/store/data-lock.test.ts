import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { lockData } from '#control-plane/store/data-lock.ts';

const source = new URL('../../../../control-plane/store/data-lock.ts', import.meta.url).href;
let folder: string;
const children: ChildProcess[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dd0c-lock-'));
});

afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

test('a folder that is free is taken, and given back', () => {
  const lock = lockData(folder);
  expect(readFileSync(join(folder, 'server.pid'), 'utf8')).toBe(`${process.pid}\n`);

  lock.release();
  lock.release();

  expect(readdirSync(folder)).not.toContain('server.pid');
  lockData(folder).release();
});

test('the same process does not take a folder twice', () => {
  const lock = lockData(folder);

  expect(() => lockData(folder)).toThrow(expect.objectContaining({ code: 'data-locked' }));

  lock.release();
});

test('a folder of a living process is refused, naming it', async () => {
  const child = await holder();

  expect(() => lockData(folder)).toThrow(expect.objectContaining({ code: 'data-locked', facts: { folder, pid: child.pid } }));
});

test('a process that was refused leaves the lock of the other as it was', async () => {
  await holder();

  expect(() => lockData(folder)).toThrow(expect.objectContaining({ code: 'data-locked' }));
  expect(() => lockData(folder)).toThrow(expect.objectContaining({ code: 'data-locked' }));
});

test('the folder of a killed process is taken over at once', async () => {
  const child = await holder();
  await ended(child);

  const lock = lockData(folder);

  expect(readFileSync(join(folder, 'server.pid'), 'utf8')).toBe(`${process.pid}\n`);
  lock.release();
});

test('a process id left behind blocks nobody, also when it belongs to a living process again', () => {
  writeFileSync(join(folder, 'server.pid'), `${process.ppid}\n`);

  lockData(folder).release();
});

test('of many that want it at once, one gets it', async () => {
  const answers = await Promise.all(Array.from({ length: 4 }, () => contender()));

  expect(answers.toSorted()).toEqual(['data-locked', 'data-locked', 'data-locked', 'held']);
});

test('of many that want the folder of a killed process, one gets it', async () => {
  await ended(await holder());

  const answers = await Promise.all(Array.from({ length: 4 }, () => contender()));

  expect(answers.toSorted()).toEqual(['data-locked', 'data-locked', 'data-locked', 'held']);
});

/** A process that holds the folder until it is killed. */
async function holder(): Promise<ChildProcess> {
  const child = start();
  expect(await answer(child)).toBe('held');
  return child;
}

/** Tries from a process of its own, and keeps the folder where it got it. */
async function contender(): Promise<string> {
  return answer(start());
}

function start(): ChildProcess {
  const script = `
    import { lockData } from ${JSON.stringify(source)};
    try { globalThis.lock = lockData(process.argv[1]); console.log('held'); setInterval(() => {}, 1000); }
    catch (error) { console.log(error.code ?? error); }`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
  children.push(child);
  return child;
}

function answer(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => { child.stdout?.once('data', (said: Buffer) => { resolve(said.toString().trim()); }); });
}

function ended(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    child.once('exit', () => { resolve(); });
    child.kill('SIGKILL');
  });
}
