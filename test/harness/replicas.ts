import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { enrol } from '#agent/identity/enrol.ts';
import type { Identity } from '#agent/identity/identity.ts';
import { makePostgresDatabase } from './databases.ts';
import { asAdmin, type PostgresServer } from './postgres-server.ts';
import { type ServerProcess, startServer } from './server-process.ts';

/** Two servers, each a process of its own, over one database. */
export interface Replicas {
  readonly first: ServerProcess;
  readonly second: ServerProcess;
  /** Another server over the same database. */
  another(): Promise<ServerProcess>;
  enrol(): Promise<Identity>;
  /** Asks the HTTP API of one of them, as the administrator. */
  ask(of: ServerProcess, method: string, path: string): Promise<unknown>;
  /** As the superuser, in their database. */
  sql(statement: string): Promise<readonly Record<string, unknown>[]>;
  stop(): Promise<void>;
}

/** Starts both. The later ones are given the authority of the first, as an administrator would. */
export async function startReplicas(postgres: PostgresServer): Promise<Replicas> {
  const folder = mkdtempSync(join(tmpdir(), 'dd0c-replicas-'));
  const url = await makePostgresDatabase(postgres);
  const env = { DD0C_DATABASE_URL: url };
  const running: ServerProcess[] = [];
  const first = await another();
  const second = await another();
  const token = readFileSync(join(first.ready.data, 'admin-token'), 'utf8').trim();
  let agents = 0;

  return { first, second, another, enrol: enrolOne, ask, sql, stop };

  async function another(): Promise<ServerProcess> {
    const data = join(folder, `server-${running.length + 1}`);
    mkdirSync(data, { mode: 0o700 });
    if (running.length > 0) cpSync(join(folder, 'server-1', 'ca'), join(data, 'ca'), { recursive: true });
    const server = await startServer(data, { env });
    running.push(server);
    return server;
  }

  async function enrolOne(): Promise<Identity> {
    const { token: joinToken } = (await ask(first, 'POST', '/v1/tokens')) as { token: string };
    agents += 1;
    return enrol({ server: first.ready.enroll, token: joinToken, dataDir: join(folder, `agent-${agents}`), hostname: 'host', version: '0.1.0' });
  }

  async function ask(of: ServerProcess, method: string, path: string): Promise<unknown> {
    const body = method === 'POST' ? '{}' : null;
    const answer = await fetch(`${of.ready.http}${path}`, { method, headers: { authorization: `Bearer ${token}`, ...(body !== null && { 'content-type': 'application/json' }) }, body });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
    return text === '' ? null : (JSON.parse(text) as unknown);
  }

  function sql(statement: string): Promise<readonly Record<string, unknown>[]> {
    const admin = new URL(postgres.admin);
    admin.pathname = new URL(url).pathname;
    return asAdmin({ admin }, statement);
  }

  async function stop(): Promise<void> {
    for (const server of running) {
      server.child.kill('SIGCONT'); // one may have been left standing
      await server.end();
    }
    rmSync(folder, { recursive: true, force: true });
  }
}
