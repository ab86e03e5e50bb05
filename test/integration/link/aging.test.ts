import { once } from 'node:events';
import { connect as connectHttp2 } from 'node:http2';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { AgentId, TenantId } from '#proto/domain/identity.ts';
import { splitReport } from '#proto/domain/report-parts.ts';
import { asTenant } from '#control-plane/store/tenant-tx.ts';
import { scrubbed, uuidOf } from '#test/fakes/facts.ts';
import { finding, report } from '#test/fakes/reports.ts';
import { makeTenant, type OpenedDatabase, openPgliteForTest } from '#test/harness/databases.ts';
import { type LinkServer, makeAgent, startAgent, startLinkServer, type TestAgent, trustDomain } from '#test/harness/link.ts';
import { type Credentials, type LinkPki, makeLinkPki } from '#test/harness/link-pki.ts';
import { rawLink } from '#test/harness/raw-link.ts';

const cleanups: (() => unknown)[] = [];
let opened: OpenedDatabase;
let pki: LinkPki;
let tenant: TenantId;
let agent: AgentId;
let own: Credentials;
let recorded: string[];

beforeAll(async () => {
  opened = await openPgliteForTest();
  pki = await makeLinkPki();
});

afterAll(() => opened.close());

beforeEach(async () => {
  tenant = await makeTenant(opened.db);
  agent = await makeAgent(opened.db, tenant);
  own = await pki.agent({ trustDomain, tenant, agent });
  recorded = [];
});

afterEach(async () => {
  for (const clean of cleanups.splice(0).toReversed()) await clean();
});

test('a stream that is old is asked away in peace, comes back at once and loses nothing', async () => {
  const server = await start({ maxAgeMs: 1_000, graceMs: 60_000 });
  const sent: string[] = [];
  let sessions = 0;
  const one: TestAgent = startAgent(own, pki.root, () => server.streamAddress, {
    onState({ kind }) {
      if (kind !== 'live') return;
      sessions += 1;
      if (sessions <= 4) spoolReports();
    },
  });
  cleanups.push(one.stop);
  await expect.poll(() => sessions, { timeout: 30_000 }).toBeGreaterThan(3);
  await one.uplink.flush(AbortSignal.timeout(30_000));

  expect(recorded).toEqual(sent);
  expect(sent).toHaveLength(24);
  expect(one.told.lines.filter(({ level }) => level >= 40)).toEqual([]);
  expect(server.told.lines.filter(({ level }) => level >= 40)).toEqual([]);
  const ended = await asTenant(opened.db, tenant, (tx) => tx.query<{ ended_by: string | null }>('select ended_by from agent_session where agent = $1 and disconnected_at is not null', [agent]));
  expect(ended.rows.map(({ ended_by }) => ended_by)).toEqual(ended.rows.map(() => null));

  /** Something is under way in each of them. */
  function spoolReports(): void {
    for (let count = 0; count < 6; count += 1) {
      sent.push(uuidOf(sent.length + 1));
      one.spool.append(splitReport(scrubbed(report('prod', [finding(sent.length, 5_000)])), sent.at(-1) ?? ''));
    }
  }
});

test('a peer that is asked away and stays is cut in the end', async () => {
  const server = await start({ maxAgeMs: 200, graceMs: 200 });
  const link = rawLink(server.streamAddress, pki.root, own);
  cleanups.push(() => link.close());
  link.send({ kind: 'hello', spoolId: uuidOf(900), lastSeq: 0, agentVersion: '0.1.0', capabilities: [], hostname: 'host', os: 'linux', arch: 'x64' });

  const { reason, reconnectAfterMs } = await link.next('drain');
  const { code } = await link.ended;

  expect([reason, reconnectAfterMs]).toEqual(['the connection is old', 0]);
  expect(code).toBe('UNAVAILABLE');
  await expect.poll(() => server.live.size).toBe(0);
});

test('a connection carries no more than eight streams at once', async () => {
  const server = await start({ maxAgeMs: 60_000, graceMs: 60_000 });
  const session = connectHttp2(`https://${server.streamAddress}`, { ca: pki.root, key: own.key, cert: own.certificateChain });
  cleanups.push(() => session.destroy());

  const [settings]: unknown[] = await once(session, 'remoteSettings');

  expect(settings).toMatchObject({ maxConcurrentStreams: 8 });
});

async function start(age: { maxAgeMs: number; graceMs: number }): Promise<LinkServer> {
  const server = await startLinkServer({ db: opened.db, pki, age, recordReport: async (_tx, { reportId }) => void recorded.push(reportId) });
  cleanups.push(() => server.stop(1_000));
  return server;
}
