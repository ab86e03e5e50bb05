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

/** Where a server comes from. */
export interface PostgresSource {
  start(): Promise<PostgresServer>;
}

/** What there is here, or null: the server of DD0C_TEST_DATABASE_URL, or the programs of an installed Postgres. */
export function findPostgres(): PostgresSource | null {
  const given = process.env['DD0C_TEST_DATABASE_URL'];
  return given === undefined || given === '' ? findOwnPostgres() : { start: async () => givenServer(new URL(given)) };
}

/** As `findPostgres`, but a server of our own, with which tests may do what would harm others. */
export function findOwnPostgres(): PostgresSource | null {
  const programs = findPrograms();
  return programs === null ? null : { start: () => startCluster(programs) };
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

/**
 * A cluster of its own in a temporary folder, reached by a socket there. A shell stands over it that ends it and clears
 * the folder when this process closes the pipe, by stopping or by dying, so that no server is left behind.
 */
async function startCluster(programs: string): Promise<PostgresServer> {
  const user = plainUser();
  const as = user ?? {};
  const folder = mkdtempSync(join(tmpdir(), 'dd0c-pg-'));
  await madeOnce('postgres', join(folder, 'data'), (data) => initialise(programs, data));
  if (user !== null) chown(folder, user);

  const keeper = spawn(
    '/bin/sh',
    ['-c', '"$@" 2>log & server=$!; cat >/dev/null; kill -QUIT $server; wait $server; cd /; rm -rf "$0"', folder,
      join(programs, 'postgres'), '-D', join(folder, 'data'), '-h', '', '-k', folder, '-F', '-c', 'shared_buffers=32MB'],
    { ...as, cwd: folder, stdio: ['pipe', 'ignore', 'ignore'] },
  );
  const ended = new Promise<void>((resolve) => { keeper.on('close', () => { resolve(); }); });
  const server = {
    admin: new URL(`postgres://admin@${encodeURIComponent(folder)}/postgres`),
    made: [],
    async stop() {
      keeper.stdin.end();
      await ended;
    },
  };
  await accepting(server, join(folder, 'log'));
  return server;
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
