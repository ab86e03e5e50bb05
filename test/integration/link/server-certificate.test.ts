import { randomBytes } from 'node:crypto';
import { connect } from 'node:tls';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openAuthority, type ServerTls } from '#ca/authority.ts';
import { foundAuthority } from '#ca/found.ts';
import { keepServerCertificate } from '#control-plane/keep-server-certificate.ts';
import type { TenantId } from '#proto/domain/identity.ts';
import { openPgliteForTest, type OpenedDatabase, makeTenant } from '#test/harness/databases.ts';
import { type LinkServer, listen, makeAgent, startAgent, startLinkServer, trustDomain } from '#test/harness/link.ts';
import { type LinkPki, makeLinkPki } from '#test/harness/link-pki.ts';

const dayMs = 24 * 3_600_000;
let opened: OpenedDatabase;
let pki: LinkPki;
let tenant: TenantId;
let server: LinkServer;

beforeAll(async () => {
  opened = await openPgliteForTest();
  pki = await makeLinkPki();
  tenant = await makeTenant(opened.db);
  server = await startLinkServer({ db: opened.db, pki, recordReport: async () => undefined });
});
afterAll(async () => {
  await server.stop(100);
  await opened.close();
});

describe('a server that renews its certificate', () => {
  test('shows the new one to whoever comes, on both doors, while a stream that is open lives on', async () => {
    const agent = await makeAgent(opened.db, tenant);
    const one = startAgent(await pki.agent({ trustDomain, tenant, agent }), pki.root, () => server.streamAddress);
    await expect.poll(() => one.uplink.state.kind).toBe('live');
    const before = [await serialOf(server.streamAddress), await serialOf(server.enrolAddress)];

    const { key, certificateChain } = await pki.server();
    server.renewTls({ key, certificateChain, clientRoots: pki.root });

    const after = [await serialOf(server.streamAddress), await serialOf(server.enrolAddress)];
    expect(before[0]).toBe(before[1]);
    expect(after[0]).toBe(after[1]);
    expect(after[0]).not.toBe(before[0]);
    expect(one.uplink.state.kind).toBe('live');
    expect(server.live.size).toBe(1);
    await one.stop();
  });

  test('lets nobody in any more whose root it no longer believes', async () => {
    const other = await makeLinkPki();
    const agent = await makeAgent(opened.db, tenant);
    const { key, certificateChain } = await pki.server();
    server.renewTls({ key, certificateChain, clientRoots: other.root });

    const one = startAgent(await pki.agent({ trustDomain, tenant, agent }), pki.root, () => server.streamAddress);
    await expect.poll(() => server.told.lines.find(({ msg }) => msg === 'certificate refused')).toMatchObject({ fault: 'certificate-invalid' });

    await one.stop();
    server.renewTls({ key, certificateChain, clientRoots: pki.root });
  });
});

describe('the certificate that a server shows', () => {
  test('is renewed at half of its life, after a change of the authority, and again where that failed', async () => {
    let now = Date.now();
    let isFailing = false;
    const changes: (() => void)[] = [];
    const authority = await openAuthority(await foundAuthority('test.dd0c', { nowMs: now, randomBytes }), { now: () => now, randomBytes });
    const told = listen();
    const kept = await keepServerCertificate({
      keeper: { authority, onChange: (listener) => void changes.push(listener) },
      hosts: ['localhost'],
      record: async () => (isFailing ? Promise.reject(new Error('no database')) : undefined),
      clock: () => now,
      log: told.log,
    });
    const used: ServerTls[] = [];
    kept.onRenewed((tls) => used.push(tls));

    await kept.round();
    expect(used).toEqual([]);

    now += 3.6 * dayMs;
    isFailing = true;
    await kept.round();
    expect(used).toEqual([]);
    expect(told.lines.at(-1)?.msg).toContain('could not be renewed');

    isFailing = false;
    await kept.round();
    await kept.round();
    expect(used.map(({ record }) => record.serial)).toHaveLength(1);
    expect(used[0]?.record.notAfter.getTime()).toBeGreaterThan(now + 6.9 * dayMs);

    for (const change of changes) change();
    await expect.poll(() => used.length).toBe(2);

    now -= 2 * dayMs; // the clock was ahead
    await kept.round();
    await kept.round();
    expect(used.map(({ record }) => record.notBefore.getTime() < now)).toEqual([false, false, true]);
  });
});

/** As a client of TLS sees it. */
function serialOf(address: string): Promise<string> {
  const [host = '', port = ''] = address.split(':');
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const socket = connect({ host, port: Number(port), rejectUnauthorized: false, ALPNProtocols: ['h2'] }, () => {
    resolve(socket.getPeerCertificate().serialNumber);
    socket.destroy();
  });
  socket.on('error', reject);
  return promise;
}
