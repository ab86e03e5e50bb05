import { type ChildProcess, spawn } from 'node:child_process';
import { openSync } from 'node:fs';
import { connect } from 'node:net';
import { fileURLToPath } from 'node:url';
import type { EscapeCase, Way } from './case.ts';
import { fill, type Scene, type Words } from './scene.ts';

/** How `dd0c-agent sandbox run` ended. */
export interface Ended {
  readonly out: string;
  readonly err: string;
  /** Both, without the report. */
  readonly all: string;
  readonly report: { readonly tier: number; readonly exit: number | null; readonly signal: string | null; readonly limit: string | null } | null;
  readonly seconds: number;
}

const agent = fileURLToPath(new URL('../../../agent/main.ts', import.meta.url));
const proxyNames = ['allowed.test', '*.allowed.test'];

export interface AgentRun {
  readonly found: EscapeCase;
  readonly way: Way;
  readonly scene: Scene;
  readonly words: Words;
  readonly script: string;
  /** Where the script lies in the bed. */
  readonly scriptFile: string;
  /** An executable to use in place of the source. */
  readonly executable: string | null;
}

/** Runs a script as a step, as a careless parent would start the agent: secrets around, descriptors left open. */
export async function runAgent({ found, way, scene, words, scriptFile, executable }: AgentRun): Promise<Ended> {
  const began = performance.now();
  const command = [...(executable === null ? [process.execPath, agent] : [executable]), ...optionsOf(found, way, scene, words), '--', 'bash', scriptFile];
  const key = openSync(`${scene.state}/agent.key`, 'r');
  const socket = connect(Number(words['TCP_PORT']), '127.0.0.1');
  await new Promise((resolve) => void socket.once('connect', resolve));
  const env = { PATH: '/usr/bin:/bin', HOME: scene.home, AGENT_SECRET: scene.secret, AWS_SECRET_ACCESS_KEY: scene.secret, DATABASE_URL: `postgres://u:${scene.secret}@db/x`, GRANTED_SECRET: scene.granted };
  const child = found.tty ? onTerminal(command, scene, env) : plainly(command, scene, env, key, socket);
  const [out, err] = [gather(child.stdout), gather(child.stderr)];
  const hardStop = setTimeout(() => child.kill('SIGKILL'), (found.wall_s + 25) * 1000);
  await new Promise((resolve) => void child.once('close', resolve));
  clearTimeout(hardStop);
  socket.destroy();
  const seconds = Math.round(performance.now() - began) / 1000;
  return endedFrom(out(), err(), seconds, found.tty);
}

function optionsOf({ wall_s, limits, step_env, step_env_granted, net_mode, allow_domains, check }: EscapeCase, { tier, launcher = 'cold' }: Way, { work }: Scene, words: Words): readonly string[] {
  const isWarm = launcher === 'warm';
  const own = check.includes('workdir_removed') || (isWarm && tier === 1);
  const names = allow_domains ?? proxyNames;
  const net = net_mode === 'proxy' && names.length > 0 ? names.flatMap((name) => [`${name}:80`, `${name}:443`]).join(',') : 'none';
  return [
    'sandbox', 'run', '--report', 'json', '--tier', String(tier), '--timeout', String(wall_s), '--net', net,
    ...(own ? [] : ['--workdir', work]),
    ...(isWarm ? ['--warm'] : []),
    ...(limits.memory_mb === undefined ? [] : ['--memory', String(limits.memory_mb)]),
    ...(limits.pids === undefined ? [] : ['--pids', String(limits.pids)]),
    ...(limits.disk_mb === undefined ? [] : ['--disk', String(limits.disk_mb)]),
    ...(limits.output_kb === undefined ? [] : ['--output-limit', String(limits.output_kb * 1024)]),
    ...Object.entries(step_env).flatMap(([name, value]) => ['--env', `${name}=${fill(value, words)}`]),
    ...step_env_granted.flatMap((name) => ['--env', name]),
  ];
}

type Env = Readonly<Record<string, string>>;

function plainly([command = '', ...args]: readonly string[], { uid }: Scene, env: Env, key: number, socket: ReturnType<typeof connect>): ChildProcess {
  const idle = Array.from({ length: 13 }, () => 'ignore' as const);
  return spawn(command, args, { uid, gid: uid, env, cwd: '/', stdio: ['ignore', 'pipe', 'pipe', 'ignore', ...idle, key, socket] });
}

/** With a terminal that it controls. */
function onTerminal(command: readonly string[], { uid }: Scene, env: Env): ChildProcess {
  const quoted = command.map((word) => `'${word.replaceAll("'", `'\\''`)}'`).join(' ');
  return spawn('script', ['-qefc', quoted, '/dev/null'], { uid, gid: uid, env, cwd: '/tmp', stdio: ['ignore', 'pipe', 'pipe'] });
}

function gather(stream: ChildProcess['stdout']): () => string {
  const pieces: Buffer[] = [];
  stream?.on('data', (bytes: Buffer) => pieces.push(bytes));
  return () => Buffer.concat(pieces).toString('utf8');
}

function endedFrom(out: string, err: string, seconds: number, tty: boolean): Ended {
  const lines = (tty ? out.replaceAll('\r\n', '\n') : err).trimEnd().split('\n');
  const last = lines.pop() ?? '';
  try {
    const report = JSON.parse(last) as Ended['report'];
    const rest = lines.join('\n');
    return { out: tty ? rest : out, err: tty ? '' : rest, all: tty ? rest : `${out}${rest}`, report, seconds };
  } catch {
    return { out, err, all: `${out}${err}`, report: null, seconds };
  }
}
