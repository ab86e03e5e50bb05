import { generateKeyPairSync, randomBytes, randomUUID } from 'node:crypto';
import { pino } from 'pino';
import { type Access, createAccess } from '#control-plane/access/access.ts';
import { createTrail } from '#control-plane/audit/trail.ts';
import { createDrift } from '#control-plane/drift/drift.ts';
import { recordReport } from '#control-plane/drift/record-report.ts';
import { createAgents } from '#control-plane/fleet/agents.ts';
import { createCertificates } from '#control-plane/fleet/certificates.ts';
import { createJoinPolicies } from '#control-plane/fleet/joining/join-policies.ts';
import { createJoinTokens } from '#control-plane/fleet/join-tokens.ts';
import { createRecoveries } from '#control-plane/fleet/recoveries.ts';
import type { App } from '#control-plane/http/app.ts';
import { createMetrics } from '#control-plane/http/metrics.ts';
import { createHttpServer } from '#control-plane/http/server.ts';
import { createScanNow } from '#control-plane/scan-now.ts';
import type { Database } from '#control-plane/store/database.ts';
import { asTenant } from '#control-plane/store/tenant-tx.ts';
import { type AgentId, type TenantId, toAgentId } from '#proto/domain/identity.ts';
import type { CaPin } from '#proto/domain/join-token.ts';
import { closedAuthority } from '#test/fakes/authority.ts';
import { finding, report } from '#test/fakes/reports.ts';
import { makeTenant } from './databases.ts';
import { connectAgent, makeApprover, openRunbooks, restartApi } from './runbooks.ts';

/** The whole HTTP door over a real database: every route with the feature behind it. `wake` is told whom an order is for. */
export async function openHttpDoor(db: Database, wake: (agent: AgentId) => void = () => {}): Promise<{ readonly app: App; readonly access: Access }> {
  const clock = Date.now;
  const newId = randomUUID;
  const access = createAccess({ db, clock: () => new Date(), newId, random: randomBytes });
  const drift = createDrift(db);
  const agents = createAgents({ db, cut: () => {}, wake, newId, clock });
  const runbooks = openRunbooks(db);
  const caPin: CaPin = `sha256:${'0'.repeat(64)}`;
  const door = { db, caPin: () => caPin, enrolAddress: () => 'localhost:7332', clock, newId, random: randomBytes };
  const app = await createHttpServer({
    log: pino({ level: 'silent' }),
    version: '0.0.0',
    gatekeeper: access,
    drift,
    fleet: { ...agents, ...createCertificates({ db, clock, cut: () => {} }), ...createJoinTokens(door) },
    joins: createJoinPolicies(door),
    orders: createScanNow({ db, drift, agents, book: runbooks.book, reach: { wake } }),
    apiTokens: access,
    recoveries: createRecoveries({ db, clock }),
    authority: closedAuthority,
    runbooks: runbooks.use,
    trail: createTrail({ db, signer: { name: 'dd0c-test', key: generateKeyPairSync('ed25519').privateKey }, clock }),
    checks: {},
    metrics: createMetrics({ version: '0.0.0', connectedAgents: () => 0 }),
    requestsPerSecond: 1_000_000,
    clock,
    now: () => performance.now(),
    newId,
  });
  return { app, access };
}

/** A tenant with one of everything that a route can name. */
export interface Belongings {
  readonly tenant: TenantId;
  /** An administrator's token. */
  readonly token: string;
  readonly agent: AgentId;
  readonly stack: string;
  readonly finding: string;
  readonly serial: string;
  readonly recovery: string;
  readonly joinToken: string;
  readonly join: string;
  readonly apiToken: string;
  readonly runbook: string;
  readonly version: string;
  readonly execution: string;
  readonly key: string;
}

export async function makeBelongings({ app, access }: { readonly app: App; readonly access: Access }, db: Database): Promise<Belongings> {
  const tenant = await makeTenant(db);
  const { token, id: apiToken } = await access.createApiToken({ tenant }, { name: 'owner', role: 'admin' });
  const agent = toAgentId(randomUUID());
  const [stack, serial, recovery] = [`stack-${randomUUID()}`, randomBytes(16).toString('hex'), randomUUID()];
  await asTenant(db, tenant, async (tx) => {
    await tx.query(`insert into agent (tenant, id, name, hostname, version, enrolled_at) values ($1, $2, 'host-1', 'host-1', '0.1.0', now())`, [tenant, agent]);
    await tx.query(
      `insert into certificate (tenant, serial, agent, subject, key_hash, fingerprint, not_before, not_after, issued_at) values ($1, $2, $3, 'x', '\\x00', $2, now(), now() + interval '1 day', now())`,
      [tenant, serial, agent],
    );
    await tx.query(
      `insert into recovery_request (id, agent, key_hash, serial, remote_address, asked_at, last_asked_at) values ($1, $2, '\\x00', $3, '192.0.2.1:1', now(), now())`,
      [recovery, agent, serial],
    );
    await recordReport(tx, { agent, reportId: randomUUID(), receivedAt: new Date() }, report(stack, [finding(1)]));
  });
  await connectAgent(db, tenant, agent);

  const { findings } = await ask<{ findings: [{ id: string }] }>('GET', '/v1/findings');
  const made = { tenant, token, agent, stack, serial, recovery, apiToken, finding: findings[0].id };
  const { id: joinToken } = await ask<{ id: string }>('POST', '/v1/tokens', {});
  const { id: join } = await ask<{ id: string }>('POST', '/v1/joins', { name: 'ours', rule: { kind: 'aws', accounts: ['123456789012'], roles: ['agent'] } });
  const { id: key } = await ask<{ id: string }>('POST', '/v1/keys', { publicKey: makeApprover(tenant, 'owner').publicKey, name: 'owner' });
  const runbook = `r${randomUUID()}`;
  const { version } = await ask<{ version: string }>('POST', '/v1/runbooks', { document: restartApi.replace('restart-api', runbook) });
  const { id: execution } = await ask<{ id: string }>('POST', '/v1/executions', { runbook, agent });
  return { ...made, joinToken, join, key, runbook, version, execution };

  async function ask<Answer>(method: 'GET' | 'POST', url: string, payload?: Record<string, unknown>): Promise<Answer> {
    const answer = await app.inject({ method, url, headers: { authorization: `Bearer ${token}` }, ...(payload && { payload }) });
    if (answer.statusCode > 299) throw new Error(`${method} ${url}: ${answer.statusCode} ${answer.body}`);
    return answer.json<Answer>();
  }
}

/** What the rows of a tenant come to, table by table: the same before and after, and nothing was written. */
export async function rowsOf(db: Database, tenant: TenantId): Promise<Readonly<Record<string, string>>> {
  return await asTenant(db, tenant, async (tx) => {
    const { rows: tables } = await tx.query<{ name: string }>(
      `select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where n.nspname = 'dd0c' and c.relkind = 'r' and has_table_privilege(c.oid, 'select')
         and exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'tenant') order by 1`,
    );
    const sums: Record<string, string> = {};
    for (const { name } of tables) {
      const { rows } = await tx.query<{ sum: string }>(`select count(*) || ' ' || coalesce(md5(string_agg(t::text, '|' order by t::text)), '') as sum from ${name} t`);
      sums[name] = rows[0]?.sum ?? '';
    }
    return sums;
  });
}

/** Every route that needs a token, as the door itself describes it. */
export function routesOf(app: App): readonly { readonly method: 'GET' | 'POST' | 'DELETE'; readonly path: string }[] {
  return Object.entries(app.swagger().paths ?? {}).flatMap(([path, methods]) => {
    if (!path.startsWith('/v1/')) return [];
    return (['GET', 'POST', 'DELETE'] as const).filter((method) => Object.hasOwn(methods ?? {}, method.toLowerCase())).map((method) => ({ method, path }));
  });
}
