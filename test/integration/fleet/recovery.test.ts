import { randomUUID, sign } from 'node:crypto';
import { cpSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { enrol } from '#agent/identity/enrol.ts';
import { type Identity, readCandidate } from '#agent/identity/identity.ts';
import { createIdentityKeeper } from '#agent/identity/keeper.ts';
import { readTrouble } from '#agent/identity/recover.ts';
import { writeRequest } from '#ca/x509/request.ts';
import { generations } from '#control-plane/fleet/generations.ts';
import type { RecoveryAsked } from '#control-plane/fleet/recovery.ts';
import { type TenantId, toAgentId } from '#proto/domain/identity.ts';
import { recoveryStatement } from '#proto/domain/recovery.ts';
import type { TestFleet } from '#test/harness/enrolment.ts';
import { type JoiningScene, openJoiningScene } from '#test/harness/joining.ts';
import { makeKey } from '#test/harness/pki.ts';

const day = 24 * 3_600_000;

let scene: JoiningScene;
let fleet: TestFleet;
let tenant: TenantId;
let home: string;
let expired: Identity;

beforeAll(async () => {
  scene = await openJoiningScene(() => []);
  ({ fleet } = scene);
});

beforeEach(async () => {
  tenant = await scene.newTenant();
  home = join(scene.folder(), 'one');
  fleet.setClock(Date.now() - 3 * day); // its certificate ended two days ago
  expired = await enrolAt(home);
  await use(expired.serial);
  fleet.setClock(Date.now());
  await scene.eventsOf(tenant);
});

afterEach(() => scene.clean());

afterAll(() => scene.close());

describe('an agent whose certificate ran out while it was away', () => {
  test('asks to come back, waits for a person, and comes back with the next try', async () => {
    await expect(renew()).rejects.toMatchObject({ code: 'recovery-awaits-approval' });
    const [asked] = await listed();

    expect(asked).toMatchObject({ agent: expired.agent, hostname: 'host-1', state: 'waiting', address: expect.stringContaining('127.0.0.1') });
    expect(await readTrouble(home)).toMatchObject({ fault: 'recovery-awaits-approval', next: expect.stringContaining('dd0c recoveries') });
    await expect(renew()).rejects.toMatchObject({ code: 'recovery-awaits-approval' });
    expect(await listed()).toHaveLength(1); // it asks with one key until it has its certificate

    await fleet.recoveries.decideRecovery(tenant, asked?.id ?? '', 'approved', 'an API token');
    await renew();

    const next = readCandidate(home);
    expect(next).toMatchObject({ agent: expired.agent, tenant, recoveryKey: expired.recoveryKey, enrolAddress: scene.server.address });
    expect(next?.key).not.toBe(expired.key);
    expect(await use(next?.serial ?? '')).toBeNull();
    expect(await readTrouble(home)).toBeNull();
    expect(await listed()).toMatchObject([{ state: 'recovered' }]);
    expect((await fleet.certificates.getCertificate(tenant, next?.serial ?? '')).generation).toBe(2);
    expect((await scene.eventsOf(tenant)).map(({ topic }) => topic)).toEqual(['fleet.recovery-asked', 'fleet.recovery-approved', 'fleet.agent-recovered', 'fleet.certificate-succeeded']);
    expect(scene.server.told.lines).toContainEqual(expect.objectContaining({ msg: 'AGENT RECOVERED AFTER ITS CERTIFICATE RAN OUT', agent: expired.agent, before: expired.serial }));
  });

  test('asks again for a lost answer without a second approval', async () => {
    await expect(renew()).rejects.toMatchObject({ code: 'recovery-awaits-approval' });
    await approve();
    await renew();

    await renew();

    expect(await listed()).toMatchObject([{ state: 'recovered' }]);
  });

  test('is let in at once within the time that the policy gives, and asks a person after it', async () => {
    await fleet.recoveries.setRecoveryPolicy(tenant, { kind: 'within', seconds: (3 * day) / 1_000 });
    await renew();
    expect(readCandidate(home)?.agent).toBe(expired.agent);

    const late = join(scene.folder(), 'late');
    fleet.setClock(Date.now() - 6 * day);
    const other = await enrolAt(late);
    fleet.setClock(Date.now());
    await expect(renew(late)).rejects.toMatchObject({ code: 'recovery-awaits-approval' });
    expect((await listed()).find(({ agent }) => agent === other.agent)).toMatchObject({ state: 'waiting' });
  });

  test('is refused where the policy says never, whatever a person approved', async () => {
    await expect(renew()).rejects.toMatchObject({ code: 'recovery-awaits-approval' });
    await approve();
    await fleet.recoveries.setRecoveryPolicy(tenant, { kind: 'never' });

    await expect(renew()).rejects.toMatchObject({ code: 'recovery-forbidden' });
  });

  test('has a policy of its own where somebody gave it one', async () => {
    await fleet.recoveries.setRecoveryPolicy(tenant, { kind: 'within', seconds: 365 * 86_400 });
    await fleet.recoveries.setAgentRecoveryPolicy(tenant, expired.agent, { kind: 'never' });
    await expect(renew()).rejects.toMatchObject({ code: 'recovery-forbidden' });

    await fleet.recoveries.setAgentRecoveryPolicy(tenant, expired.agent, null);
    await renew();

    expect(readCandidate(home)).not.toBeNull();
  });

  test('stays out once a person said no', async () => {
    await expect(renew()).rejects.toMatchObject({ code: 'recovery-awaits-approval' });
    await fleet.recoveries.decideRecovery(tenant, (await listed())[0]?.id ?? '', 'denied');

    await expect(renew()).rejects.toMatchObject({ code: 'recovery-forbidden' });
    expect(await listed()).toMatchObject([{ state: 'denied' }]);
  });

  test('has a day to use an approval', async () => {
    await expect(renew()).rejects.toMatchObject({ code: 'recovery-awaits-approval' });
    await approve();
    fleet.setClock(Date.now() + day + 1_000);

    await expect(renew()).rejects.toMatchObject({ code: 'recovery-awaits-approval' });
    expect(await listed()).toMatchObject([{ state: 'waiting' }]);
  });

  test('never comes back where it is locked, removed, or its certificate was revoked', async () => {
    await fleet.recoveries.setRecoveryPolicy(tenant, { kind: 'within', seconds: 365 * 86_400 });

    await fleet.agents.lockAgent(tenant, expired.agent);
    await expect(renew()).rejects.toMatchObject({ code: 'agent-locked' });
    await fleet.agents.unlockAgent(tenant, expired.agent);
    await fleet.certificates.revokeCertificate(tenant, expired.serial);
    await expect(renew()).rejects.toMatchObject({ code: 'certificate-revoked' });
    await fleet.agents.removeAgent(tenant, expired.agent);
    await expect(renew()).rejects.toMatchObject({ code: 'agent-removed' });

    expect((await fleet.certificates.listCertificates(tenant, { limit: 10 })).items).toHaveLength(1);
  });

  test('is told by the server that nothing is over, where its clock alone says so', async () => {
    const fresh = join(scene.folder(), 'fresh');
    await enrolAt(fresh);

    await expect(createIdentityKeeper({ dataDir: fresh, random: () => 0.5, now: () => Date.now() + 2 * day }).renew()).rejects.toMatchObject({ code: 'recovery-not-needed' });
  });

  test('that was enrolled without a recovery key says so', async () => {
    const { recovery: untouched, ...before } = { recovery: join(home, 'identity', 'recovery.pem'), ...expired };
    cpSync(home, `${home}-old`, { recursive: true, filter: (path) => path !== untouched });
    expect(before.recoveryKey).toContain('PRIVATE KEY');

    await expect(renew(`${home}-old`)).rejects.toMatchObject({ code: 'certificate-expired' });
  });

  test('keeps the key that no wire ever sees, readable by its user alone', async () => {
    await fleet.recoveries.setRecoveryPolicy(tenant, { kind: 'within', seconds: 365 * 86_400 });
    await renew();

    expect(readFileSync(join(home, 'identity', 'recovery.pem'), 'utf8')).toBe(expired.recoveryKey);
    expect(readFileSync(join(home, 'identity.next', 'identity.json'), 'utf8')).not.toContain('PRIVATE KEY');
    expect(existsSync(join(home, 'identity.next', 'recovery.pem'))).toBe(true);
  });
});

describe('a disk that was copied', () => {
  beforeEach(async () => {
    cpSync(home, `${home}-copy`, { recursive: true });
    await fleet.recoveries.setRecoveryPolicy(tenant, { kind: 'within', seconds: 365 * 86_400 });
  });

  test('does not recover once the agent has, and locks both', async () => {
    await renew();
    await use(readCandidate(home)?.serial ?? '');

    await expect(renew(`${home}-copy`)).rejects.toMatchObject({ code: 'agent-cloned' });

    await expect(renew()).rejects.toMatchObject({ code: 'agent-locked' });
    expect(fleet.cuts).toContainEqual(expect.objectContaining({ agent: expired.agent }));
    expect((await scene.eventsOf(tenant)).find(({ topic }) => topic === 'fleet.agent-cloned')).toMatchObject({ body: { agent: expired.agent, generation: 1, usedGeneration: 2 } });
  });

  test('that recovers first is found out when the agent comes', async () => {
    await renew(`${home}-copy`);
    await use(readCandidate(`${home}-copy`)?.serial ?? '');

    await expect(renew()).rejects.toMatchObject({ code: 'agent-cloned' });
    expect(await fleet.agents.getAgent(tenant, expired.agent)).toMatchObject({ state: 'locked' });
  });

  test('that recovers at the same time loses to who connects first, and both are locked', async () => {
    await renew();
    await renew(`${home}-copy`);

    expect(await use(readCandidate(home)?.serial ?? '')).toBeNull();
    expect(await use(readCandidate(`${home}-copy`)?.serial ?? '')).toMatchObject({ code: 'agent-cloned' });
  });

  test('does not recover while the agent goes on with newer certificates', async () => {
    const alive = join(scene.folder(), 'alive');
    fleet.setClock(Date.now() - 2 * day);
    const first = await enrolAt(alive);
    await use(first.serial, first.agent);
    cpSync(alive, `${alive}-copy`, { recursive: true });
    const { serial } = await fleet.renewal.renew({ identity: { trustDomain: 'test.dd0c', tenant, agent: first.agent }, serial: first.serial, csr: await writeRequest(makeKey()), remoteAddress: '192.0.2.1:1' });
    await use(serial, first.agent);
    fleet.setClock(Date.now());

    await expect(renew(`${alive}-copy`)).rejects.toMatchObject({ code: 'agent-cloned' });
  });

  test('shows as several keys of one agent where a person is asked, and their number is bounded', async () => {
    await fleet.recoveries.setRecoveryPolicy(tenant, { kind: 'ask' });
    for (const copy of ['', '-copy']) await expect(renew(`${home}${copy}`)).rejects.toMatchObject({ code: 'recovery-awaits-approval' });
    const own = (await listed()).map(({ id }) => id);
    await expect(fleet.recovery.recover(await claim())).rejects.toMatchObject({ code: 'recovery-awaits-approval' });

    await expect(fleet.recovery.recover(await claim())).rejects.toMatchObject({ code: 'recovery-limited' });

    expect(new Set((await listed()).map(({ key }) => key)).size).toBe(3);
    const third = (await listed()).find(({ id }) => !own.includes(id));
    await fleet.recoveries.decideRecovery(tenant, third?.id ?? '', 'approved'); // for that key, and no other
    await expect(Promise.allSettled([renew(), renew(`${home}-copy`)])).resolves.toMatchObject([{ status: 'rejected' }, { status: 'rejected' }]);
  });
});

describe('whoever is not the agent', () => {
  beforeEach(() => fleet.recoveries.setRecoveryPolicy(tenant, { kind: 'within', seconds: 365 * 86_400 }));

  test.each<[string, (honest: RecoveryAsked) => Promise<RecoveryAsked> | RecoveryAsked, string]>([
    ['another agent’s key', async () => claim({ recoveryKey: (await enrolAt(join(scene.folder(), 'other'))).recoveryKey }), 'recovery-refused'],
    ['another request for a certificate', async (honest) => ({ ...honest, csr: await writeRequest(makeKey()) }), 'recovery-refused'],
    ['another certificate', (honest) => ({ ...honest, serial: 'ab' }), 'recovery-refused'],
    ['another tenant', async (honest) => ({ ...honest, tenant: await otherTenant() }), 'recovery-refused'],
    ['another agent', (honest) => ({ ...honest, agent: toAgentId(randomUUID()) }), 'recovery-refused'],
    ['the old key of the certificate', async () => claim({ recoveryKey: expired.key }), 'recovery-refused'],
    ['no signature', (honest) => ({ ...honest, signature: new Uint8Array() }), 'recovery-refused'],
    ['a number of its own', async () => claim({ nonce: new Uint8Array(56) }), 'challenge-stale'],
    ['a request that is none', async () => claim({ csr: new Uint8Array(9) }), 'csr-invalid'],
  ])('is refused with %s, and nothing is written down', async (_what, twist, code) => {
    const asked = await twist(await claim());

    await expect(fleet.recovery.recover(asked)).rejects.toMatchObject({ code });

    expect(await listed()).toEqual([]);
    expect(await fleet.agents.getAgent(tenant, expired.agent)).toMatchObject({ state: 'enrolled' });
  });

  test('gains nothing by a request that was captured: it is good for its own key, and for two minutes', async () => {
    const captured = await claim();
    await fleet.recovery.recover(captured);

    fleet.setClock(Date.now() + 121_000);
    await expect(fleet.recovery.recover(captured)).rejects.toMatchObject({ code: 'challenge-stale' });
  });

  test('an agent that names a certificate of another one is refused', async () => {
    fleet.setClock(Date.now() - 3 * day);
    const other = await enrolAt(join(scene.folder(), 'other'));
    fleet.setClock(Date.now());

    await expect(fleet.recovery.recover(await claim({ serial: other.serial }))).rejects.toMatchObject({ code: 'recovery-refused' });
  });

  test('an operator of another tenant neither sees nor decides', async () => {
    await fleet.recoveries.setRecoveryPolicy(tenant, { kind: 'ask' });
    await expect(renew()).rejects.toMatchObject({ code: 'recovery-awaits-approval' });
    const stranger = await otherTenant();
    const [asked] = await listed();

    expect((await fleet.recoveries.listRecoveries(stranger, { limit: 10 })).items).toEqual([]);
    await expect(fleet.recoveries.decideRecovery(stranger, asked?.id ?? '', 'approved')).rejects.toMatchObject({ code: 'not-found' });
    await expect(fleet.recoveries.setAgentRecoveryPolicy(stranger, expired.agent, { kind: 'within', seconds: 60 })).rejects.toMatchObject({ code: 'not-found' });
    await fleet.recoveries.setRecoveryPolicy(stranger, { kind: 'never' });
    expect(await fleet.recoveries.recoveryPolicy(tenant)).toEqual({ kind: 'ask' });
  });
});

async function enrolAt(dataDir: string): Promise<Identity> {
  const { token } = await fleet.tokens.createToken(tenant, {});
  return await enrol({ server: scene.server.address, token, dataDir, hostname: 'host-1', version: '0.1.0' });
}

/** As a connection does. */
async function use(serial: string, agent = expired.agent) {
  return await scene.asTenant(tenant, (tx) => generations.use(tx, { agent, serial, remoteAddress: '192.0.2.1:1' }, new Date()));
}

async function renew(dataDir = home): Promise<void> {
  await createIdentityKeeper({ dataDir, random: () => 0.5 }).renew();
}

/** A request by hand, for attempts that no agent makes. */
async function claim({ recoveryKey = expired.recoveryKey, ...change }: Partial<RecoveryAsked> & { recoveryKey?: string | null } = {}): Promise<RecoveryAsked> {
  const asked = { tenant, agent: expired.agent, serial: expired.serial, csr: await writeRequest(makeKey()), nonce: await fleet.challenges.issue(), remoteAddress: '192.0.2.7:1', ...change };
  return { ...asked, signature: sign('sha256', recoveryStatement(asked), recoveryKey ?? makeKey()) };
}

async function listed() {
  return (await fleet.recoveries.listRecoveries(tenant, { limit: 10 })).items;
}

async function approve(): Promise<void> {
  await fleet.recoveries.decideRecovery(tenant, (await listed())[0]?.id ?? '', 'approved');
}

async function otherTenant(): Promise<TenantId> {
  return await scene.newTenant();
}
