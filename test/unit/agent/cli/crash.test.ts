import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { runProgram } from '#agent/cli/program.ts';
import { fakeHost } from '#test/fakes/host.ts';
import { makeFolder } from '#test/harness/folder.ts';

const password = ['Tr4iler', 'Mist'].join('-');
const program = fileURLToPath(new URL('../../../../agent/main.ts', import.meta.url));

test.each([
  ['an error that nobody caught', `setTimeout(() => { throw new Error('dial postgres://app:${password}@db/x') }, 300)`, 1, /^error: this is a bug in dd0c-agent: Error: dial postgres/],
  ['a promise that nobody awaited', `setTimeout(() => { Promise.reject(new Error('password=${password}', { cause: new Error('token ${password}') })) }, 300)`, 1, /^error: this is a bug/],
  ['a thing thrown that is no error', `setTimeout(() => { throw { password: '${password}' } }, 300)`, 1, /^error: this is a bug/],
  ['a warning of the runtime', `setTimeout(() => process.emitWarning('password=${password}'), 300)`, 0, /^warning: Warning: password=«secret:/],
] as const)('%s is told without its secrets', async (_, preload, exitCode, told) => {
  const folder = await makeFolder({});
  const child = spawn(process.execPath, ['--import', `data:text/javascript,${encodeURIComponent(preload)}`, program, 'scrub'], { env: { PATH: process.env['PATH'], HOME: folder }, cwd: folder });
  setTimeout(() => child.stdin.end(), 2_500);

  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')]);

  expect(err).toMatch(told);
  expect(out + err).not.toContain(password);
  expect(child.exitCode).toBe(exitCode);
});

test('what a tool said of an error is told without its secrets', async () => {
  const folder = await makeFolder({ 'dd0c.yaml': `server: "https://ops:${password}@plane.example.com"\n` });
  const host = fakeHost({ cwd: folder });

  await runProgram(['run', '--once', '.'], host);

  expect(host.told.err).toMatch(/^error: /);
  expect(host.told.err + host.told.out).not.toContain(password);
});
