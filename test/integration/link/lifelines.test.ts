import dns from 'node:dns';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { usualKeepalive } from '#agent/uplink/link-stream.ts';
import { usualKeepalive as servedKeepalive } from '#control-plane/grpc/server.ts';
import type { AgentId, TenantId } from '#proto/domain/identity.ts';
import { splitReport } from '#proto/domain/report-parts.ts';
import { scrubbed, uuidOf } from '#test/fakes/facts.ts';
import { finding, report } from '#test/fakes/reports.ts';
import { startFaultyNetwork } from '#test/faults/tcp-proxy.ts';
import { makeTenant, type OpenedDatabase, openPgliteForTest } from '#test/harness/databases.ts';
import { type LinkServer, makeAgent, startAgent, startLinkServer, trustDomain } from '#test/harness/link.ts';
import { type Credentials, type LinkPki, makeLinkPki } from '#test/harness/link-pki.ts';

const cleanups: (() => unknown)[] = [];
let opened: OpenedDatabase;
let pki: LinkPki;
let server: LinkServer;
let own: Credentials;
let recorded: string[];

beforeAll(async () => {
  opened = await openPgliteForTest();
  pki = await makeLinkPki();
});

afterAll(() => opened.close());

beforeEach(async () => {
  const tenant: TenantId = await makeTenant(opened.db);
  const agent: AgentId = await makeAgent(opened.db, tenant);
  own = await pki.agent({ trustDomain, tenant, agent });
  recorded = [];
  server = await startLinkServer({ db: opened.db, pki, recordReport: async (_tx, { reportId }) => void recorded.push(reportId) });
  cleanups.push(() => server.stop(1_000));
});

afterEach(async () => {
  for (const clean of cleanups.splice(0).toReversed()) await clean();
});

test('a link on which everything vanishes is given up within its keepalive, and the next one goes on where it stood', async () => {
  const network = await startFaultyNetwork();
  network.leadTo(server.streamAddress);
  cleanups.push(() => network.close());
  const states: string[] = [];
  const agent = startAgent(own, pki.root, () => network.address, { keepalive: { idleMs: 1_500, answerMs: 1_500 }, onState: ({ kind }) => void states.push(kind) });
  cleanups.push(agent.stop);
  await expect.poll(() => states.at(-1)).toBe('live');

  const since = performance.now();
  const before = states.length;
  network.swallow();
  agent.spool.append(splitReport(scrubbed(report('prod', [finding(1)])), uuidOf(1)));
  await expect.poll(() => states.slice(before), { timeout: 60_000 }).toContain('waiting');
  const noticedMs = performance.now() - since;
  await agent.uplink.flush(AbortSignal.timeout(30_000));

  expect(noticedMs).toBeGreaterThan(1_000); // by its keepalive, not because somebody told it
  expect(recorded).toEqual([uuidOf(1)]);
  expect(usualKeepalive).toEqual({ idleMs: 30_000, answerMs: 15_000 }); // docs/reliability.md: 45 s
});

test('the server lets go of an agent from which nothing comes any more within its keepalive, though nobody closes', async () => {
  const keen = await startLinkServer({ db: opened.db, pki, recordReport: async () => {}, keepalive: { idleMs: 1_000, answerMs: 1_000 } });
  cleanups.push(() => keen.stop(1_000));
  const network = await startFaultyNetwork();
  network.leadTo(keen.streamAddress);
  cleanups.push(() => network.close());
  const agent = startAgent(own, pki.root, () => network.address, { keepalive: { idleMs: 120_000, answerMs: 120_000 } });
  cleanups.push(agent.stop);
  await expect.poll(() => keen.live.size, { timeout: 30_000 }).toBe(1);

  network.swallow();

  await expect.poll(() => keen.live.size, { timeout: 30_000 }).toBe(0);
  expect(agent.uplink.state.kind).toBe('live'); // nobody told the agent
  expect(servedKeepalive).toEqual({ idleMs: 30_000, answerMs: 15_000 });
});

test('of several addresses of a name the first that takes connections is used', async () => {
  const asked: string[] = [];
  const machine = dns.promises.lookup;
  const answer = [{ address: '127.0.0.2', family: 4 }, { address: '127.0.0.1', family: 4 }]; // nobody listens on the first
  const lookup = async (name: string): Promise<typeof answer> => {
    asked.push(name);
    return answer;
  };
  Object.assign(dns.promises, { lookup }); // where the library looks names up
  cleanups.push(() => Object.assign(dns.promises, { lookup: machine }));
  const named = await startLinkServer({ db: opened.db, pki, recordReport: async (_tx, { reportId }) => void recorded.push(reportId), certificate: await pki.server([{ type: 'dns', value: 'server.test' }]) });
  cleanups.push(() => named.stop(1_000));

  const agent = startAgent(own, pki.root, () => `server.test:${named.streamAddress.split(':')[1]}`);
  cleanups.push(agent.stop);
  agent.spool.append(splitReport(scrubbed(report('prod', [finding(1)])), uuidOf(1)));
  await agent.uplink.flush(AbortSignal.timeout(30_000));

  expect(asked).toContain('server.test');
  expect(recorded).toEqual([uuidOf(1)]);
});

test('a server that takes nothing off the wire does not make the agent hold more than the window', async () => {
  const network = await startFaultyNetwork();
  network.leadTo(server.streamAddress);
  cleanups.push(() => network.close());
  const agent = startAgent(own, pki.root, () => network.address, { keepalive: { idleMs: 60_000, answerMs: 60_000 } });
  cleanups.push(agent.stop);
  await expect.poll(() => agent.uplink.state.kind).toBe('live');

  const heal = network.partition('held');
  const before = process.memoryUsage().arrayBuffers;
  for (let number = 1; number <= 24; number += 1) agent.spool.append(splitReport(scrubbed(report('prod', [finding(number, 900_000)])), uuidOf(number)));
  await new Promise((resolve) => void setImmediate(resolve)); // what the pump may send, it has sent
  const grownBytes = process.memoryUsage().arrayBuffers - before;
  heal();
  await agent.uplink.flush(AbortSignal.timeout(60_000));

  expect(grownBytes).toBeLessThan(12 * 1024 * 1024); // of 22 MB that wait on disk
  expect(recorded).toHaveLength(24);
});
