import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { runProgram } from '#agent/cli/program.ts';
import { createPaint } from '#agent/cli/terminal/paint.ts';
import { enrol } from '#agent/identity/enrol.ts';
import { createClient } from '#control-plane/cli/client.ts';
import { readServerArguments } from '#control-plane/config/server-arguments.ts';
import { type Agents, createAgents } from '#control-plane/fleet/agents.ts';
import { createDrainOrders } from '#control-plane/fleet/drain-orders.ts';
import { createLog } from '#control-plane/log.ts';
import { type ControlPlane, startControlPlane } from '#control-plane/start.ts';
import { asTenant } from '#control-plane/store/tenant-tx.ts';
import type { AgentIdentity, TenantId } from '#proto/domain/identity.ts';
import { splitReport } from '#proto/domain/report-parts.ts';
import { readFile } from 'node:fs/promises';
import { scrubbed } from '#test/fakes/facts.ts';
import { report } from '#test/fakes/reports.ts';
import { makeTenant, type OpenedDatabase, openPgliteForTest } from '#test/harness/databases.ts';
import { type LinkServer, makeAgent, startAgent, startLinkServer, type TestAgent, trustDomain } from '#test/harness/link.ts';
import { type Credentials, type LinkPki, makeLinkPki } from '#test/harness/link-pki.ts';

const cleanups: (() => unknown)[] = [];

afterEach(async () => {
  for (const clean of cleanups.splice(0).toReversed()) await clean();
});

describe('an agent that is drained', () => {
  let opened: OpenedDatabase;
  let pki: LinkPki;
  let server: LinkServer;
  let agents: Agents;
  let tenant: TenantId;
  let who: AgentIdentity;
  let own: Credentials;

  beforeAll(async () => {
    opened = await openPgliteForTest();
    pki = await makeLinkPki();
    server = await startLinkServer({ db: opened.db, pki, recordReport: async () => {}, sources: [createDrainOrders(Date.now)], limits: { heartbeatIntervalMs: 100 } });
    tenant = await makeTenant(opened.db);
    // as on another replica: whoever is asked has no stream to wake
    agents = createAgents({ db: opened.db, cut: () => {}, wake: () => {}, newId: randomUUID, clock: Date.now });
  });

  afterAll(async () => {
    await server.stop(1_000);
    await opened.close();
  });

  test('hears it from the replica that has its stream, takes no more orders, and is drained with its goodbye', async () => {
    const heard: string[] = [];
    const agent = await begin({ onDrain: () => heard.push('drain'), onOrder: ({ id }) => heard.push(id) });
    await live(agent);

    expect(await agents.drainAgent(tenant, who.agent, 'a token')).toMatchObject({ state: 'draining' });
    await expect.poll(() => heard).toEqual(['drain']);
    await asTenant(opened.db, tenant, (tx) => server.orders.request(tx, who.agent, { stacks: [] }));
    server.reach.wake(who.agent);
    agent.spool.append(splitReport(scrubbed(report('prod', [])), randomUUID()));
    await agent.uplink.flush(AbortSignal.timeout(5_000));
    expect(await state()).toBe('draining');
    await agent.stop();

    await expect.poll(state).toBe('drained');
    expect(heard).toEqual(['drain']);
    expect(await topics()).toEqual(['fleet.agent-draining']);
  });

  test('stays one over a broken link, and is in service again once it was started again; what waited comes then', async () => {
    const heard: string[] = [];
    const options = { onDrain: () => heard.push('drain'), onOrder: () => heard.push('scan') };
    const agent = await begin(options);
    await live(agent);
    await agents.drainAgent(tenant, who.agent);
    await agents.drainAgent(tenant, who.agent); // twice is once
    await expect.poll(() => heard).toEqual(['drain']);
    await asTenant(opened.db, tenant, (tx) => server.orders.request(tx, who.agent, { stacks: [] }));
    agent.uplink.reconnect();
    await expect.poll(() => agent.told.lines.filter(({ msg }) => msg === 'link up').length).toBe(2);
    expect(await state()).toBe('draining');
    await agent.stop();
    await expect.poll(state).toBe('drained');

    const again = start(options);
    await live(again);

    await expect.poll(() => heard).toEqual(['drain', 'scan']);
    expect(await state()).toBe('online');
    expect(await topics()).toEqual(['fleet.agent-draining', 'fleet.agent-returned']);
  });

  test('hears it when it comes, where it was away', async () => {
    await begin({}, 'away');
    await agents.drainAgent(tenant, who.agent);
    expect(await state()).toBe('draining');
    const heard: string[] = [];

    start({ onDrain: () => heard.push('drain') });

    await expect.poll(() => heard).toEqual(['drain']);
  });

  test('must be one that can: an older one, or one that ends by itself, is refused by name', async () => {
    const old = await begin({ about: { agentVersion: '0.0.9', capabilities: ['scan'], hostname: 'h', os: 'linux', arch: 'x64' } });
    await live(old);

    await expect(agents.drainAgent(tenant, who.agent)).rejects.toMatchObject({ code: 'agent-cannot-drain' });
    expect(await state()).toBe('online');
  });

  async function begin(options: Parameters<typeof startAgent>[3], where: 'here' | 'away' = 'here'): Promise<TestAgent> {
    who = { trustDomain, tenant, agent: await makeAgent(opened.db, tenant) };
    own = await pki.agent(who);
    const agent = start(options);
    if (where === 'away') await agent.stop();
    return agent;
  }

  function start(options: Parameters<typeof startAgent>[3] = {}): TestAgent {
    const agent = startAgent(own, pki.root, () => server.streamAddress, { about: { agentVersion: '0.1.0', capabilities: ['scan', 'drain'], hostname: 'h', os: 'linux', arch: 'x64' }, ...options });
    let stopped: Promise<void> | null = null;
    const once = { ...agent, stop: () => (stopped ??= agent.stop()) };
    cleanups.push(once.stop);
    return once;
  }

  async function live(agent: TestAgent): Promise<void> {
    await expect.poll(() => agent.uplink.state.kind).toBe('live');
  }

  async function state(): Promise<string> {
    return (await agents.getAgent(tenant, who.agent)).state;
  }

  async function topics(): Promise<readonly string[]> {
    const { rows } = await asTenant(opened.db, tenant, (tx) => tx.query<{ topic: string }>(`select topic from outbox where body ->> 'agent' = $1 and topic like 'fleet.agent-%' order by ordinal`, [who.agent]));
    return rows.map(({ topic }) => topic);
  }
});

describe('dd0c agents drain', () => {
  test('ends the service on its host with exit 0 after its spool is empty; starting it again ends the draining', async () => {
    const [data, home] = [mkdtempSync(join(tmpdir(), 'dd0c-server-')), mkdtempSync(join(tmpdir(), 'dd0c-agent-'))];
    const server = await serve(data);
    cleanups.push(() => [data, home].map((folder) => rmSync(folder, { recursive: true, force: true })), () => server.stop());
    const client = createClient({ server: server.ready.http, token: (await readFile(join(data, 'admin-token'), 'utf8')).trim() }, '0.0.0');
    const { token } = (await client.call({ method: 'POST', path: '/v1/tokens', body: {} })) as { token: string };
    const { agent } = await enrol({ server: server.ready.enroll, token, dataDir: join(home, 'data'), hostname: hostname(), version: '0.1.0' });
    writeFileSync(join(home, 'dd0c.yaml'), 'version: 1\nscan: { paths: [.] }\n');
    const stop = new AbortController();
    cleanups.push(() => stop.abort());
    const stateOf = async (): Promise<string> => ((await client.call({ path: `/v1/agents/${agent}` })) as { state: string }).state;

    const first = run();
    await expect.poll(stateOf, { timeout: 10_000 }).toBe('online');
    expect(await client.call({ method: 'POST', path: `/v1/agents/${agent}/drain` })).toMatchObject({ state: 'draining' });
    expect(await first).toBe(0);
    await expect.poll(stateOf).toBe('drained');

    const second = run();
    await expect.poll(stateOf, { timeout: 10_000 }).toBe('online');
    stop.abort();
    expect(await second).toBe(0);

    function run(): Promise<number> {
      const paint = createPaint({ colours: false });
      const terminal = { out: () => {}, err: () => {}, input: new PassThrough(), output: new PassThrough(), errorOutput: new PassThrough(), width: 100, paint, paintError: paint, isInteractive: false };
      return runProgram(['run', '--data', join(home, 'data')], { terminal, env: {}, cwd: home, stop: stop.signal });
    }
  });
});

async function serve(data: string): Promise<ControlPlane> {
  const command = readServerArguments(['--data', data, '--http', '127.0.0.1:0', '--grpc', '127.0.0.1:0', '--enroll', '127.0.0.1:0'], {});
  if (command.kind !== 'start') throw new Error('no server');
  return await startControlPlane(command.config, createLog('error', { write: () => {} }));
}
