import { mkdtempSync, rmSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer as createTlsServer } from 'node:tls';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { createDialler, type Dialler } from '#agent/dial/dialler.ts';
import { enrol } from '#agent/identity/enrol.ts';
import { createIdentityKeeper } from '#agent/identity/keeper.ts';
import type { Fault } from '#proto/domain/fault.ts';
import type { AgentIdentity } from '#proto/domain/identity.ts';
import { splitReport } from '#proto/domain/report-parts.ts';
import { scrubbed } from '#test/fakes/facts.ts';
import { finding, report } from '#test/fakes/reports.ts';
import { type ConnectProxy, type ConnectProxyOptions, startConnectProxy } from '#test/harness/connect-proxy.ts';
import { makeTenant, type OpenedDatabase, openPgliteForTest } from '#test/harness/databases.ts';
import { makeFleet, serveEnrolment } from '#test/harness/enrolment.ts';
import { type LinkServer, makeAgent, startAgent, startLinkServer, type TestAgent, trustDomain } from '#test/harness/link.ts';
import { type Credentials, type LinkPki, makeLinkPki } from '#test/harness/link-pki.ts';
import { openTestPki } from '#test/harness/pki.ts';

/** A name that only the proxy knows: who resolves it himself fails. */
const address = 'control-plane.invalid:7331';
const cleanups: (() => unknown)[] = [];
let opened: OpenedDatabase;
let pki: LinkPki;
let server: LinkServer;
let own: Credentials;
let proxyTls: Credentials;

beforeAll(async () => {
  opened = await openPgliteForTest();
  pki = await makeLinkPki();
  server = await startLinkServer({ db: opened.db, pki, recordReport: async () => {}, certificate: await pki.server([{ type: 'dns', value: 'control-plane.invalid' }]) });
  const tenant = await makeTenant(opened.db);
  const who: AgentIdentity = { trustDomain, tenant, agent: await makeAgent(opened.db, tenant) };
  own = await pki.agent(who);
  proxyTls = await pki.server();
});

afterEach(async () => {
  for (const clean of cleanups.splice(0).toReversed()) await clean();
});

afterAll(async () => {
  await server.stop(1_000);
  await opened.close();
});

describe('the stream goes through a proxy', () => {
  test.each([
    ['in the clear, named in capitals', 'HTTPS_PROXY', 'http', '127.0.0.1'],
    ['by TLS, by name', 'https_proxy', 'https', 'localhost'],
    ['by TLS, by address', 'ALL_PROXY', 'https', '127.0.0.1'],
  ])('that is spoken to %s', async (_how, variable, scheme, host) => {
    const proxy = await serve(scheme === 'https' ? { tls: proxyTls } : {});
    const agent = begin(dialler({ [variable]: `${scheme}://${host}:${proxy.port}` }));
    agent.spool.append(splitReport(scrubbed(report('prod-of-nobody-else', [finding(1)])), randomUUID()));

    await agent.uplink.flush(AbortSignal.timeout(10_000));

    expect(proxy.asked).toEqual([address]);
    expect(proxy.heard().length).toBeGreaterThan(1_000);
    expect(proxy.heard().includes('prod-of-nobody-else')).toBe(false); // TLS from end to end
  });

  test('with a name and a password, which nobody logs', async () => {
    const proxy = await serve({ login: `Basic ${Buffer.from('me:hunter2').toString('base64')}` });
    const agent = begin(dialler({ HTTPS_PROXY: `http://me:hunter2@127.0.0.1:${proxy.port}` }));

    await expect.poll(() => agent.uplink.state.kind).toBe('live');

    expect(JSON.stringify(agent.told.lines)).not.toMatch(/hunter2|bWU6aHVudGVyMg/);
  });

  test('and is refused where what answers behind it is somebody else', async () => {
    const foreign = await makeLinkPki();
    const impostor = await startLinkServer({ db: opened.db, pki: foreign, recordReport: async () => {}, certificate: await foreign.server([{ type: 'dns', value: 'control-plane.invalid' }]) });
    cleanups.push(() => impostor.stop(0));
    const proxy = await serve({ hosts: () => ({ [address]: impostor.streamAddress }) });

    expect(await firstLoss({ HTTPS_PROXY: `http://127.0.0.1:${proxy.port}` })).toMatchObject({ code: 'server-untrusted' });
  });
});

describe('whatever NODE_TLS_REJECT_UNAUTHORIZED says, nobody is believed without a certificate that holds', () => {
  let foreign: LinkPki;
  beforeEach(async () => {
    vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0');
    cleanups.push(() => vi.unstubAllEnvs());
    foreign = await makeLinkPki();
  });

  test('neither a proxy', async () => {
    const proxy = await serve({ tls: await foreign.server() });

    expect(await firstLoss({ HTTPS_PROXY: `https://127.0.0.1:${proxy.port}` })).toMatchObject({ code: 'proxy-unreachable' });
  });

  test('nor a control plane', async () => {
    const { key, certificateChain } = await foreign.server();
    const impostor = createTlsServer({ key, cert: certificateChain, ALPNProtocols: ['h2'] }).listen(0, '127.0.0.1');
    cleanups.push(() => impostor.close());
    await once(impostor, 'listening');
    const at = { host: '127.0.0.1', port: (impostor.address() as AddressInfo).port };
    const way = dialler({});

    const opening = way.startTls(at, await way.open(at), { ca: pki.root });
    cleanups.push(() => opening.destroy());

    await expect(once(opening, 'secureConnect')).rejects.toMatchObject({ code: expect.stringMatching(/SELF_SIGNED|UNABLE_TO/) });
  });
});

describe('what goes wrong at the proxy is named', () => {
  test.each<[string, Partial<ConnectProxyOptions>, object]>([
    ['it wants a login', { login: 'Basic x' }, { code: 'proxy-login-needed', facts: { status: 407, target: address, variable: 'HTTPS_PROXY' } }],
    ['it forbids', { answer: 403 }, { code: 'proxy-denied', facts: { status: 403 } }],
    ['it cannot reach the control plane', { hosts: () => ({}) }, { code: 'proxy-cannot-reach', facts: { status: 502 } }],
  ])('%s', async (_what, options, expected) => {
    const proxy = await serve(options);

    const loss = await firstLoss({ HTTPS_PROXY: `http://me:hunter2@127.0.0.1:${proxy.port}` });

    expect(loss).toMatchObject(expected);
    expect(loss?.message).not.toContain('hunter2');
  });

  test('it is not there', async () => {
    expect(await firstLoss({ HTTPS_PROXY: 'http://127.0.0.1:1' })).toMatchObject({ code: 'proxy-unreachable', facts: { reason: 'ECONNREFUSED' } });
  });

  test('its certificate is not trusted', async () => {
    const proxy = await serve({ tls: await (await makeLinkPki()).server() });

    expect(await firstLoss({ HTTPS_PROXY: `https://127.0.0.1:${proxy.port}` })).toMatchObject({ code: 'proxy-unreachable' });
  });

  test('it is of a kind that is not spoken', async () => {
    expect(await firstLoss({ ALL_PROXY: 'socks5://127.0.0.1:1' })).toMatchObject({ code: 'proxy-invalid' });
  });

  test('it never answers', async () => {
    const proxy = await serve({ answer: 'nothing' });

    expect(await firstLoss({ HTTPS_PROXY: `http://127.0.0.1:${proxy.port}` })).toMatchObject({ code: 'proxy-silent' });
  });
});

test('enrolment and renewal go through the proxy, too, both legs of it, and check the pin end to end', async () => {
  const ca = await openTestPki();
  const fleet = makeFleet(opened.db, ca, () => 'enrol.invalid:7332');
  const door = await serveEnrolment(fleet, await ca.authority.issueServer(['enrol.invalid']), { streamAddress: 'stream.invalid:7331' });
  cleanups.push(() => door.stop());
  const proxy = await serve({ hosts: () => ({ 'enrol.invalid:7332': door.address }), tls: proxyTls });
  const through = dialler({ HTTPS_PROXY: `https://localhost:${proxy.port}` });
  const dataDir = mkdtempSync(join(tmpdir(), 'dd0c-agent-'));
  cleanups.push(() => rmSync(dataDir, { recursive: true, force: true }));
  const { token } = await fleet.tokens.createToken(await makeTenant(opened.db), {});

  const identity = await enrol({ server: 'enrol.invalid:7332', token, dataDir, hostname: 'h', version: '0.1.0', dialler: through });
  const renewing = createIdentityKeeper({ dataDir, random: () => 0, dialler: through }).renew();

  expect(identity.address).toBe('stream.invalid:7331');
  await expect(renewing).rejects.toMatchObject({ code: 'proxy-cannot-reach', facts: { target: 'stream.invalid:7331' } });
  expect(proxy.asked).toEqual(['enrol.invalid:7332', 'enrol.invalid:7332', 'stream.invalid:7331']);
});

describe('a middlebox that drops a large first message of TLS', () => {
  test('is found out, and the switch gets through', async () => {
    const box = await dropLarge(server.streamAddress);
    const proxy = await serve({ hosts: () => ({ [address]: box }) });
    const env = { HTTPS_PROXY: `http://127.0.0.1:${proxy.port}` };

    expect(await firstLoss(env)).toMatchObject({ code: 'handshake-swallowed', next: expect.stringContaining('keyExchange: classical') });

    const agent = begin(createDialler({ env, keyExchange: 'classical' }));
    await expect.poll(() => agent.uplink.state.kind).toBe('live');
  });
});

async function serve(options: Partial<ConnectProxyOptions>): Promise<ConnectProxy> {
  const proxy = await startConnectProxy({ hosts: () => ({ [address]: server.streamAddress }), ...options });
  cleanups.push(() => proxy.close());
  return proxy;
}

function dialler(env: Readonly<Record<string, string>>): Dialler {
  return createDialler({ env, proxyRoots: [pki.root], patienceMs: 2_000 });
}

function begin(way: Dialler, options: Parameters<typeof startAgent>[3] = {}): TestAgent {
  const agent = startAgent(own, pki.root, () => address, { dialler: way, ...options });
  cleanups.push(() => agent.stop());
  return agent;
}

async function firstLoss(env: Readonly<Record<string, string>>): Promise<Fault | null> {
  const { promise, resolve } = Promise.withResolvers<Fault | null>();
  begin(dialler(env), { onState: (state) => state.kind === 'waiting' && resolve(state.why) });
  return promise;
}

/** Lets a connection through only if its first message came in one packet's size. */
async function dropLarge(to: string): Promise<string> {
  const [host, port] = to.split(':');
  const box: Server = createServer((client) => {
    client.on('error', () => {});
    client.once('data', (hello) => {
      if (hello.length > 1_300) return; // swallowed: no answer, and no end
      const far = connect({ host: host ?? '', port: Number(port) });
      far.on('error', () => {});
      far.write(hello);
      client.pipe(far).pipe(client);
    });
  });
  await new Promise<void>((resolve) => box.listen(0, '127.0.0.1', resolve));
  cleanups.push(() => box.close());
  const at = box.address();
  return `127.0.0.1:${typeof at === 'object' ? at?.port : 0}`;
}
