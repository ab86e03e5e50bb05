import { randomUUID } from 'node:crypto';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { RecordReport } from '#control-plane/ingest/commit-batch.ts';
import { asTenant } from '#control-plane/store/tenant-tx.ts';
import { maxChunkBytes } from '#proto/domain/fact.ts';
import { Fault } from '#proto/domain/fault.ts';
import type { AgentId, TenantId } from '#proto/domain/identity.ts';
import type { Order } from '#proto/domain/order.ts';
import { splitReport } from '#proto/domain/report-parts.ts';
import { scrubbed, uuidOf } from '#test/fakes/facts.ts';
import { finding, report } from '#test/fakes/reports.ts';
import { eachDatabase, makeTenant } from '#test/harness/databases.ts';
import { type LinkServer, type LinkServerOptions, makeAgent, startAgent, startLinkServer, type TestAgent, trustDomain } from '#test/harness/link.ts';
import { type Credentials, type LinkPki, makeLinkPki } from '#test/harness/link-pki.ts';
import { hello, rawLink, type RawLink } from '#test/harness/raw-link.ts';

const cleanups: (() => Promise<unknown>)[] = [];
let pki: LinkPki;

beforeAll(async () => {
  pki = await makeLinkPki();
});

afterEach(async () => {
  for (const clean of cleanups.splice(0).toReversed()) await clean();
});

eachDatabase('the link', (db) => {
  let tenant: TenantId;
  let agent: AgentId;
  let own: Credentials;
  let recorded: string[];
  let server: LinkServer;

  beforeEach(async () => {
    tenant = await makeTenant(db());
    agent = await makeAgent(db(), tenant);
    own = await pki.agent({ trustDomain, tenant, agent });
    recorded = [];
    server = await serve();
  });

  test('a report that was spooled is recorded once, as it was, and leaves the spool', async () => {
    const got: unknown[] = [];
    server = await serve({ recordReport: async (_tx, _from, whole) => void got.push(whole) });
    const { spool, uplink } = begin();
    const sent = report('prod', [finding(1), finding(2)]);

    spool.append(splitReport(scrubbed(sent), randomUUID()));
    await uplink.flush(AbortSignal.timeout(10_000));

    expect(got).toEqual([sent]);
    expect(spool.pending()).toEqual({ facts: 0, bytes: 0 });
    expect(server.outcomes).toEqual([{ kind: 'recorded', findings: 2 }]);
  });

  test('reports spooled before, during and after an outage of the server are all recorded once, in order', async () => {
    const { spool, uplink } = begin();
    const keys = Array.from({ length: 30 }, (_, index) => uuidOf(index + 1));

    for (const [index, key] of keys.entries()) {
      spool.append(splitReport(scrubbed(report('prod', [finding(index, 20_000)])), key));
      if (index === 10) await server.stop(0);
      if (index === 20) server = await serve({ streamAddress: server.streamAddress });
    }
    await uplink.flush(AbortSignal.timeout(20_000));

    expect(recorded).toEqual(keys);
  });

  test('a report larger than the window travels in several commits', async () => {
    server = await serve({ limits: { windowBytes: 300_000 } });
    const { spool, uplink } = begin();

    spool.append(splitReport(scrubbed(report('prod', Array.from({ length: 40 }, (_, index) => finding(index, 50_000)))), uuidOf(1)));
    await uplink.flush(AbortSignal.timeout(20_000));

    expect(recorded).toEqual([uuidOf(1)]);
    expect(await count('inbound_part')).toBe(0);
  });

  test('a report whose first half is committed is completed by a later session', async () => {
    server = await serve({ limits: { windowBytes: 300_000 } });
    const parts = splitReport(scrubbed(report('prod', [finding(1, maxChunkBytes)])), uuidOf(1));
    const spoolId = randomUUID();
    const before = await connect(spoolId);
    parts.slice(0, 2).forEach((body, index) => before.fact(index + 1, body));
    await acknowledged(before, 2);
    before.close();

    const after = rawLink(server.streamAddress, pki.root, own);
    after.send(hello(spoolId, parts.length));
    const { resumeAfterSeq } = await after.next('welcome');
    parts.slice(resumeAfterSeq).forEach((body, index) => after.fact(resumeAfterSeq + index + 1, body));
    await acknowledged(after, parts.length);

    expect(resumeAfterSeq).toBe(2);
    expect(recorded).toEqual([uuidOf(1)]);
    after.close();
  });

  test('a report that is small enough waits in memory for its end; what was not acknowledged is sent again', async () => {
    const parts = splitReport(scrubbed(report('prod', [finding(1)])), uuidOf(1));
    const spoolId = randomUUID();
    const before = await connect(spoolId);
    parts.slice(0, 2).forEach((body, index) => before.fact(index + 1, body));
    before.close();
    await before.ended;

    const after = rawLink(server.streamAddress, pki.root, own);
    after.send(hello(spoolId, parts.length));
    const { resumeAfterSeq } = await after.next('welcome');
    parts.forEach((body, index) => after.fact(index + 1, body));
    await acknowledged(after, parts.length);

    expect(resumeAfterSeq).toBe(0);
    expect(recorded).toEqual([uuidOf(1)]);
    after.close();
  });

  test('facts that are sent again are acknowledged again and take no effect', async () => {
    const parts = splitReport(scrubbed(report('prod', [finding(1)])), uuidOf(1));
    const link = await connect(randomUUID());

    for (let round = 0; round < 3; round += 1) parts.forEach((body, index) => link.fact(index + 1, body));
    await acknowledged(link, 3);
    parts.forEach((body, index) => link.fact(index + 1, body));
    await acknowledged(link, 3);

    expect(recorded).toEqual([uuidOf(1)]);
    link.close();
  });

  test('facts that come twice within one commit are taken once, and nothing beyond them is acknowledged', async () => {
    const committing = Promise.withResolvers<void>();
    const go = Promise.withResolvers<void>();
    server = await serve({
      recordReport: async (_tx, { reportId }) => {
        recorded.push(reportId);
        committing.resolve();
        await go.promise;
      },
    });
    const link = await connect(randomUUID());
    const parts = [1, 2, 3].flatMap((number) => splitReport(scrubbed(report('prod', [finding(number)])), uuidOf(number)));
    const send = (from: number, to: number): void => parts.slice(from, to).forEach((body, index) => link.fact(from + index + 1, body));

    send(0, 3);
    await committing.promise; // what comes meanwhile is one commit
    send(3, 6);
    send(3, 6);
    send(0, 9);
    go.resolve();
    await acknowledged(link, 9);

    expect(recorded).toEqual([uuidOf(1), uuidOf(2), uuidOf(3)]);
    expect(await rows('select through_seq from inbound_spool')).toEqual([{ through_seq: 9 }]);
    expect(await count('rejected_fact')).toBe(0);
    link.close();
  });

  test('the newest session of an agent wins, and the other is told', async () => {
    const spoolId = randomUUID();
    const older = await connect(spoolId);
    const newer = await connect(spoolId);

    expect(await older.ended).toMatchObject({ code: 'ABORTED', fault: 'session-superseded' });
    splitReport(scrubbed(report('prod', [])), uuidOf(1)).forEach((body, index) => newer.fact(index + 1, body));
    await acknowledged(newer, 3);
    newer.close();
  });

  test('a session that another server has superseded can write no more', async () => {
    const elsewhere = await serve({ pulseMs: 3_600_000 });
    const spoolId = randomUUID();
    const older = await connect(spoolId, elsewhere);
    const newer = await connect(spoolId, server);

    splitReport(scrubbed(report('prod', [])), uuidOf(1)).forEach((body, index) => older.fact(index + 1, body));

    expect(await older.ended).toMatchObject({ fault: 'session-superseded' });
    expect(recorded).toEqual([]);
    newer.close();
  });

  test('a session that another server has superseded is cut at the next pulse', async () => {
    const elsewhere = await serve({ pulseMs: 20 });
    const older = await connect(randomUUID(), elsewhere);
    const newer = await connect(randomUUID(), server);
    older.send({ kind: 'heartbeat', sentAtMs: 0, spoolFacts: 0, spoolBytes: 0, alerts: [] });

    expect(await older.ended).toMatchObject({ fault: 'session-superseded' });
    newer.close();
  });

  test('a report that the database refuses is set aside, and its neighbours in the same commit are recorded', async () => {
    server = await serve({
      recordReport: async (tx, { reportId }) => {
        if (reportId === uuidOf(2)) await tx.query('select $1::int', ['not a number']);
        await tx.query('insert into outbox (tenant, topic, body, created_at) values ($1, $2, $3, now())', [tenant, reportId, '{}']);
      },
    });
    const { spool, uplink } = begin();
    for (const number of [1, 2, 3]) spool.append(splitReport(scrubbed(report('prod', [])), uuidOf(number)));

    await uplink.flush(AbortSignal.timeout(10_000));

    expect(await rows('select topic from outbox order by ordinal')).toEqual([{ topic: uuidOf(1) }, { topic: uuidOf(3) }]);
    expect(await rows('select report, code from rejected_fact')).toEqual([{ report: uuidOf(2), code: 'report-invalid' }]);
    expect(server.outcomes.filter(({ kind }) => kind === 'rejected')).toEqual([{ kind: 'rejected', code: 'report-invalid' }]);
  });

  test('while the database is away nothing is acknowledged, and nothing is lost', async () => {
    let away = 3;
    server = await serve({
      recordReport: async (_tx, { reportId }) => {
        if ((away -= 1) >= 0) throw new Fault('database-unavailable');
        recorded.push(reportId);
      },
    });
    const { spool, uplink, told } = begin();

    spool.append(splitReport(scrubbed(report('prod', [])), uuidOf(1)));
    await uplink.flush(AbortSignal.timeout(10_000));

    expect(recorded).toEqual([uuidOf(1)]);
    expect(told.lines.filter(({ fault }) => fault === 'database-unavailable')).toHaveLength(3);
  });

  test('a spool that was put back to an older copy takes a new id, and what it then reports is not mistaken for a repetition', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'dd0c-rewound-'));
    cleanups.push(async () => rmSync(dir, { recursive: true, force: true }));
    const first = begin({ dir: join(dir, 'now') });
    first.spool.append(splitReport(scrubbed(report('prod', [])), uuidOf(1)));
    await first.uplink.flush(AbortSignal.timeout(10_000));
    await first.stop();
    cpSync(join(dir, 'now'), join(dir, 'copy'), { recursive: true });
    const second = begin({ dir: join(dir, 'now') });
    second.spool.append(splitReport(scrubbed(report('prod', [])), uuidOf(2)));
    await second.uplink.flush(AbortSignal.timeout(10_000));
    await second.stop();

    const restored = begin({ dir: join(dir, 'copy') });
    await expect.poll(() => restored.spool.lastSeq).toBe(0);
    restored.spool.append(splitReport(scrubbed(report('prod', [])), uuidOf(3)));
    await restored.uplink.flush(AbortSignal.timeout(10_000));

    expect(recorded).toEqual([uuidOf(1), uuidOf(2), uuidOf(3)]);
  });

  test('a server that was put back to an older copy does not stop the link', async () => {
    const { spool, uplink, told } = begin();
    spool.append(splitReport(scrubbed(report('prod', [])), uuidOf(1)));
    await uplink.flush(AbortSignal.timeout(10_000));
    await server.stop(0);
    await rows('delete from inbound_spool');
    spool.append(splitReport(scrubbed(report('prod', [])), uuidOf(2)));

    server = await serve({ streamAddress: server.streamAddress });
    await uplink.flush(AbortSignal.timeout(10_000));

    expect(recorded).toEqual([uuidOf(1), uuidOf(2)]);
    expect(told.lines.map(({ fault }) => fault)).toContain('resume-point-lost');
  });

  test('an order waits for its agent, is delivered once, and is not asked twice', async () => {
    const request = () => asTenant(db(), tenant, (tx) => server.orders.request(tx, agent, { stacks: ['prod'] }));
    const asked = await request();
    const again = await request();
    const got: Order[] = [];
    const first = begin({ onOrder: (order) => got.push(order) });
    await expect.poll(() => rows('select id from agent_order where delivered_at is not null')).toEqual([{ id: asked.id }]);
    await first.stop();

    const second = begin({ onOrder: (order) => got.push(order) });
    await expect.poll(() => second.uplink.state.kind).toBe('live');

    expect(again.id).toBe(asked.id);
    expect(got).toEqual([{ kind: 'scan', id: asked.id, stacks: ['prod'] }]);
  });

  test('an order reaches a live agent at once, and with the next heartbeat where nobody woke its session', async () => {
    const link = await connect(randomUUID());

    const woken = await asTenant(db(), tenant, (tx) => server.orders.request(tx, agent, { stacks: ['a'] }));
    server.reach.wake(agent);
    expect(await link.next('order')).toMatchObject({ order: woken });

    const missed = await asTenant(db(), tenant, (tx) => server.orders.request(tx, agent, { stacks: ['b'] }));
    link.send({ kind: 'heartbeat', sentAtMs: 0, spoolFacts: 0, spoolBytes: 0, alerts: [] });
    expect(await link.next('order')).toMatchObject({ order: missed });
    link.close();
  });

  test('an order that was not confirmed is delivered again with the next session', async () => {
    const asked = await asTenant(db(), tenant, (tx) => server.orders.request(tx, agent, { stacks: [] }));
    const deaf = await connect(randomUUID());
    await deaf.next('order');
    deaf.close();

    const link = await connect(randomUUID());

    expect(await link.next('order')).toMatchObject({ order: asked });
    link.close();
  });

  test("what an agent's session was is on record", async () => {
    const { uplink, stop } = begin();
    await expect.poll(() => uplink.state.kind).toBe('live');
    const during = await rows('select epoch, hostname, agent_version, disconnected_at from agent_session');
    await stop();

    expect(during).toEqual([{ epoch: 1, hostname: 'host', agent_version: '0.1.0', disconnected_at: null }]);
    await expect.poll(() => rows('select ended_by, disconnected_at is null as open from agent_session')).toEqual([{ ended_by: null, open: false }]);
    expect(await rows('select version, last_seen_at is null as unseen from agent')).toEqual([{ version: '0.1.0', unseen: false }]);
  });

  test('heartbeats are written together at the pulse', async () => {
    const link = await connect(randomUUID());
    link.send({ kind: 'heartbeat', sentAtMs: 1, spoolFacts: 7, spoolBytes: 700, alerts: ['spool-full'] });

    await expect.poll(() => rows('select spool_facts, spool_bytes, alerts from agent_session')).toEqual([{ spool_facts: 7, spool_bytes: 700, alerts: ['spool-full'] }]);
    link.close();
  });

  test('heartbeats are written, and orders found, also after the clock of the server was put back', async () => {
    let aheadMs = 48 * 3_600_000;
    server = await serve({ clock: () => Date.now() + aheadMs, pulseMs: 20 });
    own = await pki.agent({ trustDomain, tenant, agent }, { notAfter: new Date(Date.now() + 72 * 3_600_000) });
    const link = await connect(randomUUID());
    link.send({ kind: 'heartbeat', sentAtMs: 1, spoolFacts: 1, spoolBytes: 1, alerts: [] });
    await expect.poll(() => rows('select spool_facts from agent_session')).toEqual([{ spool_facts: 1 }]);

    aheadMs = 0;
    const missed = await asTenant(db(), tenant, (tx) => server.orders.request(tx, agent, { stacks: ['b'] }));
    link.send({ kind: 'heartbeat', sentAtMs: 2, spoolFacts: 2, spoolBytes: 2, alerts: [] });

    await expect.poll(() => rows('select spool_facts from agent_session')).toEqual([{ spool_facts: 2 }]);
    expect(await link.next('order')).toMatchObject({ order: missed });
    link.close();
  });

  async function serve(options: Partial<LinkServerOptions> = {}): Promise<LinkServer> {
    const recordReport: RecordReport = async (_tx, { reportId }) => void recorded.push(reportId);
    const started = await startLinkServer({ db: db(), pki, recordReport, ...options });
    cleanups.push(() => started.stop(1_000));
    return started;
  }

  function begin(options: Parameters<typeof startAgent>[3] = {}): TestAgent {
    let stopped: Promise<void> | undefined;
    const started = startAgent(own, pki.root, () => server.streamAddress, options);
    const stop = (): Promise<void> => (stopped ??= started.stop());
    cleanups.push(stop);
    return { ...started, stop };
  }

  async function connect(spoolId: string, to = server): Promise<RawLink> {
    const link = rawLink(to.streamAddress, pki.root, own);
    link.send(hello(spoolId));
    await link.next('welcome');
    return link;
  }

  function rows(sql: string): Promise<readonly unknown[]> {
    return asTenant(db(), tenant, async (tx) => (await tx.query(sql)).rows);
  }

  async function count(table: string): Promise<number> {
    return (await rows(`select from ${table}`)).length;
  }
});

async function acknowledged(link: RawLink, seq: number): Promise<void> {
  while ((await link.next('ack')).throughSeq < seq);
}
