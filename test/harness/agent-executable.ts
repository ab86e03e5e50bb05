import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { join } from 'node:path';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Why the executable cannot be built and run here, or null. */
export const notBuildable = whyNotBuildable();

function whyNotBuildable(): string | null {
  if (process.platform !== 'linux' || process.arch !== 'x64') return `the executable for linux-x64, on ${process.platform}-${process.arch}`;
  const bundler = ['gnu', 'musl'].some((libc) => existsSync(join(root, 'node_modules/@rolldown', `binding-linux-x64-${libc}`, 'package.json')));
  return bundler ? null : 'the native part of the bundler, which npm leaves out on a Node older than 20.19';
}

/** Builds the executable for this platform into the folder and answers its path. */
export async function buildAgent(folder: string): Promise<string> {
  await promisify(execFile)(process.execPath, [join(root, 'agent', 'executable', 'build.ts'), '--target', 'linux-x64', '--out', folder], { cwd: root });
  return join(folder, 'dd0c-agent-linux-x64');
}

/** How a run ended, and what it said. */
export interface Told {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export interface Given {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string;
}

/** Runs the executable to its end, with nothing of this process's environment. */
export async function runAgent(executable: string, args: readonly string[], { cwd = root, env = {}, input = '' }: Given = {}): Promise<Told> {
  const child = spawn(executable, args, { cwd, env: { HOME: '/nonexistent', ...env } });
  child.stdin.on('error', () => {}); // it may end without reading
  child.stdin.end(input);
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')]);
  return { code: child.exitCode, out, err };
}

/** The agent as a service, connected. */
export interface AgentService {
  readonly ready: unknown;
  /** Resolves when it has logged a line with this message. */
  logs(message: string): Promise<void>;
  /** SIGTERM; answers how it ended. */
  end(): Promise<Told>;
}

/** Starts `run` and waits for the ready line. */
export async function startAgent(executable: string, args: readonly string[]): Promise<AgentService> {
  const child = spawn(executable, ['run', ...args], { env: { HOME: '/nonexistent' } });
  const output = Promise.all([text(child.stdout), text(child.stderr)]);
  const lines = createInterface(child.stderr);
  const logged = new Set<string>();
  lines.on('line', (line) => logged.add(messageOf(line)));
  const [line]: unknown[] = await Promise.race([once(createInterface(child.stdout), 'line'), output.then(([, err]) => Promise.reject(new Error(`ended before it was ready: ${err}`)))]);
  return {
    ready: JSON.parse(String(line)),
    async logs(message) {
      while (!logged.has(message)) await once(lines, 'line');
    },
    async end() {
      child.kill('SIGTERM');
      await once(child, 'exit');
      const [out, err] = await output;
      return { code: child.exitCode, out, err };
    },
  };
}

function messageOf(line: string): string {
  const parsed: unknown = JSON.parse(line);
  return typeof parsed === 'object' && parsed !== null && 'msg' in parsed ? String(parsed.msg) : '';
}

/** A file of the project's examples, absolute. */
export function example(...names: readonly string[]): string {
  const path = join(root, 'examples', ...names);
  if (!existsSync(path)) throw new Error(`there is no example ${path}`);
  return path;
}
