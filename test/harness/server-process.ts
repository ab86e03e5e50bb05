import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** What the ready line says. */
export interface Ready {
  readonly ready: true;
  readonly http: string;
  readonly grpc: string;
  readonly enroll: string;
  readonly caPin: string;
  readonly data: string;
}

/** A server as a process of its own. */
export interface ServerProcess {
  readonly child: ChildProcess;
  readonly ready: Ready;
  /** Everything that it has written, once it has ended. */
  readonly output: Promise<{ readonly out: string; readonly err: string }>;
  /** Sends the signal and answers the exit code, or the signal that ended it. */
  end(signal?: NodeJS.Signals): Promise<number | NodeJS.Signals | null>;
}

/** How a program ended, and what it said. */
export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

const anyPort = ['--http', '127.0.0.1:0', '--grpc', '127.0.0.1:0', '--enroll', '127.0.0.1:0'];

/** Starts the server on free ports and waits for its ready line. */
export async function startServer(data: string, { args = [], env = {} }: { readonly args?: readonly string[]; readonly env?: Record<string, string> } = {}): Promise<ServerProcess> {
  const child = run('control-plane/main.ts', ['--data', data, ...anyPort, ...args], env);
  const output = Promise.all([text(child.stdout), text(child.stderr)]).then(([out, err]) => ({ out, err }));
  const [line]: unknown[] = await Promise.race([once(createInterface(child.stdout), 'line'), output.then(({ err }) => Promise.reject(new Error(`ended before it was ready: ${err}`)))]);
  return {
    child,
    ready: JSON.parse(String(line)) as Ready,
    output,
    async end(signal = 'SIGTERM') {
      if (child.exitCode === null && child.signalCode === null) {
        child.kill(signal);
        await once(child, 'exit');
      }
      return child.exitCode ?? child.signalCode;
    },
  };
}

/** Runs one of the programs to its end. */
export async function runToEnd(program: 'control-plane/main.ts' | 'control-plane/cli/main.ts', args: readonly string[], { env = {}, cwd = root, input = '' } = {}): Promise<Ended> {
  const child = run(program, args, env, cwd);
  child.stdin.end(input);
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')]);
  return { code: child.exitCode, out, err };
}

function run(program: string, args: readonly string[], env: Record<string, string>, cwd = root) {
  const inherited = { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '' };
  return spawn(process.execPath, [join(root, 'pinned.mjs'), program, ...args], { cwd, env: { ...inherited, ...env } });
}
