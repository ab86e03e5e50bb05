import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { status } from '@grpc/grpc-js';
import { pino } from 'pino';
import { openSpool, type Spool } from '#agent/spool/spool.ts';
import { createUplink, type Uplink, type UplinkOptions } from '#agent/uplink/uplink.ts';
import type { Generations } from '#control-plane/fleet/generations.ts';
import type { Anchors } from '#control-plane/fleet/issuer.ts';
import { createLinkSessions, type OrderSource } from '#control-plane/fleet/link-sessions.ts';
import { createScanOrders, type ScanOrders } from '#control-plane/fleet/scan-orders.ts';
import type { LinkLimits } from '#control-plane/grpc/agent-stream.ts';
import { createLiveSessions, type LiveSessions } from '#control-plane/grpc/live-sessions.ts';
import { createLooks } from '#control-plane/grpc/looks.ts';
import { startPulse } from '#control-plane/grpc/pulse.ts';
import { createReach, type Reach } from '#control-plane/grpc/reach.ts';
import { agingSessions } from '#control-plane/grpc/aging.ts';
import { type ConnectionAge, type Keepalive, type GrpcServer, startGrpcServer } from '#control-plane/grpc/server.ts';
import { createStreamDoor, usualLimits } from '#control-plane/grpc/stream-door.ts';
import type { RecordReport } from '#control-plane/ingest/commit-batch.ts';
import { createIngest, type Outcome, type StepIntake } from '#control-plane/ingest/ingest.ts';
import type { Database } from '#control-plane/store/database.ts';
import { asTenant } from '#control-plane/store/tenant-tx.ts';
import { type AgentId, toAgentId, type TenantId } from '#proto/domain/identity.ts';
import { closedEnrolment } from '#test/fakes/enrolment.ts';
import type { Credentials, LinkPki } from './link-pki.ts';

export const trustDomain = 'test.dd0c';

/** What a log said, as it would be written. */
export interface Told {
  readonly log: ReturnType<typeof pino>;
  readonly lines: { readonly level: number; readonly msg: string; readonly fault?: string; readonly [key: string]: unknown }[];
}

export function listen(): Told {
  const lines: Told['lines'] = [];
  return { lines, log: pino({ level: 'info' }, { write: (line: string) => lines.push(JSON.parse(line)) }) };
}

export interface LinkServer extends GrpcServer {
  readonly live: LiveSessions;
  readonly reach: Reach;
  readonly orders: ScanOrders;
  readonly outcomes: readonly Outcome[];
  readonly told: Told;
}

export interface LinkServerOptions {
  readonly db: Database;
  readonly pki: LinkPki;
  readonly recordReport: RecordReport;
  readonly streamAddress?: string;
  readonly limits?: Partial<LinkLimits>;
  readonly clock?: () => number;
  readonly certificate?: Credentials;
  readonly pulseMs?: number;
  /** Of orders beside those to scan. */
  readonly sources?: readonly OrderSource[];
  readonly steps?: StepIntake;
  readonly anchors?: Anchors;
  readonly age?: ConnectionAge;
  readonly keepalive?: Keepalive;
}

/** Longer than any test. */
export const ageless: ConnectionAge = { maxAgeMs: 24 * 3_600_000, graceMs: 60_000 };

/** Finds every certificate good. */
export const believingAll: Pick<Generations, 'useAll'> = { useAll: async () => new Map() };

/** Believes whatever TLS let in, and offers no roots. */
const believing: Anchors = { trustDomain, trust: { roots: [], vouchers: [], fingerprint: '' }, issuerOf: () => 'any', accepts: () => true };

/** The real doors over a real database, on free ports of the loopback. */
export async function startLinkServer({ db, pki, recordReport, streamAddress = '127.0.0.1:0', limits = {}, clock = Date.now, certificate, pulseMs = 50, sources = [], steps, anchors = believing, age = ageless, keepalive }: LinkServerOptions): Promise<LinkServer> {
  const told = listen();
  const outcomes: Outcome[] = [];
  const live = agingSessions(createLiveSessions(), { maxAgeMs: age.maxAgeMs, random: Math.random });
  const orders = createScanOrders({ newId: randomUUID, clock });
  const sessions = createLinkSessions({ db, clock, orders: [orders, ...sources], generations: believingAll, claim: (tx, some) => ingest.claimWithin(tx, some) });
  const look = createLooks({ sessions, log: told.log });
  const reach = createReach({ live, look, tell: () => {} });
  const ingest = createIngest({ db, recordReport, clock, log: told.log, onOutcome: (outcome) => outcomes.push(outcome), ...(steps && { steps }) });
  const serveStream = createStreamDoor({ anchors, adopt: async () => undefined, sessions, ingest, live, look, reach, clock, log: told.log, limits: { ...usualLimits, ...limits } });
  const stopPulse = startPulse({ sessions, live, log: told.log, intervalMs: pulseMs });
  const { key, certificateChain } = certificate ?? (await pki.server());
  const server = await startGrpcServer({ streamAddress, enrolAddress: '127.0.0.1:0', tls: { key, certificateChain, clientRoots: pki.root }, serveStream, serveRenewal: (_call, answer) => answer({ code: status.UNIMPLEMENTED }), enrolment: closedEnrolment, live, age, ...(keepalive && { keepalive }), log: told.log });
  return {
    ...server,
    live,
    reach,
    orders,
    outcomes,
    told,
    async stop(graceMs) {
      await server.stop(graceMs);
      await stopPulse();
    },
  };
}

/** An agent of this tenant as enrolment would leave it. */
export async function makeAgent(db: Database, tenant: TenantId): Promise<AgentId> {
  const agent = toAgentId(randomUUID());
  await asTenant(db, tenant, (tx) =>
    tx.query('insert into agent (tenant, id, name, hostname, version, enrolled_at) values ($1, $2, $3, $3, $4, now())', [tenant, agent, 'host', '0.0.0']),
  );
  return agent;
}

export interface TestAgent {
  readonly spool: Spool;
  readonly uplink: Uplink;
  readonly told: Told;
  readonly stop: () => Promise<void>;
}

/** A spool in a folder of its own and an uplink that never waits long. */
export function startAgent(credentials: Credentials, trustBundle: string, address: () => string, options: Partial<UplinkOptions> & { readonly dir?: string } = {}): TestAgent {
  const told = listen();
  const dir = options.dir ?? mkdtempSync(join(tmpdir(), 'dd0c-agent-'));
  const spool = openSpool({ dir, maxBytes: 256 * 1024 * 1024, newId: randomUUID, clock: Date.now, warn: (fault) => told.log.warn({ fault: fault.code }, 'spool set aside') });
  const uplink = createUplink({
    identity: () => ({ ...credentials, trustBundle, address: address() }),
    spool,
    about: { agentVersion: '0.1.0', capabilities: [], hostname: 'host', os: 'linux', arch: 'x64' },
    clock: Date.now,
    random: () => 0.01,
    log: told.log,
    onOrder: () => {},
    ...options,
  });
  uplink.start();
  return {
    spool,
    uplink,
    told,
    async stop() {
      await uplink.close();
      spool.close();
      if (options.dir === undefined) rmSync(dir, { recursive: true, force: true });
    },
  };
}
