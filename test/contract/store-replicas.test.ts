import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { createAgents } from '#control-plane/fleet/agents.ts';
import { createCertificates } from '#control-plane/fleet/certificates.ts';
import { createLinkSessions, type LinkSessions } from '#control-plane/fleet/link-sessions.ts';
import { joinReplicas, type Replica } from '#control-plane/fleet/replicas.ts';
import { createScanOrders } from '#control-plane/fleet/scan-orders.ts';
import { createIngest } from '#control-plane/ingest/ingest.ts';
import { asSystem, asTenant } from '#control-plane/store/tenant-tx.ts';
import type { Hello } from '#proto/domain/frame.ts';
import type { AgentId, TenantId } from '#proto/domain/identity.ts';
import { splitReport } from '#proto/domain/report-parts.ts';
import { scrubbed } from '#test/fakes/facts.ts';
import { report } from '#test/fakes/reports.ts';
import { eachDatabase, makeTenant } from '#test/harness/databases.ts';
import { believingAll, listen, makeAgent, trustDomain } from '#test/harness/link.ts';

const hello: Hello = { kind: 'hello', agentVersion: '0.1.0', capabilities: ['drain'], spoolId: randomUUID(), lastSeq: 0, hostname: 'host', os: 'linux', arch: 'x64' };
const serial = '01';
const book = createScanOrders({ newId: randomUUID, clock: Date.now });

eachDatabase('replicas', (db) => {
  test('whatever concerns a live stream calls its agent, at the replica that has the stream and at no other', async () => {
    const { tenant, agent, here } = await scene();
    const there = await replica();
    const calls: [string, () => Promise<unknown>][] = [
      ['an order', () => asTenant(db(), tenant, (tx) => book.request(tx, agent, { stacks: [] }))],
      ['to drain', () => agents().drainAgent(tenant, agent)],
      ['a lock', () => agents().lockAgent(tenant, agent)],
      ['a revocation', () => createCertificates({ db: db(), clock: Date.now, cut: () => {} }).revokeCertificate(tenant, serial)],
      ['a removal', () => agents().removeAgent(tenant, agent)],
    ];

    const told: unknown[] = [];
    for (const [what, call] of calls) {
      await call();
      told.push([what, await here.called(), await there.called()]);
      await sessions(here).look(tenant, [{ agent, epoch: 1 }]);
      told.push(await here.called());
    }

    expect(told).toEqual(calls.flatMap(([what]) => [[what, [agent], []], []]));
  });

  test('what was written while somebody looked calls again, and so does what a superseded session looked at', async () => {
    const { tenant, agent, here } = await scene();
    const there = await replica();
    await sessions(there).begin({ trustDomain, tenant, agent }, { serial, remoteAddress: 'elsewhere' }, hello);
    await asTenant(db(), tenant, (tx) => book.request(tx, agent, { stacks: [] }));

    const news = await sessions(here).look(tenant, [{ agent, epoch: 1 }]);

    expect(news.get(agent)?.over).toMatchObject({ code: 'session-superseded' });
    expect(await there.called()).toEqual([agent]);
    expect((await sessions(there).look(tenant, [{ agent, epoch: 2 }])).get(agent)).toMatchObject({ over: null, orders: [{ kind: 'scan' }] });
  });

  test('an agent without a stream calls nobody, and hears everything with its next session', async () => {
    const { tenant, agent, here } = await scene();
    await sessions(here).end({ trustDomain, tenant, agent }, 1, null);
    await asTenant(db(), tenant, (tx) => book.request(tx, agent, { stacks: [] }));

    expect(await here.called()).toEqual([]);
    await sessions(here).begin({ trustDomain, tenant, agent }, { serial, remoteAddress: 'here' }, hello);
    expect(await here.called()).toEqual([agent]);
  });

  test('a replica that lost its lease can write for none of its agents, and goes on under another name', async () => {
    const { tenant, agent, here, losses } = await scene();
    const before = here.id;
    const there = await replica();
    const session = { tenant, agent, spool: randomUUID(), epoch: 1, replica: before };
    const ingest = createIngest({ db: db(), recordReport: async () => {}, clock: Date.now, log: listen().log });
    await ingest.claim(session);
    await there.round();
    await asSystem(db(), (tx) => tx.query(`update replica set lease_until = clock_timestamp() - interval '1 ms' where id = $1`, [before]));
    await there.round();
    const facts = splitReport(scrubbed(report('prod', [])), randomUUID()).map((body, index) => ({ seq: index + 1, body }));

    const state = (await agents().getAgent(tenant, agent)).state;
    await expect(ingest.accept(session, facts)).rejects.toMatchObject({ code: 'replica-lost' });
    const { over } = (await sessions(here).pulse(tenant, [{ ...session, atMs: Date.now(), spoolFacts: 0, spoolBytes: 0, alerts: [] }])).get(agent) ?? {};
    await here.round();

    expect(state).toBe('lost');
    expect(over).toMatchObject({ code: 'replica-lost' });
    expect([losses, here.id === before]).toEqual([['lost'], false]);
    await sessions(here).begin({ trustDomain, tenant, agent }, { serial, remoteAddress: 'again' }, hello);
    expect((await agents().getAgent(tenant, agent)).state).toBe('online');
  });

  test('a lease that passed while nobody else was there is only renewed', async () => {
    const { here, losses } = await scene();
    await asSystem(db(), (tx) => tx.query(`update replica set lease_until = clock_timestamp() - interval '1 ms' where id = $1`, [here.id]));

    await here.round();

    expect(losses).toEqual([]);
  });

  test('a replica that was late itself takes nobody’s lease away', async () => {
    const { tenant, agent, here } = await scene();
    const there = await replica();
    await there.round();
    await asSystem(db(), (tx) => tx.query(`update replica set lease_until = clock_timestamp() - interval '1 ms'`));

    await there.round(); // the database was away for both
    await here.round();
    await there.round();

    expect((await sessions(here).look(tenant, [{ agent, epoch: 1 }])).get(agent)?.over).toBeNull();
  });

  async function scene(): Promise<{ tenant: TenantId; agent: AgentId; here: Replica; losses: string[] }> {
    const tenant = await makeTenant(db());
    const agent = await makeAgent(db(), tenant);
    await asTenant(db(), tenant, (tx) =>
      tx.query(`insert into certificate (tenant, serial, agent, subject, key_hash, fingerprint, not_before, not_after, issued_at) values ($1, $2, $3, '', '', '', now(), now(), now())`, [tenant, serial, agent]),
    );
    const losses: string[] = [];
    const here = await replica(() => losses.push('lost'));
    await sessions(here).begin({ trustDomain, tenant, agent }, { serial, remoteAddress: 'here' }, hello);
    await sessions(here).look(tenant, [{ agent, epoch: 1 }]);
    return { tenant, agent, here, losses };
  }

  /** The embedded database has one owner, who joins once: a second one is only played. */
  function replica(onLost = (): unknown => null): Promise<Replica> {
    return joinReplicas({ db: { ...db(), kind: 'postgres' }, name: 'host', newId: randomUUID, log: listen().log, onLost });
  }

  function sessions(own: Replica): LinkSessions {
    return createLinkSessions({ db: db(), clock: Date.now, orders: [book], generations: believingAll, claim: async (_tx, some) => some.map(() => 0), replica: () => own.id });
  }

  function agents() {
    return createAgents({ db: db(), cut: () => {}, wake: () => {}, newId: randomUUID, clock: Date.now });
  }
});
