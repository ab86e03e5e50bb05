import { randomUUID } from 'node:crypto';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { admit } from '#control-plane/fleet/agents.ts';
import type { Enrolled } from '#control-plane/fleet/enrolment.ts';
import { generations } from '#control-plane/fleet/generations.ts';
import { takeEvents } from '#control-plane/store/outbox.ts';
import { asSystem, asTenant } from '#control-plane/store/tenant-tx.ts';
import { writeRequest } from '#ca/x509/request.ts';
import { type AgentId, type AgentIdentity, type TenantId, toAgentId } from '#proto/domain/identity.ts';
import { parseJoinToken, writeJoinToken } from '#proto/domain/join-token.ts';
import { eachDatabase, makeTenant } from '#test/harness/databases.ts';
import { makeFleet, type TestFleet, withToken } from '#test/harness/enrolment.ts';
import { makeKey, openTestPki, type TestPki } from '#test/harness/pki.ts';

const noon = Date.parse('2026-05-01T12:00:00Z');
const hourMs = 3_600_000;
let pki: TestPki;

beforeAll(async () => {
  pki = await openTestPki({ nowMs: noon });
});

eachDatabase('the fleet', (db) => {
  let fleet: TestFleet;
  let tenant: TenantId;

  beforeEach(async () => {
    fleet = makeFleet(db(), pki);
    fleet.setClock(noon);
    tenant = await makeTenant(db());
  });

  test('a token is told once, and kept as a hash', async () => {
    const made = await fleet.tokens.createToken(tenant, { name: 'ci', uses: 2, ttlSeconds: 60 });

    expect(made).toEqual({
      id: expect.any(String),
      token: expect.stringMatching(/^dd0c-join-v1\./),
      server: 'localhost:7332',
      caPin: pki.authority.pin,
      expiresAt: '2026-05-01T12:01:00.000Z',
      command: `dd0c-agent enroll --server localhost:7332 --ca-pin ${pki.authority.pin} --token-file -`,
    });
    const listed = await fleet.tokens.listTokens(tenant, { limit: 10 });
    expect(listed.items).toEqual([{ id: made.id, name: 'ci', uses: 2, used: 0, labels: {}, networks: [], createdAt: '2026-05-01T12:00:00.000Z', expiresAt: made.expiresAt, revokedAt: null }]);
    const { rows } = await asTenant(db(), tenant, (tx) => tx.query('select * from join_token'));
    expect(JSON.stringify(rows)).not.toContain(parseJoinToken(made.token)?.secret);
  });

  test.each([{ uses: 0 }, { uses: 10_001 }, { uses: 1.5 }, { ttlSeconds: 0 }, { ttlSeconds: 30 * 24 * 3_600 + 1 }])('a token is not made with %j', async (wanted) => {
    await expect(fleet.tokens.createToken(tenant, wanted)).rejects.toMatchObject({ code: 'request-invalid' });
  });

  test('a token lets one key in, and that one again', async () => {
    const { token } = await fleet.tokens.createToken(tenant, {});
    const key = makeKey();

    const first = await join(token, key);
    fleet.setClock(noon + hourMs - 1);
    const again = await join(token, key, { hostname: 'renamed', version: '0.2.0' });

    expect(first.isNew).toBe(true);
    expect(again).toMatchObject({ agent: first.agent, tenant, isNew: false });
    expect(again.serial).not.toBe(first.serial);
    expect(await fleet.agents.getAgent(tenant, first.agent)).toMatchObject({ name: 'host', hostname: 'renamed', version: '0.2.0', certificate: { serial: again.serial } });
    await expect(join(token)).rejects.toMatchObject({ code: 'token-used' });
  });

  test('a token for several lets so many in, however many come at once', async () => {
    const { token } = await fleet.tokens.createToken(tenant, { uses: 3 });

    const outcomes = await Promise.allSettled(Array.from({ length: 8 }, () => join(token)));

    const agents = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value.agent] : []));
    expect(new Set(agents).size).toBe(3);
    expect(outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason.code] : []))).toEqual(Array.from({ length: 5 }, () => 'token-used'));
    expect((await fleet.tokens.listTokens(tenant, { limit: 1 })).items).toMatchObject([{ uses: 3, used: 3 }]);
  });

  test('one key that comes several times at once is one agent', async () => {
    const { token } = await fleet.tokens.createToken(tenant, { uses: 5 });
    const key = makeKey();

    const joined = await Promise.all(Array.from({ length: 5 }, () => join(token, key)));

    expect(new Set(joined.map(({ agent }) => agent)).size).toBe(1);
    expect((await fleet.tokens.listTokens(tenant, { limit: 1 })).items).toMatchObject([{ used: 1 }]);
  });

  test('a token that names networks lets in only who comes from one of them', async () => {
    const { token } = await fleet.tokens.createToken(tenant, { uses: 5, networks: ['10.0.0.0/8', '2001:db8::/32'] });

    await expect(join(token, makeKey(), { remoteAddress: '192.0.2.1:4711' })).rejects.toMatchObject({ code: 'token-elsewhere' });
    await expect(join(token, makeKey(), { remoteAddress: 'unknown' })).rejects.toMatchObject({ code: 'token-elsewhere' });
    await join(token, makeKey(), { remoteAddress: '10.1.2.3:4711' });
    await join(token, makeKey(), { remoteAddress: '::ffff:10.1.2.3:4711' });
    await join(token, makeKey(), { remoteAddress: '[2001:db8::1]:4711' });
    expect((await fleet.tokens.listTokens(tenant, { limit: 1 })).items).toMatchObject([{ used: 3, networks: ['10.0.0.0/8', '2001:db8::/32'] }]);
  });

  test.each(['10.0.0.0', '10.0.0.0/33', '::/129', 'x/8', '10.0.0.0/8 or so'])('a token does not name %s as a network', async (network) => {
    await expect(fleet.tokens.createToken(tenant, { networks: [network] })).rejects.toMatchObject({ code: 'request-invalid' });
  });

  test('what a token says of its agents stands on them, whatever they say of themselves', async () => {
    const { token } = await fleet.tokens.createToken(tenant, { labels: { env: 'prod' } });
    const { agent } = await join(token);

    expect(await fleet.agents.getAgent(tenant, agent)).toMatchObject({ labels: { env: 'prod' } });
  });

  test('a certificate is revoked by its serial, and its agent is cut off', async () => {
    const { token } = await fleet.tokens.createToken(tenant, {});
    const { agent, serial } = await join(token);

    await fleet.certificates.revokeCertificate(tenant, serial, 'an API token');
    await fleet.certificates.revokeCertificate(tenant, serial);

    expect(fleet.cuts).toMatchObject([{ agent, reason: { code: 'certificate-revoked' } }, { agent }]);
    expect(await fleet.certificates.getCertificate(tenant, serial)).toMatchObject({ agent, revokedAt: '2026-05-01T12:00:00.000Z' });
    await expect(fleet.certificates.revokeCertificate(tenant, 'ff')).rejects.toMatchObject({ code: 'not-found' });
    await expect(fleet.certificates.revokeCertificate(await makeTenant(db()), serial)).rejects.toMatchObject({ code: 'not-found' });
  });

  test('a token that ran out lets nobody in, not even the key that used it', async () => {
    const { token } = await fleet.tokens.createToken(tenant, { ttlSeconds: 60 });
    const key = makeKey();
    await join(token, key);
    fleet.setClock(noon + 60_000);

    await expect(join(token, key)).rejects.toMatchObject({ code: 'token-expired' });
    await expect(join(token)).rejects.toMatchObject({ code: 'token-expired' });
  });

  test('a token that was revoked lets nobody in, and can be revoked again', async () => {
    const { id, token } = await fleet.tokens.createToken(tenant, {});
    await fleet.tokens.revokeToken(tenant, id);
    await fleet.tokens.revokeToken(tenant, id);

    await expect(join(token)).rejects.toMatchObject({ code: 'token-invalid' });
    expect((await fleet.tokens.listTokens(tenant, { limit: 1 })).items).toMatchObject([{ revokedAt: '2026-05-01T12:00:00.000Z' }]);
  });

  test('a wrong secret and an unknown id look the same from outside', async () => {
    const { token } = await fleet.tokens.createToken(tenant, {});
    const real = parseJoinToken(token);
    if (real === null) throw new Error('not a token');
    const wrong = writeJoinToken({ ...real, secret: 'A'.repeat(43) });
    const unknown = writeJoinToken({ ...real, id: randomUUID() });

    const faults = await Promise.all([wrong, unknown].map((text) => join(text).then(() => null, (error: unknown) => error)));

    expect(faults).toMatchObject([{ code: 'token-invalid', facts: { token: real.id } }, { code: 'token-invalid', facts: { token: parseJoinToken(unknown)?.id } }]);
    expect(faults.map((fault) => Object.keys((fault as { facts: object }).facts))).toEqual([['token'], ['token']]);
  });

  test.each(['', 'x', 'dd0c-join-v1..', 'dd0c-join-v2.a.b.c', `dd0c-join-v1.${'0'.repeat(36)}.${'A'.repeat(43)}.${'0'.repeat(64)}`])('a token is not %j', async (text) => {
    await expect(join(text)).rejects.toMatchObject({ code: 'token-invalid', facts: { reason: 'malformed' } });
  });

  test('a token of another installation is refused before it is looked for', async () => {
    const { token } = await fleet.tokens.createToken(tenant, {});
    const real = parseJoinToken(token);
    if (real === null) throw new Error('not a token');

    await expect(join(writeJoinToken({ ...real, pin: `sha256:${'0'.repeat(64)}` }))).rejects.toMatchObject({ code: 'token-invalid', facts: { reason: 'made by another server' } });
  });

  test('a bad request spends no token', async () => {
    const { token } = await fleet.tokens.createToken(tenant, {});

    await expect(fleet.enrolment.enrol(withToken(token, new Uint8Array(10)))).rejects.toMatchObject({ code: 'csr-invalid' });

    await expect(join(token)).resolves.toBeDefined();
  });

  test('where issuing fails nothing is spent and nobody is enrolled', async () => {
    const { token } = await fleet.tokens.createToken(tenant, { ttlSeconds: 3_600 });
    pki.setClock(noon + 6 * 365 * 24 * hourMs); // the authority has ended

    await expect(join(token)).rejects.toMatchObject({ code: 'policy-refused' });

    pki.setClock(noon);
    expect((await fleet.agents.listAgents(tenant, { limit: 10 })).items).toEqual([]);
    expect((await fleet.tokens.listTokens(tenant, { limit: 10 })).items).toMatchObject([{ used: 0 }]);
  });

  test('everything issued is recorded, with what it was issued for', async () => {
    const { token } = await fleet.tokens.createToken(tenant, { uses: 3 });
    const joined: Enrolled[] = [];
    for (const minute of [0, 1, 2]) {
      fleet.setClock(noon + minute * 60_000);
      joined.push(await join(token));
    }

    const first = await fleet.certificates.listCertificates(tenant, { limit: 2 });
    const second = await fleet.certificates.listCertificates(tenant, { limit: 2, cursor: first.next ?? '' });

    expect([...first.items, ...second.items].map(({ serial, agent }) => [serial, agent])).toEqual(joined.toReversed().map(({ serial, agent }) => [serial, agent]));
    expect(second.next).toBeNull();
    expect(first.items[0]).toMatchObject({
      subject: `spiffe://test.dd0c/tenant/${tenant}/agent/${joined[2]?.agent}`,
      notBefore: '2026-05-01T11:57:00.000Z',
      notAfter: '2026-05-02T12:02:00.000Z',
      revokedAt: null,
    });
  });

  test('the certificates of the installation itself are recorded once', async () => {
    const { record } = await pki.authority.issueServer(['localhost']);

    await fleet.certificates.recordOwn([...pki.authority.own, record]);
    await fleet.certificates.recordOwn(pki.authority.own);

    const { rows } = await asSystem(db(), (tx) => tx.query('select role, serial from own_certificate where serial = any($1)', [[...pki.authority.own, record].map(({ serial }) => serial)]));
    expect(rows).toHaveLength(4);
    expect(rows).toContainEqual({ role: 'server', serial: record.serial });
  });

  test('an agent is listed with how it stands', async () => {
    const { token } = await fleet.tokens.createToken(tenant, { uses: 10 });
    const enrolled = [await join(token), await join(token), await join(token), await join(token), await join(token)].map(({ agent }) => agent);
    const [quiet, online, silent, gone, broken] = enrolled as [AgentId, AgentId, AgentId, AgentId, AgentId];
    await session(online, { epoch: 1, heardMsAgo: hourMs, endedBy: 'session-superseded' });
    await session(online, { epoch: 2, heardMsAgo: 10_000 });
    await session(silent, { epoch: 1, heardMsAgo: 61_000 });
    await session(gone, { epoch: 1, heardMsAgo: 61_000, endedBy: null });
    await session(broken, { epoch: 1, heardMsAgo: 1_000, endedBy: 'server-unreachable' });

    const { items } = await fleet.agents.listAgents(tenant, { limit: 10 });

    expect(new Map(items.map(({ id, state }) => [id, state]))).toEqual(
      new Map([[quiet, 'enrolled'], [online, 'online'], [silent, 'lost'], [gone, 'enrolled'], [broken, 'lost']]),
    );
    expect(items.find(({ id }) => id === online)).toMatchObject({ version: '9.9.9', hostname: 'seen', os: 'linux', arch: 'x64', lastSeen: '2026-05-01T11:59:50.000Z' });
    expect(items.find(({ id }) => id === quiet)).toMatchObject({ version: '0.1.0', hostname: 'host', os: null, arch: null, lastSeen: null });
  });

  test('a locked agent is cut off and kept out until it is unlocked', async () => {
    const { token } = await fleet.tokens.createToken(tenant, {});
    const key = makeKey();
    const { agent } = await join(token, key);

    expect(await fleet.agents.lockAgent(tenant, agent)).toMatchObject({ state: 'locked' });

    expect(fleet.cuts).toMatchObject([{ agent, reason: { code: 'agent-locked' } }]);
    await expect(asTenant(db(), tenant, (tx) => admit(tx, agent))).rejects.toMatchObject({ code: 'agent-locked' });
    await expect(join(token, key)).rejects.toMatchObject({ code: 'agent-locked' });
    expect(await fleet.agents.unlockAgent(tenant, agent)).toMatchObject({ state: 'enrolled' });
    await expect(asTenant(db(), tenant, (tx) => admit(tx, agent))).resolves.toBeUndefined();
  });

  test('a removed agent is cut off for good, its certificates are revoked, and only its id is still known', async () => {
    const { token } = await fleet.tokens.createToken(tenant, {});
    const key = makeKey();
    const { agent } = await join(token, key);

    await fleet.agents.removeAgent(tenant, agent);

    expect(fleet.cuts).toMatchObject([{ agent, reason: { code: 'agent-removed' } }]);
    expect((await fleet.agents.listAgents(tenant, { limit: 10 })).items).toEqual([]);
    expect(await fleet.agents.getAgent(tenant, agent)).toMatchObject({ state: 'removed' });
    expect((await fleet.certificates.listCertificates(tenant, { limit: 10 })).items).toMatchObject([{ agent, revokedAt: '2026-05-01T12:00:00.000Z' }]);
    await expect(join(token, key)).rejects.toMatchObject({ code: 'agent-removed' });
    await expect(asTenant(db(), tenant, (tx) => admit(tx, agent))).rejects.toMatchObject({ code: 'agent-removed' });
    for (const again of ['lockAgent', 'unlockAgent', 'removeAgent'] as const) await expect(fleet.agents[again](tenant, agent)).rejects.toMatchObject({ code: 'not-found' });
  });

  describe('the certificates that an agent comes with', () => {
    const use = (serial: string, agent = enrolled.agent) => asTenant(db(), tenant, (tx) => generations.use(tx, { agent, serial, remoteAddress: '192.0.2.1:1' }, new Date(noon)));
    const succeed = async (serial: string): Promise<string> => (await fleet.renewal.renew({ identity: identityOf(enrolled), serial, csr: await writeRequest(makeKey()), remoteAddress: '192.0.2.1:1' })).serial;
    let enrolled: Enrolled;

    beforeEach(async () => {
      const { token } = await fleet.tokens.createToken(tenant, {});
      enrolled = await fleet.enrolment.enrol(withToken(token, await writeRequest(makeKey()), { hostname: 'host', remoteAddress: '192.0.2.1:1' }));
    });

    test('one that was never recorded is refused', async () => {
      await expect(use('00ff')).rejects.toMatchObject({ code: 'certificate-unknown' });
    });

    test('one of another agent is unknown', async () => {
      await expect(use(enrolled.serial, toAgentId(randomUUID()))).rejects.toMatchObject({ code: 'certificate-unknown' });
    });

    test('one that was revoked is refused for good', async () => {
      await asTenant(db(), tenant, (tx) => tx.query('update certificate set revoked_at = now()'));

      await expect(use(enrolled.serial)).rejects.toMatchObject({ code: 'certificate-revoked' });
      await expect(succeed(enrolled.serial)).rejects.toMatchObject({ code: 'certificate-revoked' });
    });

    test('old and new are good until the new one is used; from then on the old one is a copy', async () => {
      expect(await use(enrolled.serial)).toBeNull();
      const successor = await succeed(enrolled.serial);
      expect(await use(enrolled.serial)).toBeNull();
      expect(await use(successor)).toBeNull();

      expect(await use(enrolled.serial)).toMatchObject({ code: 'agent-cloned', facts: { generation: 1, usedGeneration: 2 } });
      await expect(asTenant(db(), tenant, (tx) => admit(tx, enrolled.agent))).rejects.toMatchObject({ code: 'agent-locked' });
    });

    test('of two successors with different keys the one that is not used is a copy', async () => {
      expect(await use(enrolled.serial)).toBeNull();
      const [one, other] = [await succeed(enrolled.serial), await succeed(enrolled.serial)];
      expect(await use(one)).toBeNull();

      expect(await use(other)).toMatchObject({ code: 'agent-cloned' });
    });
  });

  test('another tenant sees and touches nothing', async () => {
    const { id, token } = await fleet.tokens.createToken(tenant, {});
    const { agent } = await join(token);
    const other = await makeTenant(db());

    expect((await fleet.agents.listAgents(other, { limit: 10 })).items).toEqual([]);
    expect((await fleet.tokens.listTokens(other, { limit: 10 })).items).toEqual([]);
    expect((await fleet.certificates.listCertificates(other, { limit: 10 })).items).toEqual([]);
    for (const touch of ['getAgent', 'lockAgent', 'unlockAgent', 'drainAgent', 'removeAgent'] as const) await expect(fleet.agents[touch](other, agent)).rejects.toMatchObject({ code: 'not-found' });
    await expect(fleet.tokens.revokeToken(other, id)).rejects.toMatchObject({ code: 'not-found' });
    await expect(asTenant(db(), other, (tx) => admit(tx, agent))).rejects.toMatchObject({ code: 'agent-removed' });
    expect(fleet.cuts).toEqual([]);
    expect(await fleet.agents.getAgent(tenant, agent)).toMatchObject({ state: 'enrolled' });
  });

  test.each(['', 'x', '../..', randomUUID()])('there is no agent and no token %j', async (id) => {
    await expect(fleet.agents.getAgent(tenant, id)).rejects.toMatchObject({ code: 'not-found' });
    await expect(fleet.tokens.revokeToken(tenant, id)).rejects.toMatchObject({ code: 'not-found' });
  });

  test('lists come in pages that neither hide nor repeat', async () => {
    const { token } = await fleet.tokens.createToken(tenant, { uses: 10 });
    const joined: string[] = [];
    for (let count = 0; count < 5; count++) joined.push((await join(token)).agent); // all in one millisecond
    const seen: string[] = [];

    let cursor: string | undefined;
    do {
      const page = await fleet.agents.listAgents(tenant, { limit: 2, cursor });
      seen.push(...page.items.map(({ id }) => id));
      cursor = page.next ?? undefined;
    } while (cursor !== undefined);

    expect(seen).toEqual(joined.toSorted());
  });

  test('what happened is told in the order in which it did, without secrets', async () => {
    const { id, token } = await fleet.tokens.createToken(tenant, {}, 'an API token');
    const { agent, serial } = await join(token);
    await fleet.agents.lockAgent(tenant, agent, 'an API token');
    await fleet.agents.unlockAgent(tenant, agent, 'an API token');
    await fleet.agents.removeAgent(tenant, agent);
    await fleet.tokens.revokeToken(tenant, id);

    const events = await asTenant(db(), tenant, (tx) => takeEvents(tx, 10));

    expect(events.map(({ topic, body }) => ({ topic, body }))).toEqual([
      { topic: 'fleet.token-made', body: { token: id, uses: 1, labels: {}, networks: [], by: 'an API token' } },
      { topic: 'fleet.agent-enrolled', body: { agent, token: id, serial, again: false } },
      { topic: 'fleet.agent-locked', body: { agent, by: 'an API token' } },
      { topic: 'fleet.agent-unlocked', body: { agent, by: 'an API token' } },
      { topic: 'fleet.agent-removed', body: { agent, by: null } },
      { topic: 'fleet.token-revoked', body: { token: id, by: null } },
    ]);
  });

  async function join(token: string, key = makeKey(), { hostname = 'host', version = '0.1.0', remoteAddress = '192.0.2.1:1' } = {}): Promise<Enrolled> {
    return await fleet.enrolment.enrol(withToken(token, await writeRequest(key), { hostname, version, remoteAddress }));
  }

  async function session(agent: AgentId, { epoch, heardMsAgo, endedBy }: { epoch: number; heardMsAgo: number; endedBy?: string | null }): Promise<void> {
    await asTenant(db(), tenant, (tx) =>
      tx.query(
        `insert into agent_session (agent, epoch, connected_at, last_heartbeat_at, disconnected_at, ended_by, remote_address, agent_version, hostname, os, arch, capabilities)
         values ($1, $2, $3, $3, $4, $5, '127.0.0.1:1', '9.9.9', 'seen', 'linux', 'x64', '{}')`,
        [agent, epoch, new Date(noon - heardMsAgo), endedBy === undefined ? null : new Date(noon), endedBy ?? null],
      ),
    );
  }
});

function identityOf({ tenant, agent }: Enrolled): AgentIdentity {
  return { trustDomain: 'test.dd0c', tenant, agent };
}
