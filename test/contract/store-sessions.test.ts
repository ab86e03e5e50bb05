import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createAgents } from '#control-plane/fleet/agents.ts';
import { generations } from '#control-plane/fleet/generations.ts';
import { createLinkSessions, type LinkSessions } from '#control-plane/fleet/link-sessions.ts';
import { createIngest, type Ingest } from '#control-plane/ingest/ingest.ts';
import type { Database } from '#control-plane/store/database.ts';
import { takeEvents } from '#control-plane/store/outbox.ts';
import { asTenant } from '#control-plane/store/tenant-tx.ts';
import type { Hello } from '#proto/domain/frame.ts';
import type { AgentId, TenantId } from '#proto/domain/identity.ts';
import { splitReport } from '#proto/domain/report-parts.ts';
import { scrubbed } from '#test/fakes/facts.ts';
import { report } from '#test/fakes/reports.ts';
import { eachDatabase, makeTenant, onPostgres, type OpenedDatabase, openPostgresForTest } from '#test/harness/databases.ts';
import { listen, makeAgent, trustDomain } from '#test/harness/link.ts';

/** An agent with a certificate, and what it says first. */
interface Caller {
  readonly tenant: TenantId;
  readonly agent: AgentId;
  readonly serial: string;
  readonly hello: Hello;
}

eachDatabase('sessions that begin together', (db) => {
  test('they share one transaction, and each has its own epoch and knows how far its own spool is', async () => {
    const tenant = await makeTenant(db());
    const callers = await Promise.all(Array.from({ length: 20 }, () => makeCaller(db(), tenant)));
    const { sessions, ingest, transactions } = scene(db());
    const [third] = callers.slice(2);
    if (third === undefined) throw new Error('no caller');
    await begin(sessions, third);
    await ingest.accept({ tenant, agent: third.agent, spool: third.hello.spoolId, epoch: 1 }, facts());
    const before = transactions();

    const begun = await Promise.all(callers.map((caller) => begin(sessions, caller)));

    expect(transactions() - before).toBe(1);
    expect(begun).toEqual(callers.map((caller) => (caller === third ? { epoch: 2, replica: null, throughSeq: facts().length } : { epoch: 1, replica: null, throughSeq: 0 })));
    expect(await openSessions(db(), tenant)).toEqual(callers.map((caller) => `${caller.agent} ${caller === third ? 2 : 1} ${caller.serial} ${caller.hello.hostname}`).toSorted());
  });

  test('of two of one agent the newer wins, and the older one can write no more', async () => {
    const tenant = await makeTenant(db());
    const [caller, neighbour] = [await makeCaller(db(), tenant), await makeCaller(db(), tenant)];
    const { sessions, ingest } = scene(db());

    const [older, , newer] = await Promise.all([begin(sessions, caller), begin(sessions, neighbour), begin(sessions, { ...caller, hello: { ...caller.hello, hostname: 'newer' } })]);

    expect([older.epoch, newer.epoch]).toEqual([1, 2]);
    expect(await openSessions(db(), tenant)).toEqual([`${caller.agent} 2 ${caller.serial} newer`, `${neighbour.agent} 1 ${neighbour.serial} ${neighbour.hello.hostname}`].toSorted());
    const session = { tenant, agent: caller.agent, spool: caller.hello.spoolId };
    await expect(ingest.accept({ ...session, epoch: older.epoch }, facts())).rejects.toMatchObject({ code: 'session-superseded' });
    expect(await ingest.accept({ ...session, epoch: newer.epoch }, facts())).toMatchObject({ throughSeq: facts().length });
  });

  test('one that may not begin is told why, and its neighbours begin', async () => {
    const tenant = await makeTenant(db());
    const stranger = await makeTenant(db());
    const agents = createAgents({ db: db(), cut: () => {}, wake: () => {}, newId: randomUUID, clock: Date.now });
    const [good, locked, removed, revoked, cloned, ill, alsoGood] = await Promise.all(Array.from({ length: 7 }, () => makeCaller(db(), tenant)));
    if (!good || !locked || !removed || !revoked || !cloned || !ill || !alsoGood) throw new Error('no caller');
    const elsewhere = await makeCaller(db(), stranger);
    await agents.lockAgent(tenant, locked.agent);
    await agents.removeAgent(tenant, removed.agent);
    await asTenant(db(), tenant, (tx) => tx.query('update certificate set revoked_at = now() where serial = $1', [revoked.serial]));
    await asTenant(db(), tenant, (tx) => tx.query(`update agent set generation = 2, key_hash = 'later' where id = $1`, [cloned.agent]));
    const { sessions } = scene(db());

    const answers = await Promise.allSettled(
      [good, locked, removed, revoked, cloned, { ...alsoGood, serial: 'ff' }, { ...ill, hello: { ...ill.hello, hostname: 'nul\0' } }, { ...elsewhere, tenant }].map((caller) => begin(sessions, caller)),
    );
    const then = await Promise.allSettled([begin(sessions, alsoGood), begin(sessions, cloned)]);

    expect(answers.map((answer) => (answer.status === 'fulfilled' ? answer.value.epoch : (answer.reason as { code?: string; name: string }).code ?? (answer.reason as Error).name))).toEqual(
      [1, 'agent-locked', 'agent-removed', 'certificate-revoked', 'agent-cloned', 'certificate-unknown', 'DatabaseError', 'agent-removed'],
    );
    expect(then).toMatchObject([{ value: { epoch: 1 } }, { reason: { code: 'agent-locked' } }]);
    expect(await openSessions(db(), tenant)).toEqual([good, alsoGood].map(({ agent, serial, hello }) => `${agent} 1 ${serial} ${hello.hostname}`).toSorted());
    expect(await openSessions(db(), stranger)).toEqual([]);
    expect(await topics(db(), tenant)).toContain('fleet.agent-cloned');
  });

  test('tenants that come at the same time begin apart, each with its own', async () => {
    const [mine, other] = [await makeTenant(db()), await makeTenant(db())];
    const shared = randomUUID();
    const [ours, theirs] = [await makeCaller(db(), mine, shared), await makeCaller(db(), other, shared)];
    const { sessions, transactions } = scene(db());
    const before = transactions();

    const begun = await Promise.all([ours, theirs].map((caller) => begin(sessions, caller)));

    expect(begun).toMatchObject([{ epoch: 1, throughSeq: 0 }, { epoch: 1, throughSeq: 0 }]);
    expect(transactions() - before).toBe(2);
    expect(await openSessions(db(), mine)).toEqual([`${ours.agent} 1 ${ours.serial} ${ours.hello.hostname}`]);
    expect(await openSessions(db(), other)).toEqual([`${theirs.agent} 1 ${theirs.serial} ${theirs.hello.hostname}`]);
  });

  test('first certificates, successors, what each trusts and drains that are over are noted for each', async () => {
    const tenant = await makeTenant(db());
    const [first, successor, says, drained] = await Promise.all(Array.from({ length: 4 }, () => makeCaller(db(), tenant)));
    if (!first || !successor || !says || !drained) throw new Error('no caller');
    await asTenant(db(), tenant, async (tx) => {
      await tx.query(`update agent set generation = 1, key_hash = 'before' where id = $1`, [successor.agent]);
      await tx.query(`update certificate set generation = 2 where serial = $1`, [successor.serial]);
      await tx.query(`update certificate set trust = 'given' where serial = any($1)`, [[first.serial, says.serial]]);
      await tx.query(`update agent set drain_id = $2, drain_asked_at = now(), drain_received_at = now() where id = $1`, [drained.agent, randomUUID()]);
    });

    await Promise.all([first, successor, { ...says, hello: { ...says.hello, trust: 'said' } }, drained].map((caller) => begin(scene(db()).sessions, caller)));

    const { rows } = await asTenant(db(), tenant, (tx) => tx.query<{ id: AgentId }>(`select id, generation, convert_from(key_hash, 'utf8') as key, trust, drain_id from agent`));
    const byId = new Map(rows.map((row) => [row.id, row]));
    expect([first, successor, says, drained].map(({ agent }) => byId.get(agent))).toMatchObject([
      { generation: 1, key: first.serial, trust: 'given' },
      { generation: 2, key: successor.serial, trust: null },
      { generation: 1, key: says.serial, trust: 'said' },
      { generation: 1, drain_id: null },
    ]);
    expect((await topics(db(), tenant)).toSorted()).toEqual(['fleet.agent-returned', 'fleet.certificate-succeeded']);
  });
});

onPostgres('sessions that begin while others write', (server) => {
  let opened: OpenedDatabase;
  const db = () => opened.db;
  beforeAll(async () => void (opened = await openPostgresForTest(server())));
  afterAll(() => opened.close());

  test('an agent whose row somebody holds waits alone, and begins once it is free', async () => {
    const tenant = await makeTenant(db());
    const [held, ...others] = await Promise.all(Array.from({ length: 5 }, () => makeCaller(db(), tenant)));
    if (held === undefined) throw new Error('no caller');
    const { sessions } = scene(db());
    const [taken, free] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const holding = asTenant(db(), tenant, async (tx) => {
      await tx.query('select from agent where id = $1 for update', [held.agent]);
      taken.resolve();
      await free.promise;
    });
    await taken.promise;

    let isWaiting = true;
    const last = begin(sessions, held).finally(() => (isWaiting = false));
    const asked = performance.now();
    const begun = await Promise.all(others.map((caller) => begin(sessions, caller)));

    expect(performance.now() - asked).toBeLessThan(15_000); // and not when a statement has to end, after 30 s
    expect(begun.map(({ epoch }) => epoch)).toEqual([1, 1, 1, 1]);
    expect(isWaiting).toBe(true);
    free.resolve();
    await holding;
    expect(await last).toMatchObject({ epoch: 1 });
  });
});

/** `transactions` counts those that began. */
function scene(db: Database): { sessions: LinkSessions; ingest: Ingest; transactions: () => number } {
  let count = 0;
  const counted: Database = {
    ...db,
    transaction(work, opening) {
      count += 1;
      return db.transaction(work, opening);
    },
  };
  const ingest = createIngest({ db: counted, recordReport: async () => {}, clock: Date.now, log: listen().log });
  const sessions = createLinkSessions({ db: counted, clock: Date.now, orders: [], generations, claim: (tx, some) => ingest.claimWithin(tx, some) });
  return { sessions, ingest, transactions: () => count };
}

function begin(sessions: LinkSessions, { tenant, agent, serial, hello }: Caller) {
  return sessions.begin({ trustDomain, tenant, agent }, { serial, remoteAddress: '192.0.2.1:1' }, hello);
}

async function makeCaller(db: Database, tenant: TenantId, spoolId: string = randomUUID()): Promise<Caller> {
  const agent = await makeAgent(db, tenant);
  const serial = randomUUID().replaceAll('-', '');
  await asTenant(db, tenant, (tx) =>
    tx.query(
      `insert into certificate (tenant, serial, agent, subject, key_hash, fingerprint, not_before, not_after, issued_at)
       values ($1, $2, $3, '', convert_to($2, 'utf8'), '', now(), now(), now())`,
      [tenant, serial, agent],
    ),
  );
  return { tenant, agent, serial, hello: { kind: 'hello', agentVersion: '0.1.0', capabilities: ['drain', 'trust'], spoolId, lastSeq: 0, hostname: `host-${agent}`, os: 'linux', arch: 'x64' } };
}

async function openSessions(db: Database, tenant: TenantId): Promise<readonly string[]> {
  const { rows } = await asTenant(db, tenant, (tx) => tx.query<{ told: string }>(`select agent || ' ' || epoch || ' ' || serial || ' ' || hostname as told from agent_session where disconnected_at is null and capabilities = '{drain,trust}'`));
  return rows.map(({ told }) => told).toSorted();
}

async function topics(db: Database, tenant: TenantId): Promise<readonly string[]> {
  return (await asTenant(db, tenant, (tx) => takeEvents(tx, 100))).map(({ topic }) => topic);
}

function facts() {
  return splitReport(scrubbed(report('prod', [])), '00000000-0000-4000-8000-000000000001').map((body, index) => ({ seq: index + 1, body }));
}
