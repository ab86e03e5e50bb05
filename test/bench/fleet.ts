import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { Client } from 'pg';
import { runChild } from '#test/harness/child.ts';
import { makePostgresDatabase } from '#test/harness/databases.ts';
import { findOwnPostgres, type PostgresServer } from '#test/harness/postgres-server.ts';
import { type ServerProcess, startServer } from '#test/harness/server-process.ts';
import { type Fleet, makeFleet } from './fleet-agents.ts';
import { type Crowd, gather } from './fleet-crowd.ts';
import { postgresMs, processorMs } from './processor-time.ts';

/** So long nothing happens before memory is read. */
const settleMs = 20_000;

/**
 * What one server carries, beside a bare grpc-js server that holds the same streams in the same run; and how soon commands
 * and revocations reach agents, on the same server and on another one.
 */
export async function benchFleet(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: { agents: { type: 'string', default: '10000' }, commands: { type: 'string', default: '1000' }, part: { type: 'string', default: 'all' } },
  });
  const [agents, commands] = [Number(values.agents), Number(values.commands)];
  const postgres = findOwnPostgres('track_commit_timestamp=on', 'max_connections=100');
  if (postgres === null) return print('not run: no Postgres server found');
  const server = await postgres.start();
  const folder = mkdtempSync(join(tmpdir(), 'dd0c-fleet-'));
  const url = await makePostgresDatabase(server);
  const admin = new URL(server.admin);
  admin.pathname = new URL(url).pathname;
  try {
    const first = await serve(join(folder, 'first'), url);
    const fleet = await makeFleet(url, { data: first.ready.data, count: Math.max(agents, commands) });
    if (values.part !== 'commands') await benchHolding(fleet, { agents, first, url, postgres: server });
    else await first.end();
    if (values.part !== 'hold') await benchReaching(fleet, { count: commands, folder, url, admin });
  } finally {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** How many streams fit into memory, and how soon all are back after the server was killed. */
async function benchHolding(fleet: Fleet, { agents, first, url, postgres }: { readonly agents: number; readonly first: ServerProcess; readonly url: string; readonly postgres: PostgresServer }): Promise<void> {
  await first.end();
  const bare = await hold(fleet, { count: agents, postgres }, async (address) => {
    const child = runChild('test/bench/fleet-bare.ts', [JSON.stringify({ ...fleet.bare, address })]);
    const { listening } = await child.says((line): line is { listening: string } => typeof line === 'object' && line !== null && 'listening' in line);
    return { pid: child.pid, address: listening, kill: child.kill };
  });
  const ours = await hold(fleet, { count: agents, postgres }, async (address) => {
    const server = await serve(first.ready.data, url, address);
    return { pid: server.child.pid ?? 0, address: server.ready.grpc, kill: async () => void (await server.end('SIGKILL')) };
  });

  print(`${agents.toLocaleString('en')} agents on one server`);
  print(`                                 bare grpc-js      dd0c    ratio`);
  print(`  memory an agent, KB          ${told(bare.bytesEach / 1_024)} ${told(ours.bytesEach / 1_024)}   ${ratio(ours.bytesEach, bare.bytesEach)}`);
  print(`  memory of the server, MB     ${told(bare.rss / 1_048_576)} ${told(ours.rss / 1_048_576)}`);
  print(`  all connected after, s       ${told(bare.connectedMs / 1_000)} ${told(ours.connectedMs / 1_000)}   ${ratio(ours.connectedMs, bare.connectedMs)}`);
  print(`  all back after a kill, s     ${told(bare.backMs / 1_000)} ${told(ours.backMs / 1_000)}   ${ratio(ours.backMs, bare.backMs)}`);
  print(`  its processor, ms a return   ${told(bare.backCpuMs)} ${told(ours.backCpuMs)}   ${ratio(ours.backCpuMs, bare.backCpuMs)}`);
  print(`  the database’s, ms a return  ${''.padStart(9)} ${told(ours.backDatabaseMs)}`);
  print(`  heartbeats meanwhile, p99 ms ${told(quantile(bare.beats, 0.99))} ${told(quantile(ours.beats, 0.99))}   of ${bare.beats.length} and ${ours.beats.length}`);
  print(`  heartbeats at rest, p99 ms   ${told(quantile(bare.calm, 0.99))} ${told(quantile(ours.calm, 0.99))}\n`);
}

interface Held {
  readonly bytesEach: number;
  readonly rss: number;
  readonly connectedMs: number;
  readonly backMs: number;
  /** Of the server's process, for each agent that came back; other work on the machine does not blur it. */
  readonly backCpuMs: number;
  /** Of the database's processes. */
  readonly backDatabaseMs: number;
  readonly beats: readonly number[];
  readonly calm: readonly number[];
}

interface Holder {
  readonly pid: number;
  readonly address: string;
  readonly kill: () => Promise<void>;
}

async function hold(fleet: Fleet, { count, postgres }: { readonly count: number; readonly postgres: PostgresServer }, start: (address: string) => Promise<Holder>): Promise<Held> {
  let holder = await start('127.0.0.1:0');
  const warm = gather(fleet, { address: holder.address, count: Math.min(200, count) });
  await warm.allLive();
  await warm.end();
  await sleep(5_000);
  const before = rssOf(holder.pid);
  const begun = wallClock();
  const crowd = gather(fleet, { address: holder.address, count });
  const connectedMs = (await crowd.allLive()) - begun;
  await sleep(settleMs);
  const rss = rssOf(holder.pid);
  const { ms: calm } = await crowd.beats();

  const gone = allGone(crowd, count);
  await holder.kill();
  await gone;
  crowd.forget();
  const back = crowd.allLive();
  holder = await start(holder.address);
  const again = wallClock();
  const [idleCpuMs, idleDatabaseMs] = [processorMs(holder.pid), postgresMs(postgres)];
  const backMs = (await back) - again;
  const backCpuMs = (processorMs(holder.pid) - idleCpuMs) / count;
  const backDatabaseMs = (postgresMs(postgres) - idleDatabaseMs) / count;
  const { ms: beats } = await crowd.beats();
  await crowd.end();
  await holder.kill();
  return { bytesEach: (rss - before) / count, rss, connectedMs, backMs, backCpuMs, backDatabaseMs, beats, calm };
}

function allGone(crowd: Crowd, count: number): Promise<void> {
  let dead = 0;
  return new Promise((resolve) => {
    crowd.hear('dead', () => {
      dead += 1;
      if (dead === count) resolve();
    });
  });
}

/** How soon a command reaches an agent after the database committed it, and how soon a revoked one's stream is dead. */
async function benchReaching(fleet: Fleet, { count, folder, url, admin }: { readonly count: number; readonly folder: string; readonly url: string; readonly admin: URL }): Promise<void> {
  const first = await serve(join(folder, 'first'), url);
  const second = await serve(join(folder, 'second'), url, '127.0.0.1:0', first.ready.data);
  const token = readFileSync(join(first.ready.data, 'admin-token'), 'utf8').trim();
  const database = new Client({ connectionString: admin.href });
  await database.connect();

  for (const [where, holder] of [['on the same server', first], ['on another server', second]] as const) {
    const crowd = gather(fleet, { address: holder.ready.grpc, count, heartbeatMs: 2_000 });
    await crowd.allLive();
    crowd.forget();
    const ms = await command(crowd);
    const { ms: pings } = await crowd.beats();
    print(`command to one of ${count} agents ${where}: over the commit p50 ${told(quantile(ms, 0.5))} ms, p99 ${told(quantile(ms, 0.99))} ms, most ${told(Math.max(...ms))} ms`);
    print(`  a bare ping meanwhile: p50 ${told(quantile(pings, 0.5))} ms, p99 ${told(quantile(pings, 0.99))} ms`);
    await crowd.end();
    await database.query('update dd0c.agent_order set delivered_at = now()');
  }
  const crowd = gather(fleet, { address: second.ready.grpc, count });
  await crowd.allLive();
  for (const [where, asked, from] of [['on another server', first, 0], ['on the same server', second, count / 2]] as const) {
    const ms = await revoke(crowd, asked, from);
    print(`revocation at ${count} agents ${where}: asked to dead p50 ${told(quantile(ms, 0.5))} ms, p99 ${told(quantile(ms, 0.99))} ms, most ${told(Math.max(...ms))} ms`);
  }
  await crowd.end();
  await database.end();
  await first.end();
  await second.end();

  async function command(crowd: Crowd): Promise<readonly number[]> {
    const arrived = new Map<string, number>();
    crowd.hear('order', ({ id, atMs }) => arrived.set(id, atMs));
    const ids: string[] = [];
    for (const agent of fleet.ids.slice(0, count)) {
      const answer = (await ask(first, `/v1/agents/${agent}/scan`)) as { orders: { id: string }[] };
      ids.push(answer.orders[0]?.id ?? '');
      await sleep(10);
    }
    await until(() => arrived.size === count);
    const { rows } = await database.query<{ id: string; ms: string }>('select id, extract(epoch from pg_xact_commit_timestamp(xmin)) * 1000 as ms from dd0c.agent_order where id = any($1)', [ids]);
    return rows.map(({ id, ms }) => (arrived.get(id) ?? Number.NaN) - Number(ms));
  }

  async function revoke(crowd: Crowd, asked: ServerProcess, from: number): Promise<readonly number[]> {
    const died = new Map<number, number>();
    const begun = new Map<number, number>();
    crowd.hear('dead', ({ agent, atMs }) => {
      if (!died.has(agent)) died.set(agent, atMs);
    });
    for (let agent = from; agent < from + count / 2; agent += 1) {
      begun.set(agent, wallClock());
      await ask(asked, `/v1/certificates/${fleet.serials[agent] ?? ''}/revoke`);
      await sleep(10);
    }
    await until(() => begun.keys().every((agent) => died.has(agent)));
    return [...begun].map(([agent, at]) => (died.get(agent) ?? Number.NaN) - at);
  }

  async function ask(of: ServerProcess, path: string): Promise<unknown> {
    const answer = await fetch(`${of.ready.http}${path}`, { method: 'POST', headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' }, body: '{}' });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return await answer.json();
  }
}

async function serve(data: string, url: string, address = '127.0.0.1:0', keysOf?: string): Promise<ServerProcess> {
  mkdirSync(data, { recursive: true, mode: 0o700 });
  const sealed = keysOf === undefined ? [] : ['--seal-key', join(keysOf, 'ca', 'seal.key')];
  return startServer(data, { args: ['--log-level', 'error', '--grpc', address, ...sealed], env: { DD0C_DATABASE_URL: url } });
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await sleep(20);
}

function rssOf(pid: number): number {
  return 1_024 * Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);
}

/** As the processes of the load tell it. */
function wallClock(): number {
  return performance.timeOrigin + performance.now();
}

function quantile(values: readonly number[], share: number): number {
  return values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? Number.NaN;
}

function ratio(ours: number, bare: number): string {
  return (ours / bare).toFixed(2);
}

function told(value: number): string {
  return (value < 100 ? value.toFixed(1) : Math.round(value).toLocaleString('en')).padStart(9);
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
