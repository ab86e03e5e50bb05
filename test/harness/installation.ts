import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { directly } from '#agent/dial/dialler.ts';
import { createLink } from '#agent/cli/run/link.ts';
import { enrol } from '#agent/identity/enrol.ts';
import { type Identity, readIdentity } from '#agent/identity/identity.ts';
import { createIdentityKeeper, type IdentityKeeper } from '#agent/identity/keeper.ts';
import { openSpool, type Spool } from '#agent/spool/spool.ts';
import type { Uplink } from '#agent/uplink/uplink.ts';
import { readServerArguments } from '#control-plane/config/server-arguments.ts';
import { createLog } from '#control-plane/log.ts';
import { type ControlPlane, startControlPlane } from '#control-plane/start.ts';

/** A whole control plane in this process, as its program starts it. */
export interface Installation {
  readonly plane: ControlPlane;
  readonly data: string;
  readonly told: readonly { readonly msg: string; readonly fault?: string; readonly [key: string]: unknown }[];
  /** Asks its HTTP API as the administrator; answers status and body. */
  ask(method: string, path: string, body?: unknown): Promise<{ readonly status: number; readonly body: unknown }>;
  /** Enrols a host into a folder of its own, and answers that. */
  enrol(name: string): Promise<string>;
  stop(): Promise<void>;
}

/** Starts one on free ports, or on those of an earlier one. */
export async function startInstallation({ data = mkdtempSync(join(tmpdir(), 'dd0c-server-')), args = [], ports = {} }: { readonly data?: string; readonly args?: readonly string[]; readonly ports?: { readonly grpc?: string; readonly enroll?: string } } = {}): Promise<Installation> {
  const told: { msg: string; fault?: string }[] = [];
  const command = readServerArguments(['--data', data, '--http', '127.0.0.1:0', '--grpc', ports.grpc ?? '127.0.0.1:0', '--enroll', ports.enroll ?? '127.0.0.1:0', ...args], {});
  if (command.kind !== 'start') throw new Error('no server');
  const plane = await startControlPlane(command.config, createLog('info', { write: (line) => void told.push(JSON.parse(line)) }));
  const token = (): string => readFileSync(join(data, 'admin-token'), 'utf8').trim();
  return { plane, data, told, ask, enrol: enrolHost, stop: () => plane.stop() };

  async function ask(method: string, path: string, body?: unknown): Promise<{ status: number; body: unknown }> {
    const answer = await fetch(`${plane.ready.http}${path}`, {
      method,
      headers: { authorization: `Bearer ${token()}`, ...(body !== undefined && { 'content-type': 'application/json' }) },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    return { status: answer.status, body: text === '' ? null : JSON.parse(text) };
  }

  async function enrolHost(name: string): Promise<string> {
    const { body } = await ask('POST', '/v1/tokens', {});
    const dataDir = mkdtempSync(join(tmpdir(), 'dd0c-agent-'));
    await enrol({ server: plane.ready.enroll, token: (body as { token: string }).token, dataDir, hostname: name, version: '0.1.0' });
    return dataDir;
  }
}

/** An agent's link as its program runs it. */
export interface LinkedAgent {
  readonly keeper: IdentityKeeper;
  readonly uplink: Uplink;
  readonly spool: Spool;
  identity(): Identity;
  stop(): Promise<void>;
}

export function linkAgent(dataDir: string): LinkedAgent {
  const spool = openSpool({ dir: dataDir, maxBytes: 10_000_000, newId: randomUUID, clock: Date.now, warn: () => {} });
  const keeper = createIdentityKeeper({ dataDir, random: Math.random });
  const uplink = createLink({ keeper, spool, dialler: directly, log: pino({ level: 'silent' }), onOrder: () => {}, onDrain: null, steps: null, onState: () => {} });
  let isStopped = false;
  uplink.start();
  return {
    keeper,
    uplink,
    spool,
    identity: () => readIdentity(dataDir),
    async stop() {
      if (isStopped) return;
      isStopped = true;
      await uplink.close();
      spool.close();
    },
  };
}
