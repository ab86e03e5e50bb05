import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { makePostgresDatabase } from '#test/harness/databases.ts';
import { findPostgres, type PostgresServer } from '#test/harness/postgres-server.ts';
import { runToEnd, type ServerProcess, startServer } from '#test/harness/server-process.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const mebibyte = 1_024 ** 2;
const say = (text: string): void => void process.stdout.write(`${text}\n`);

/**
 * What a step writes, on its whole way: scrubbed by the agent, spooled, sent, looked through again and stored by the server.
 * Agent and server are processes of their own, as is Postgres; looked at is what each holds at most.
 */
export async function benchStepOutput(sizes: readonly number[]): Promise<void> {
  if (sizes.length === 0) return;
  await measure('PGlite, in the server', undefined, sizes);
  const postgres = await findPostgres()?.start();
  if (postgres === undefined) return say('no Postgres here: not measured over it');
  try {
    await measure('Postgres', postgres, sizes);
  } finally {
    await postgres.stop();
  }
}

async function measure(database: string, postgres: PostgresServer | undefined, sizes: readonly number[]): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'dd0c-output-'));
  chmodSync(folder, 0o755);
  const server = await startServer(join(folder, 'server'), postgres === undefined ? {} : { env: { DD0C_DATABASE_URL: await makePostgresDatabase(postgres) } });
  const agent = await startAgent(folder, server);
  const dd0c = async (...argv: string[]): Promise<Record<string, unknown>> => call(server, folder, argv);
  try {
    say(`output of steps, server over ${database}: resident MiB before and at most`);
    for (const megabytes of sizes) {
      const name = `write-${megabytes}`;
      writeFileSync(join(folder, `${name}.yaml`), runbookOf(name, megabytes));
      await dd0c('runbooks', 'import', join(folder, `${name}.yaml`));
      await dd0c('runbooks', 'trust', name, 'auto-read');
      const pids = { agent: agent.process.pid ?? 0, server: server.child.pid ?? 0 };
      const before = { agent: residentBytes(pids.agent), server: residentBytes(pids.server) };
      const peak = { ...before };
      const watch = setInterval(() => {
        for (const who of ['agent', 'server'] as const) peak[who] = Math.max(peak[who], residentBytes(pids[who]));
      }, 50);
      const startedAt = performance.now();
      const standing = await run(dd0c, name, agent.id).finally(() => clearInterval(watch));
      const seconds = (performance.now() - startedAt) / 1_000;
      const of = (who: 'agent' | 'server'): string => `${who} ${Math.round(before[who] / mebibyte)} to ${Math.round(peak[who] / mebibyte)}`;
      say(`  ${String(megabytes).padStart(4)} MB: ${of('agent')}, ${of('server')}; ${standing} after ${seconds.toFixed(1)} s`);
    }
  } finally {
    agent.process.kill();
    await once(agent.process, 'exit');
    await server.end();
    rmSync(folder, { recursive: true, force: true });
  }
}

type Dd0c = (...argv: string[]) => Promise<Record<string, unknown>>;

async function run(dd0c: Dd0c, name: string, agent: string): Promise<string> {
  const { id } = await dd0c('executions', 'start', name, '--agent', agent);
  for (;;) {
    const { standing } = await dd0c('executions', 'show', String(id));
    if (standing !== 'running') return String(standing);
    await pause(500);
  }
}

async function startAgent(folder: string, server: ServerProcess) {
  mkdirSync(join(folder, 'nothing'));
  writeFileSync(join(folder, 'dd0c.yaml'), `version: 1\nscan: { paths: [${join(folder, 'nothing')}], interval: 1d }\nrunbooks: { enabled: true, programs: ['*'], limits: { output: 1GiB } }\n`, { mode: 0o600 });
  const { token } = await call(server, folder, ['tokens', 'create']);
  const run = (args: readonly string[]) => spawn(process.execPath, [join(root, 'agent/main.ts'), ...args, '--data', join(folder, 'agent')], { cwd: folder, stdio: ['pipe', 'pipe', 'inherit'], env: { PATH: process.env['PATH'], HOME: folder } });
  const enrolling = run(['enroll', '--server', server.ready.enroll, '--ca-pin', server.ready.caPin, '--token-file', '-']);
  enrolling.stdin.end(String(token));
  await once(enrolling, 'exit');
  const agent = run(['run', '--config', join(folder, 'dd0c.yaml')]);
  const [line]: unknown[] = await once(createInterface(agent.stdout), 'line');
  return { process: agent, id: (JSON.parse(String(line)) as { readonly agent: string }).agent };
}

async function call(server: ServerProcess, folder: string, argv: readonly string[]): Promise<Record<string, unknown>> {
  const { code, out, err } = await runToEnd('control-plane/cli/main.ts', [...argv, '--server', server.ready.http, '--token-file', join(folder, 'server', 'admin-token'), '--json']);
  if (code !== 0) throw new Error(`dd0c ${argv.join(' ')}: ${err}`);
  return JSON.parse(out.trim().split('\n').at(-1) ?? '{}') as Record<string, unknown>;
}

function runbookOf(name: string, megabytes: number): string {
  return `name: ${name}
title: Write much
steps:
  - id: write
    script: |
      yes 'the quick brown fox jumps over the lazy dog, password=Zk9$wq1LpX and goes on' | head -c ${megabytes * 1_000_000}
    output: 1GiB
    expect: { exit: [0, 141] }
    timeout: 20m
`;
}

function residentBytes(pid: number): number {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) * 1_024;
}
