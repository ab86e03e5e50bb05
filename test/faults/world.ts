import { chmodSync, mkdirSync, mkdtempSync, openSync, closeSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { enrol } from '#agent/identity/enrol.ts';
import { type Identity, readCandidate, readIdentity } from '#agent/identity/identity.ts';
import { type Child, runChild } from '#test/harness/child.ts';
import { makePostgresDatabase } from '#test/harness/databases.ts';
import { makeLinkPki } from '#test/harness/link-pki.ts';
import { madeOnce } from '#test/harness/made-once.ts';
import { findOwnPostgres, type OwnPostgres } from '#test/harness/postgres-server.ts';
import { type Disk, makeDisk } from './disk.ts';
import { agentsPerWorld, type Plan } from './plan.ts';
import { type Relay, startRelay } from './relay.ts';
import type { ReporterSettings } from './reporter.ts';
import { type FaultyNetwork, startFaultyNetwork } from './tcp-proxy.ts';

/** Soon enough for a test; what an agent has otherwise is 30 s and 15 s. */
export const keepalive = { idleMs: 1_000, answerMs: 500 };

/** A spool that a long partition fills. */
const spoolBytes = 3 * 1024 * 1024;
/** Beyond what the spool takes, so that its own bound comes first. */
const agentDiskMebibytes = 16;
const serverDiskMebibytes = 400;

const anyPort = ['--http', '127.0.0.1:0', '--grpc', '127.0.0.1:0', '--enroll', '127.0.0.1:0'];
const clockPreload = 'test/faults/shift-clock.ts';

const Ready = z.object({ ready: z.literal(true), http: z.string(), grpc: z.string(), enroll: z.string() });
export type Ready = z.infer<typeof Ready>;

/** One agent of a world, and the way from it to the server. */
export interface Actor {
  readonly number: number;
  readonly dataDir: string;
  readonly journal: string;
  /** What its steps have left behind. */
  readonly effects: string;
  readonly identity: Identity;
  readonly network: FaultyNetwork;
  readonly relay: Relay;
  readonly disk: Disk | null;
  child: Child;
  clockByMs: number;
}

/** A server over a database, and agents with a faulty network each, all of them processes that can be killed. */
export interface World {
  readonly actors: readonly Actor[];
  readonly postgres: OwnPostgres | null;
  readonly disk: Disk | null;
  readonly databaseUrl: string | undefined;
  readonly serverData: string;
  /** Processes that ended though nobody made them. */
  readonly surprises: readonly string[];
  server(): { readonly child: Child; readonly ready: Ready };
  /** SIGKILL, and started again. */
  replaceServer(): Promise<void>;
  /** Starts it again where it has ended by itself, which is no surprise while `mayEnd`. */
  ensureServer(): Promise<void>;
  /** From now on the server may end by itself, or may not. */
  allowEnd(mayEnd: 'may end' | 'must live'): void;
  setServerClock(byMs: number): void;
  replaceAgent(actor: Actor, before?: () => void): Promise<void>;
  setAgentClock(actor: Actor, byMs: number): void;
  finish(): void;
  call(method: 'GET' | 'POST', path: string, body?: object): Promise<unknown>;
  close(): Promise<void>;
}

export async function makeWorld(plan: Plan): Promise<World> {
  const cleanups: (() => unknown)[] = [];
  const close = async (): Promise<void> => {
    for (const clean of cleanups.splice(0).toReversed()) await clean();
  };
  try {
    return await build(plan, cleanups, close);
  } catch (error) {
    await close();
    throw error;
  }
}

async function build(plan: Plan, cleanups: (() => unknown)[], close: () => Promise<void>): Promise<World> {
  const folder = mkdtempSync(join(tmpdir(), 'dd0c-faults-'));
  cleanups.push(() => rmSync(folder, { recursive: true, force: true }));
  chmodSync(folder, 0o711); // where root makes a disk, Postgres is another user
  const needs = (whom: 'agent' | 'server'): boolean => plan.events.some(({ trouble }) => trouble.kind === 'disk-full' && trouble.whom === whom);
  const disk = needs('server') ? makeDisk(join(folder, 'disk'), serverDiskMebibytes) : null;
  if (disk !== null) cleanups.push(() => disk.remove());
  const postgres = plan.database === 'postgres' ? ((await findOwnPostgres()?.start(disk?.folder)) ?? null) : null;
  if (postgres !== null) cleanups.push(() => postgres.stop());
  const databaseUrl = postgres === null ? undefined : await makePostgresDatabase(postgres);
  const serverData = postgres === null && disk !== null ? join(disk.folder, 'server') : join(folder, 'server');
  if (postgres === null) await madeOnce('server', serverData, startOnce);

  const surprises: string[] = [];
  const expected = new WeakSet<Child>();
  let serverClockByMs = 0;
  let mayEnd = false;
  let isFinishing = false;
  let isClosed = false;
  const actors: Actor[] = [];
  let current = await startServer();
  cleanups.push(async () => {
    isClosed = true;
    await end(current.child);
  });

  const pki = await makeLinkPki();
  const own = await pki.server();
  for (let number = 0; number < agentsPerWorld; number += 1) await addActor(number);
  leadAll();
  return { actors, postgres, disk, databaseUrl, serverData, surprises, server: () => current, replaceServer, ensureServer, allowEnd, setServerClock, replaceAgent, setAgentClock, finish, call, close };

  async function addActor(number: number): Promise<void> {
    const dataDir = join(folder, `agent-${number}`);
    const agentDisk = needs('agent') ? makeDisk(dataDir, agentDiskMebibytes) : null;
    if (agentDisk !== null) cleanups.push(() => agentDisk.remove());
    else mkdirSync(dataDir);
    const { token } = z.object({ token: z.string() }).parse(await call('POST', '/v1/tokens'));
    await enrol({ server: current.ready.enroll, token, dataDir, hostname: `host-${number}`, version: '0.1.0' });
    const identity = readIdentity(dataDir);
    const network = await startFaultyNetwork();
    const shown = (serial: string): Identity => [readCandidate(dataDir), readIdentity(dataDir)].find((one) => one?.serial === serial) ?? identity;
    const relay = await startRelay({ own, trustBundle: identity.trustBundle, agent: shown });
    cleanups.push(() => relay.close(), () => network.close());
    network.leadTo(relay.address);
    const standing = { number, dataDir, journal: join(folder, `journal-${number}.jsonl`), effects: join(folder, `effects-${number}`), identity, network, relay, disk: agentDisk };
    relay.leadTo(current.ready.grpc);
    const actor: Actor = { ...standing, child: startAgent(standing, 0), clockByMs: 0 };
    actors.push(actor);
    cleanups.push(() => end(actor.child));
  }

  function startAgent({ number, dataDir, journal, effects, network }: Pick<Actor, 'number' | 'dataDir' | 'journal' | 'effects' | 'network'>, clockByMs: number): Child {
    const settings: ReporterSettings = { agent: number, dataDir, address: network.address, alsoTrusted: pki.root, journal, effects, spoolBytes, keepalive, isFinishing };
    const child = runChild('test/faults/reporter.ts', [JSON.stringify(settings)], { DD0C_TEST_CLOCK_BY_MS: String(clockByMs) }, clockPreload);
    watch(child, `agent ${number}`);
    return child;
  }

  async function startServer(): Promise<{ child: Child; ready: Ready }> {
    const env = { DD0C_TEST_CLOCK_BY_MS: String(serverClockByMs), DD0C_LOG_LEVEL: 'info', ...(databaseUrl === undefined ? {} : { DD0C_DATABASE_URL: databaseUrl }) };
    const child = runChild('control-plane/main.ts', ['--data', serverData, ...anyPort], env, clockPreload);
    const isReady = (line: unknown): line is Ready => Ready.safeParse(line).success;
    const ready = await child.says(isReady).catch((error: unknown) => {
      if (!isPassing(child.complaints()) || isClosed) throw error;
      return null;
    });
    if (ready === null) return startServer(); // its supervisor would start it again until its database is there
    watch(child, 'the server');
    return { child, ready };
  }

  function watch(child: Child, name: string): void {
    void remember();

    async function remember(): Promise<void> {
      const code = await child.exited;
      if (expected.has(child) || (mayEnd && name === 'the server')) return;
      surprises.push(`${name} ended by itself (${code}): ${child.complaints().slice(-2_000)}`);
    }
  }

  async function end(child: Child): Promise<void> {
    expected.add(child);
    child.signal('SIGCONT');
    await child.kill();
  }

  async function replaceServer(): Promise<void> {
    await end(current.child);
    current = await startServer();
    leadAll();
  }

  async function ensureServer(): Promise<void> {
    if (await isRunning(current.child)) return;
    current = await startServer();
    leadAll();
  }

  function allowEnd(how: 'may end' | 'must live'): void {
    mayEnd = how === 'may end';
  }

  function leadAll(): void {
    for (const { relay } of actors) relay.leadTo(current.ready.grpc);
  }

  function setServerClock(byMs: number): void {
    serverClockByMs = byMs;
    current.child.tell({ clockByMs: byMs });
  }

  async function replaceAgent(actor: Actor, before = (): void => {}): Promise<void> {
    await end(actor.child);
    before();
    actor.child = startAgent(actor, actor.clockByMs);
  }

  function setAgentClock(actor: Actor, byMs: number): void {
    actor.clockByMs = byMs;
    actor.child.tell({ clockByMs: byMs });
  }

  function finish(): void {
    isFinishing = true;
    for (const { child } of actors) child.tell({ finish: true });
  }

  async function call(method: 'GET' | 'POST', path: string, given: object = {}): Promise<unknown> {
    const authorization = `Bearer ${readFileSync(join(serverData, 'admin-token'), 'utf8').trim()}`;
    const body = method === 'POST' ? { body: JSON.stringify(given) } : {};
    const answer = await fetch(`${current.ready.http}${path}`, { method, headers: { authorization, 'content-type': 'application/json' }, signal: AbortSignal.timeout(10_000), ...body });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    return await answer.json();
  }
}

/** A server's folder as the first start leaves it: making its database takes longer than most runs. */
async function startOnce(folder: string): Promise<void> {
  const child = runChild('control-plane/main.ts', ['--data', folder, ...anyPort]);
  await child.says((line): line is Ready => Ready.safeParse(line).success);
  child.end();
  await child.exited;
}

/** Overwrites the beginning of an agent's spool, as a disk that breaks would. */
export function spoilSpool({ dataDir }: Pick<Actor, 'dataDir'>): void {
  const file = openSync(join(dataDir, 'spool', 'spool.db'), 'r+');
  writeSync(file, Buffer.alloc(2_048, 0xff), 0, 2_048, 0);
  closeSync(file);
}

/** A start that failed only because the database was not there yet, or had no room. */
function isPassing(complaint: string): boolean {
  return /database|folder|held by|ENOSPC/i.test(complaint);
}

async function isRunning(child: Child): Promise<boolean> {
  return (await Promise.race([child.exited.then(() => false), new Promise<boolean>((resolve) => void setImmediate(() => resolve(true)))]));
}
