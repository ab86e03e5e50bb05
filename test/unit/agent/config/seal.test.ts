import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { makeFolder } from '#test/harness/folder.ts';

const canary = ['Tr4iler', 'Mist', 'Kestrel'].join('-');
const program = fileURLToPath(new URL('../../../../agent/main.ts', import.meta.url));
const isLinux = process.platform === 'linux';
/** Where the kernel hands cores to a program, a test would have to ask that program. */
const noCores = !isLinux ? 'no Linux' : readFileSync('/proc/sys/kernel/core_pattern', 'utf8').trim() === 'core' ? '' : 'cores do not fall into the working folder here';

test('SIGUSR1 opens no debugger, in which every user of the host could read memory', async () => {
  const agent = await startScrub();
  await isReady(agent);

  agent.kill('SIGUSR1');
  await isReady(agent);
  const { err } = await finish(agent, `password=${canary}\n`);

  expect({ err, code: agent.exitCode }).toEqual({ err: '', code: 0 });
});

test.skipIf(noCores !== '')(`a core dump holds nothing of what the agent had in memory${noCores === '' ? '' : ` [not run: ${noCores}]`}`, async () => {
  const dumped = async (unsealed: boolean): Promise<readonly boolean[]> => {
    const folder = await makeFolder({});
    const child = await startScrub({ folder, coreLimit: 'unlimited', unsealed });
    child.stdin.write(`password=${canary}\n`);
    await once(child.stdout, 'data');
    child.kill('SIGABRT');
    await once(child, 'exit');
    return readdirSync(folder).map((name) => readFileSync(join(folder, name)).includes(canary));
  };

  expect(await dumped(true)).toEqual([true]); // or this test could not fail
  expect(await dumped(false)).not.toContain(true);
});

test('no report, which would show the environment, is written of a crash or at a signal, although Node was told to', async () => {
  const folder = await makeFolder({});
  const throwing = await startScrub({ folder, options: ['--report-uncaught-exception', ...atWinch(`throw new Error('password=${canary}')`)] });
  const signalled = await startScrub({ folder, options: ['--report-on-signal'] });
  await Promise.all([isReady(throwing), isReady(signalled)]);

  throwing.kill('SIGWINCH');
  signalled.kill('SIGUSR2');
  const [{ err }] = await Promise.all([finish(throwing, null), finish(signalled, '')]);

  expect(err).toContain('this is a bug');
  expect(err).not.toContain(canary);
  expect(readdirSync(folder)).toEqual([]);
});

test.each(['NODE_DEBUG', 'NODE_DEBUG_NATIVE'])('where %s makes the runtime print what passes through it, nothing is done', async (variable) => {
  const agent = await startScrub({ env: { [variable]: 'url' } });

  const { out, err } = await finish(agent, `password=${canary}\n`);

  expect({ out, code: agent.exitCode }).toEqual({ out: '', code: 1 });
  expect(err).toMatch(new RegExp(`variable: ${variable}\\) \\[runtime-tells\\]`));
});

test('a library that prints on the console is told without secrets, and none is made to by a variable', async () => {
  const print = `console.error('dial %s', 'postgres://app:${canary}@db/x'); console.log({ password: '${canary}' }); console.error(Object.keys(process.env).filter((name) => /GRPC|TLS/.test(name)))`;
  const agent = await startScrub({ options: atWinch(print), env: { GRPC_TRACE: 'all', GRPC_VERBOSITY: 'DEBUG', NODE_TLS_REJECT_UNAUTHORIZED: '0' } });
  await isReady(agent);

  agent.kill('SIGWINCH');
  await once(agent.stderr, 'readable'); // or it would end before the signal reaches it
  const { out, err } = await finish(agent, '');

  expect(out).toBe('');
  expect(err).toMatch(/^note: dial postgres:\/\/app:«secret:[^]*\nnote: \{ password: '«secret:[^]*\nnote: \[\]\n$/);
});

interface Start {
  readonly folder?: string;
  readonly options?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** How large a core may be. */
  readonly coreLimit?: string;
  /** Not our program but one that reads the same and tells the same. */
  readonly unsealed?: boolean;
}

type Scrub = ChildProcessByStdio<Writable, Readable, Readable>;

/** The agent, reading from standard input. */
async function startScrub({ folder, options = [], env = {}, coreLimit = '0', unsealed = false }: Start = {}): Promise<Scrub> {
  const cwd = folder ?? (await makeFolder({}));
  const unsealedProgram = ['--eval', `process.stdin.on('data', (told) => { globalThis.kept = told; console.log('read'); })`];
  const argv = [...options, ...(unsealed ? unsealedProgram : [program, 'scrub'])];
  return spawn('sh', ['-c', `ulimit -c ${coreLimit}; exec "$@"`, 'sh', process.execPath, ...argv], { cwd, env: { PATH: process.env['PATH'], HOME: cwd, ...env }, stdio: ['pipe', 'pipe', 'pipe'] });
}

/** Once it has read a line and answered it, everything of the start is behind it, and every signal before that too. */
async function isReady(agent: Scrub): Promise<void> {
  agent.stdin.write('ready\n');
  await once(agent.stdout, 'data');
}

/** Options that run this code when the signal comes. */
function atWinch(code: string): readonly string[] {
  return ['--import', `data:text/javascript,${encodeURIComponent(`process.on('SIGWINCH', () => { ${code} })`)}`];
}

async function finish(agent: Scrub, input: string | null): Promise<{ out: string; err: string }> {
  agent.stdin.on('error', () => {}); // it may end without reading
  if (input !== null) agent.stdin.end(input);
  const [out, err] = await Promise.all([text(agent.stdout), text(agent.stderr), once(agent, 'exit')]);
  return { out, err };
}
