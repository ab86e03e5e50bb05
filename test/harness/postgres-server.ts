import { spawn, spawnSync } from 'node:child_process';
import { chownSync, cpSync, existsSync, lchownSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { madeOnce } from './made-once.ts';

/** A Postgres server that tests may make roles and databases in. */
export interface PostgresServer {
  /** The superuser's address. */
  readonly admin: URL;
  /** Databases that tests have made there, each with a role of the same name. */
  readonly made: string[];
  stop(): Promise<void>;
}

/** A server of our own, which can be killed: a supervisor starts it again, on the files that it left. */
export interface OwnPostgres extends PostgresServer {
  /** SIGKILL: to one process that serves a connection of somebody else's, or to all of it. */
  kill(part: 'backend' | 'all'): Promise<void>;
}

/** Where a server comes from. */
export interface PostgresSource {
  start(): Promise<PostgresServer>;
}

/** Where a server of our own comes from; its files lie under `parent`, by default where temporary files do. */
export interface OwnPostgresSource {
  start(parent?: string): Promise<OwnPostgres>;
}

/** What there is here, or null: the server of DD0C_TEST_DATABASE_URL, or the programs of an installed Postgres. */
export function findPostgres(): PostgresSource | null {
  const given = process.env['DD0C_TEST_DATABASE_URL'];
  return given === undefined || given === '' ? findOwnPostgres() : { start: async () => givenServer(new URL(given)) };
}

/** As `findPostgres`, but a server of our own, with which tests may do what would harm others; `settings` as in its file. */
export function findOwnPostgres(...settings: readonly string[]): OwnPostgresSource | null {
  const programs = findPrograms();
  return programs === null ? null : { start: (parent = tmpdir()) => startCluster(programs, parent, settings) };
}

/** Runs statements one by one as the superuser, and answers the rows of the last. */
export async function asAdmin(server: Pick<PostgresServer, 'admin'>, ...statements: readonly string[]): Promise<readonly Record<string, unknown>[]> {
  const client = new Client({ connectionString: server.admin.href });
  await client.connect();
  try {
    let rows: readonly Record<string, unknown>[] = [];
    for (const statement of statements) ({ rows } = await client.query(statement));
    return rows;
  } finally {
    await client.end();
  }
}

/** Somebody's server: what tests made there goes when they end. */
function givenServer(admin: URL): PostgresServer {
  const made: string[] = [];
  const drop = (name: string): readonly string[] => [`drop database if exists ${name} with (force)`, `drop role if exists ${name}`];
  return { admin, made, stop: async () => void (await asAdmin({ admin }, ...made.flatMap(drop))) };
}

function findPrograms(): string | null {
  const packaged = '/usr/lib/postgresql';
  const versions = existsSync(packaged) ? readdirSync(packaged).sort((a, b) => Number(b) - Number(a)) : [];
  const folders = [...(process.env['PATH'] ?? '').split(':'), ...versions.map((version) => join(packaged, version, 'bin'))];
  return folders.find((folder) => existsSync(join(folder, 'initdb')) && existsSync(join(folder, 'postgres'))) ?? null;
}

/** Runs its arguments until standard input ends, however often they die, and then clears its folder. */
const supervisor = `
(while ! [ -e ending ]; do "$@" 2>>log & echo $! >pid; wait $!; [ -e ending ] || sleep 0.1; done) & loop=$!
cat >/dev/null
touch ending
while kill -0 $loop 2>/dev/null; do kill -QUIT $(cat pid) 2>/dev/null; sleep 0.05; done
cd /; rm -rf "$0"`;

/**
 * A cluster of its own in a temporary folder, reached by a socket there. A shell stands over it that ends it and clears
 * the folder when this process closes the pipe, by stopping or by dying, so that no server is left behind.
 */
async function startCluster(programs: string, parent: string, settings: readonly string[]): Promise<OwnPostgres> {
  const user = plainUser();
  const as = user ?? {};
  const folder = mkdtempSync(join(parent, 'dd0c-pg-'));
  await madeOnce('postgres', join(folder, 'data'), (data) => initialise(programs, data));
  if (user !== null) chown(folder, user);

  const keeper = spawn(
    '/bin/sh',
    ['-c', supervisor, folder,
      join(programs, 'postgres'), '-D', join(folder, 'data'), '-h', '', '-k', folder, '-F', '-c', 'shared_buffers=32MB', ...settings.flatMap((setting) => ['-c', setting])],
    { ...as, cwd: folder, stdio: ['pipe', 'ignore', 'ignore'] },
  );
  const ended = new Promise<void>((resolve) => { keeper.on('close', () => { resolve(); }); });
  const server: OwnPostgres = {
    admin: new URL(`postgres://admin@${encodeURIComponent(folder)}/postgres`),
    made: [],
    async kill(part) {
      const pids = part === 'all' ? processesOf(folder) : await backendsOf(server);
      for (const pid of pids) killIfThere(pid);
    },
    async stop() {
      keeper.stdin.end();
      await ended;
    },
  };
  await accepting(server, join(folder, 'log'));
  return server;
}

/** The server and what it has started. */
function processesOf(folder: string): readonly number[] {
  const first = Number(readFileSync(join(folder, 'pid'), 'utf8'));
  const list = `/proc/${first}/task/${first}/children`;
  const others = existsSync(list) ? readFileSync(list, 'utf8').trim().split(' ').filter(Boolean).map(Number) : []; // elsewhere they end when they miss it
  return [first, ...others];
}

/** One that serves a connection which is not the superuser's. */
async function backendsOf(server: Pick<PostgresServer, 'admin'>): Promise<readonly number[]> {
  const rows = await asAdmin(server, "select pid from pg_stat_activity where backend_type = 'client backend' and usename <> 'admin' limit 1");
  return rows.map(({ pid }) => Number(pid));
}

function killIfThere(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // it has ended
  }
}

/** The same for every cluster of a run, so it is made in a folder of its own, as a user whom it lets. */
function initialise(programs: string, data: string): void {
  const user = plainUser();
  const folder = mkdtempSync(join(tmpdir(), 'dd0c-pg-'));
  if (user !== null) chown(folder, user);
  try {
    const made = spawnSync(join(programs, 'initdb'), ['-D', join(folder, 'data'), '-U', 'admin', '-A', 'trust', '-E', 'UTF8', '--no-locale', '--no-sync'], { ...user, cwd: folder, encoding: 'utf8' });
    if (made.status !== 0) throw new Error(`initdb failed: ${made.stderr}${made.stdout}`);
    cpSync(join(folder, 'data'), data, { recursive: true });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function chown(folder: string, { uid, gid }: { uid: number; gid: number }): void {
  chownSync(folder, uid, gid);
  for (const entry of readdirSync(folder, { recursive: true, encoding: 'utf8' })) lchownSync(join(folder, entry), uid, gid);
}

/** Postgres refuses to run as root: an unprivileged user of this machine, or null where we already are one. */
function plainUser(): { uid: number; gid: number } | null {
  if (process.getuid?.() !== 0) return null;
  const number = (flag: string, name: string): number => Number.parseInt(spawnSync('id', [flag, name], { encoding: 'utf8' }).stdout, 10);
  const name = ['postgres', 'nobody'].find((user) => !Number.isNaN(number('-u', user))) ?? 'nobody';
  return { uid: number('-u', name), gid: number('-g', name) };
}

async function accepting(server: PostgresServer, log: string): Promise<void> {
  const until = Date.now() + 30_000;
  for (;;) {
    try {
      await asAdmin(server, 'select 1');
      return;
    } catch (error) {
      if (Date.now() > until) {
        const said = readFileSync(log, 'utf8');
        await server.stop();
        throw new Error(`Postgres did not start: ${said}`, { cause: error });
      }
      await new Promise((resolve) => { setTimeout(resolve, 50); });
    }
  }
}
