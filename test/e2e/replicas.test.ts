import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { Identity } from '#agent/identity/identity.ts';
import { splitReport } from '#proto/domain/report-parts.ts';
import { scrubbed } from '#test/fakes/facts.ts';
import { finding, report } from '#test/fakes/reports.ts';
import { onPostgres } from '#test/harness/databases.ts';
import { startAgent, type TestAgent } from '#test/harness/link.ts';
import { findOwnPostgres } from '#test/harness/postgres-server.ts';
import { hello, rawLink } from '#test/harness/raw-link.ts';
import { type Replicas, startReplicas } from '#test/harness/replicas.ts';
import type { ServerProcess } from '#test/harness/server-process.ts';

onPostgres('two servers over one Postgres', (postgres) => {
  let replicas: Replicas;
  const cleanups: (() => Promise<void>)[] = [];

  beforeAll(async () => {
    replicas = await startReplicas(postgres());
  }, 60_000);
  afterEach(async () => {
    for (const clean of cleanups.splice(0).toReversed()) await clean();
  });
  afterAll(() => replicas.stop());

  test('an order that is given to one reaches an agent on the other', async () => {
    const { who, orders } = await onSecond();

    await replicas.ask(replicas.first, 'POST', `/v1/agents/${who.agent}/scan`);

    await expect.poll(() => orders, { timeout: 5_000 }).toHaveLength(1);
  });

  test('a lock, a removal and a revocation that are given to one cut the stream on the other', { timeout: 30_000 }, async () => {
    const ends: unknown[] = [];
    for (const [method, path] of [['POST', (who: Identity) => `/v1/agents/${who.agent}/lock`], ['DELETE', (who: Identity) => `/v1/agents/${who.agent}`], ['POST', revoke]] as const) {
      const { who, link } = await rawOnSecond();
      await replicas.ask(replicas.first, method, await path(who));
      ends.push((await link.ended).fault);
    }

    expect(ends).toEqual(['agent-locked', 'agent-removed', 'certificate-revoked']);

    async function revoke({ agent }: Identity): Promise<string> {
      const { certificate } = (await replicas.ask(replicas.first, 'GET', `/v1/agents/${agent}`)) as { certificate: { serial: string } };
      return `/v1/certificates/${certificate.serial}/revoke`;
    }
  });

  test('an order arrives also while the servers cannot hear each other, and they hear each other again', { timeout: 30_000 }, async () => {
    const { who, orders } = await onSecond();
    const before = await listeners();

    await replicas.sql(`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'dd0c-signals'`);
    await replicas.ask(replicas.first, 'POST', `/v1/agents/${who.agent}/scan`);

    await expect.poll(() => orders, { timeout: 5_000 }).toHaveLength(1);
    await expect.poll(async () => (await listeners()).filter((pid) => !before.includes(pid)), { timeout: 10_000 }).toHaveLength(2);
  });

  test('a server that stood still until its lease had passed writes nothing of what it has of its agents', { timeout: 60_000 }, async () => {
    const { who, link } = await rawOnSecond();
    const reportId = randomUUID();
    const parts = splitReport(scrubbed(report('fenced', [finding(1)])), reportId);
    const [{ id }] = (await replicas.sql(`select replica as id from dd0c.agent_session where agent = '${who.agent}'`)) as [{ id: string }];

    replicas.second.child.kill('SIGSTOP');
    parts.forEach((body, index) => link.fact(index + 1, body));
    await replicas.sql(`update dd0c.replica set lease_until = now() where id = '${id}'`);
    await expect.poll(() => replicas.sql(`select from dd0c.replica where id = '${id}'`), { timeout: 15_000, interval: 200 }).toEqual([]);
    const state = await stateOf(who);
    replicas.second.child.kill('SIGCONT');

    expect(await link.ended).toMatchObject({ fault: 'replica-lost' });
    expect(state).toBe('lost');
    expect(await replicas.sql(`select from dd0c.report where id = '${reportId}'`)).toEqual([]);
    const again = await raw(who, replicas.first);
    parts.forEach((body, index) => again.link.fact(index + 1, body));
    await again.link.next('ack');
    expect(await replicas.sql(`select findings from dd0c.report where id = '${reportId}'`)).toEqual([{ findings: 1 }]);
    expect(await stateOf(who)).toBe('online');
  });

  test('the agents of a server that is killed come back on the other; what they reported is there once', { timeout: 60_000 }, async () => {
    const doomed = await replicas.another();
    let dialled: ServerProcess = doomed;
    const { who, agent, orders } = await connected(() => dialled);
    const reports = Array.from({ length: 40 }, (_, scan) => splitReport(scrubbed(report('moved', [finding(scan)], `2026-01-01T00:00:${String(scan).padStart(2, '0')}Z`)), randomUUID()));

    for (const parts of reports.slice(0, 20)) agent.spool.append(parts);
    await expect.poll(() => replicas.sql(`select from dd0c.report r join dd0c.stack s on s.ordinal = r.stack where s.id = 'moved' limit 1`), { timeout: 10_000, interval: 5 }).toHaveLength(1);
    await doomed.end('SIGKILL');
    dialled = replicas.first;
    for (const parts of reports.slice(20)) agent.spool.append(parts);
    await agent.uplink.flush(AbortSignal.timeout(30_000));
    await replicas.ask(replicas.second, 'POST', `/v1/agents/${who.agent}/scan`);

    await expect.poll(() => orders, { timeout: 5_000 }).toHaveLength(1);
    expect(await replicas.sql(`select count(*)::int as reports, count(distinct r.id)::int as known from dd0c.report r join dd0c.stack s on s.ordinal = r.stack where s.id = 'moved'`)).toEqual([{ reports: 40, known: 40 }]);
    expect(await replicas.sql(`select count(*)::int as findings from dd0c.finding f join dd0c.stack s on s.ordinal = f.stack where s.id = 'moved'`)).toEqual([{ findings: 40 }]);
  });

  function onSecond() {
    return connected(() => replicas.second);
  }

  /** The agent's own link, to whichever server the balancer leads it. */
  async function connected(server: () => ServerProcess): Promise<{ who: Identity; agent: TestAgent; orders: unknown[] }> {
    const who = await replicas.enrol();
    const orders: unknown[] = [];
    const agent = startAgent(who, who.trustBundle, () => server().ready.grpc, { onOrder: (order) => orders.push(order) });
    cleanups.push(agent.stop);
    await expect.poll(() => agent.uplink.state.kind, { timeout: 10_000 }).toBe('live');
    return { who, agent, orders };
  }

  async function rawOnSecond() {
    return raw(await replicas.enrol(), replicas.second);
  }

  async function raw(who: Identity, server: ServerProcess) {
    const link = rawLink(server.ready.grpc, who.trustBundle, who);
    cleanups.push(async () => link.close());
    link.send(hello(spoolOf(who)));
    await link.next('welcome');
    return { who, link };
  }

  async function stateOf({ agent }: Identity): Promise<string> {
    const { state } = (await replicas.ask(replicas.first, 'GET', `/v1/agents/${agent}`)) as { state: string };
    return state;
  }

  async function listeners(): Promise<readonly unknown[]> {
    return (await replicas.sql(`select pid from pg_stat_activity where application_name = 'dd0c-signals' order by backend_start`)).map(({ pid }) => pid);
  }
}, findOwnPostgres());

/** The same for one agent, as long as its disk lasts. */
function spoolOf({ agent }: Identity): string {
  return agent;
}
