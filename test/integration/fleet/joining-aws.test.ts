import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type AwsCredentials, createAwsVoucher } from '#agent/identity/aws-voucher.ts';
import { enrol } from '#agent/identity/enrol.ts';
import type { Voucher } from '#agent/identity/voucher.ts';
import { createAwsAttestor } from '#control-plane/fleet/joining/aws-attestor.ts';
import type { MadeJoinPolicy } from '#control-plane/fleet/joining/join-policies.ts';
import { createKubernetesAttestor } from '#control-plane/fleet/joining/kubernetes-attestor.ts';
import { createKeySets } from '#control-plane/fleet/joining/key-sets.ts';
import type { NewRule } from '#control-plane/fleet/joining/rules.ts';
import type { Attestation, AwsEvidence } from '#proto/domain/attestation.ts';
import type { TenantId } from '#proto/domain/identity.ts';
import { type AwsEmulator, startAwsEmulator } from '#test/harness/aws-emulator.ts';
import type { TestFleet } from '#test/harness/enrolment.ts';
import { callerIdentityXml, type FakeSts, startFakeSts } from '#test/harness/fake-sts.ts';
import { makeFakeCluster } from '#test/harness/fake-cluster.ts';
import { type JoiningScene, openJoiningScene, vouchedFor } from '#test/harness/joining.ts';
import { makeKey } from '#test/harness/pki.ts';
import { onPath } from '#test/harness/terraform-program.ts';

let scene: JoiningScene;
let fleet: TestFleet;
let tenant: TenantId;
let sts: FakeSts;
let stsUrl: URL;

beforeAll(async () => {
  sts = await startFakeSts();
  scene = await openJoiningScene((clock) => [
    { kind: 'aws', verify: (shown) => createAwsAttestor({ clock, endpoint: stsUrl }).verify(shown) },
    createKubernetesAttestor({ clock, keySets: createKeySets(() => performance.now()) }),
  ]);
  ({ fleet } = scene);
});

beforeEach(async () => {
  tenant = await scene.newTenant();
  stsUrl = sts.url;
  sts.answerWith(null);
  sts.heard.length = 0;
});

afterEach(() => scene.clean());

afterAll(async () => {
  await scene.close();
  await sts.stop();
});

describe('a host in AWS', () => {
  const account = '123456789012';
  let credentials: AwsCredentials & { readonly sessionToken: string };
  let policy: MadeJoinPolicy;

  beforeEach(async () => {
    credentials = { accessKeyId: `ASIA${randomUUID().replaceAll('-', '').slice(0, 16).toUpperCase()}`, secretAccessKey: 'secret-of-the-role', sessionToken: 'dG9rZW4=' };
    hold('web');
    policy = await addPolicy({ kind: 'aws', accounts: [account], roles: ['web', 'batch-*'] });
  });

  test('joins by its role: the token-less command does it, labels of the policy stand on it, the log says who it is', async () => {
    const labelled = await fleet.joins.addJoinPolicy(tenant, { name: 'web', rule: policy.rule, labels: { env: 'prod' } });
    const dataDir = scene.folder();

    const identity = await enrol({ server: scene.server.address, caPin: labelled.caPin, voucher: voucher({ policy: labelled.id }), dataDir, hostname: 'host-1', version: '0.1.0' });

    expect(await fleet.agents.getAgent(tenant, identity.agent)).toMatchObject({ name: 'host-1', state: 'enrolled', labels: { env: 'prod' } });
    expect(scene.server.told.lines.at(-1)).toMatchObject({ msg: 'agent enrolled', policy: labelled.id, subject: `${account}/web/i-0abc` });
    expect(JSON.stringify(scene.server.told.lines)).not.toContain(credentials.sessionToken);
    expect(sts.heard).toMatchObject([{ method: 'POST', path: '/', headers: { host: 'sts.us-east-1.amazonaws.com' }, body: 'Action=GetCallerIdentity&Version=2011-06-15' }]);
  });

  test('is the same agent where its key comes again, and another where it does not', async () => {
    const key = makeKey();

    const [first, again, other] = [await joinAs({ key }), await joinAs({ key }), await joinAs()];

    expect(again).toMatchObject({ agent: first.agent, isNew: false });
    expect(other.agent).not.toBe(first.agent);
  });

  test('gains nothing by what was signed for another server', async () => {
    const elsewhere = await vouchedFor(fleet, voucher(), { pin: `sha256:${'0'.repeat(64)}` });

    await expect(fleet.enrolment.enrol(elsewhere)).rejects.toMatchObject({ code: 'attestation-refused' });
  });

  test('gains nothing by what was signed for another policy, or came with another key', async () => {
    const other = await addPolicy(policy.rule);
    const { csr } = await vouchedFor(fleet, voucher(), { pin: scene.pin });

    await expect(joinAs({ alter: (attestation) => ({ ...attestation, policy: other.id }) })).rejects.toMatchObject({ code: 'attestation-refused' });
    await expect(fleet.enrolment.enrol({ ...(await vouchedFor(fleet, voucher(), { pin: scene.pin })), csr })).rejects.toMatchObject({ code: 'attestation-refused' });
    expect(sts.heard).toEqual([]);
  });

  test('gains nothing by a signature that was captured: signed anew by a thief’s key, AWS finds that it does not fit', async () => {
    const key = makeKey();
    const captured: AwsEvidence[] = [];
    await vouchedFor(fleet, spying(voucher(), captured), { pin: scene.pin, key });
    const thief: Voucher = { kind: 'aws', policy: policy.id, evidence: async () => captured[0] ?? (await voucher().evidence('')) };

    await expect(fleet.enrolment.enrol(await vouchedFor(fleet, thief, { pin: scene.pin }))).rejects.toMatchObject({ code: 'attestation-refused', facts: { reason: 'AWS says SignatureDoesNotMatch' } });
  });

  test.each([
    ['a region that leads elsewhere', { region: 'us-east-1.evil.example/' }],
    ['a region with a user name', { region: 'x@evil.example' }],
    ['a region that is not signed for', { region: 'eu-west-1' }],
    ['a line in the signature', { authorization: 'AWS4-HMAC-SHA256 Credential=a\r\nHost: evil.example' }],
    ['a line in the date', { amzDate: '20260101T000000Z\r\nx: y' }],
    ['a line in the token', { securityToken: 'a\nb' }],
    ['no session token where one is signed', { securityToken: '' }],
  ])('cannot make the server send %s: nothing is sent', async (_what, change) => {
    const twisted: Voucher = { kind: 'aws', policy: policy.id, evidence: async (challenge) => ({ ...((await voucher().evidence(challenge)) as AwsEvidence), ...change }) };

    await expect(joinAs({ by: twisted })).rejects.toMatchObject({ code: 'attestation-refused' });

    expect(sts.heard).toEqual([]);
  });

  test.each([
    ['without the challenge', (text: string) => text.replace(';x-dd0c-challenge', '')],
    ['without the host', (text: string) => text.replace('host;', '')],
    ['with a header more', (text: string) => text.replace('host;', 'host;x-amz-content-sha256;')],
  ])('must sign the headers that count: %s it is refused before AWS is asked', async (_what, change) => {
    const twisted: Voucher = {
      kind: 'aws',
      policy: policy.id,
      async evidence(challenge) {
        const evidence = (await voucher().evidence(challenge)) as AwsEvidence;
        return { ...evidence, authorization: change(evidence.authorization) };
      },
    };

    await expect(joinAs({ by: twisted })).rejects.toMatchObject({ code: 'attestation-refused' });

    expect(sts.heard).toEqual([]);
  });

  test('is refused with a signature of ten minutes ago, and with one for later', async () => {
    for (const offset of [-600_000, 600_000]) {
      await expect(joinAs({ by: voucher({ now: () => new Date(Date.now() + offset) }) })).rejects.toMatchObject({ code: 'attestation-refused', facts: { reason: 'the signature is too old, or a clock is wrong' } });
    }
  });

  test('is refused with a number that is old, or was never given', async () => {
    const stale = await vouchedFor(fleet, voucher(), { pin: scene.pin });
    fleet.setClock(Date.now() + 121_000);

    await expect(fleet.enrolment.enrol(stale)).rejects.toMatchObject({ code: 'challenge-stale' });
    await expect(joinAs({ alter: (attestation) => ({ ...attestation, nonce: new Uint8Array(56) }) })).rejects.toMatchObject({ code: 'challenge-stale' });
    expect(sts.heard).toEqual([]);
  });

  test.each([
    ['another account', 'arn:aws:sts::999999999999:assumed-role/web/i-0abc', '999999999999'],
    ['another role', `arn:aws:sts::${account}:assumed-role/admin/i-0abc`, account],
    ['a role whose name only ends like one', `arn:aws:sts::${account}:assumed-role/x-web/i-0abc`, account],
    ['a user of the account', `arn:aws:iam::${account}:user/web`, account],
    ['the root of the account', `arn:aws:iam::${account}:root`, account],
  ])('is who it is, and not let in: %s', async (_what, arn, owner) => {
    sts.holders.set(credentials.accessKeyId, { secret: credentials.secretAccessKey, token: credentials.sessionToken, arn, account: owner });

    await expect(joinAs()).rejects.toMatchObject({ code: 'attestation-not-allowed' });
    expect((await fleet.agents.listAgents(tenant, { limit: 1 })).items).toEqual([]);
  });

  test('of a role that the beginning of a name covers is let in', async () => {
    hold('batch-7');

    await expect(joinAs()).resolves.toMatchObject({ isNew: true });
  });

  test('with a wrong secret is refused by AWS, which the error says', async () => {
    await expect(joinAs({ by: voucher({ credentials: async () => ({ ...credentials, secretAccessKey: 'wrong' }) }) })).rejects.toMatchObject({ code: 'attestation-refused', facts: { reason: 'AWS says SignatureDoesNotMatch' } });
  });

  test.each([
    ['a redirect', { status: 307, headers: { location: 'http://127.0.0.1:1/' }, body: '' }],
    ['JSON that holds the right answer', { status: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify(callerIdentityXml({ arn: `arn:aws:sts::${account}:assumed-role/web/i-0abc`, account })) }],
    ['the right answer behind something else', { status: 200, body: `x${callerIdentityXml({ arn: `arn:aws:sts::${account}:assumed-role/web/i-0abc`, account })}` }],
    ['more than any answer holds', { status: 200, body: 'x'.repeat(100_000) }],
    ['a failure', { status: 500, body: '' }],
  ])('is not let in on %s', async (_what, answer) => {
    sts.answerWith(answer);

    await expect(joinAs()).rejects.toMatchObject({ code: 'attestation-unchecked' });
  });

  test('is told that AWS could not be asked where nobody answers', async () => {
    stsUrl = new URL('http://127.0.0.1:1');

    await expect(joinAs()).rejects.toMatchObject({ code: 'attestation-unchecked', facts: { reason: 'ECONNREFUSED' } });
  });

  test('under a policy that was removed, of nobody, or of the wrong kind stays out', async () => {
    await fleet.joins.removeJoinPolicy(tenant, policy.id);

    await expect(joinAs()).rejects.toMatchObject({ code: 'join-policy-unknown' });
    await expect(joinAs({ by: voucher({ policy: randomUUID() }) })).rejects.toMatchObject({ code: 'join-policy-unknown' });
    await expect(joinAs({ by: voucher({ policy: "' or true" }) })).rejects.toMatchObject({ code: 'join-policy-unknown' });
    const { keys } = await makeFakeCluster({ issuer: 'https://cluster.example', audience: 'x' });
    const cluster = await addPolicy({ kind: 'kubernetes', issuer: 'https://cluster.example', audience: 'x', keys, serviceAccounts: ['a/b'] });
    await expect(joinAs({ by: voucher({ policy: cluster.id }) })).rejects.toMatchObject({ code: 'attestation-refused', facts: { policy: 'kubernetes', given: 'aws' } });
  });

  test('joins from the networks of the policy only', async () => {
    const near = await fleet.joins.addJoinPolicy(tenant, { name: 'near', rule: policy.rule, networks: ['10.0.0.0/8'] });

    await expect(joinAs({ by: voucher({ policy: near.id }), remoteAddress: '192.0.2.1:1' })).rejects.toMatchObject({ code: 'attestation-not-allowed' });
    await expect(joinAs({ by: voucher({ policy: near.id }), remoteAddress: '10.1.2.3:1' })).resolves.toMatchObject({ isNew: true });
  });

  test('brings ten agents an hour as one session, and no more', async () => {
    for (let count = 0; count < 10; count += 1) await joinAs();

    await expect(joinAs()).rejects.toMatchObject({ code: 'join-limited', facts: { subject: `${account}/web/i-0abc`, most: 10 } });
    fleet.setClock(Date.now() + 3_600_000);
    await expect(joinAs({ by: voucher({ now: () => new Date(Date.now() + 3_600_000) }) })).resolves.toMatchObject({ isNew: true });
  });

  test('is named in the audit trail, as is the policy', async () => {
    const { agent, serial } = await joinAs();

    const events = await scene.eventsOf(tenant);
    expect(events).toContainEqual({ topic: 'fleet.join-policy-added', body: expect.objectContaining({ policy: policy.id, kind: 'aws', accounts: [account], roles: ['web', 'batch-*'] }) });
    expect(events).toContainEqual({ topic: 'fleet.agent-enrolled', body: { agent, policy: policy.id, subject: `${account}/web/i-0abc`, serial, again: false } });
  });

  test('an address is shut out after ten wrong attestations, also from tokens', async () => {
    const there = await scene.serve();
    const again = () => enrol({ server: there.address, caPin: scene.pin, voucher: voucher({ policy: randomUUID() }), dataDir: scene.folder(), hostname: 'h', version: '1' });
    for (let count = 0; count < 10; count += 1) await expect(again()).rejects.toMatchObject({ code: 'join-policy-unknown' });

    await expect(again()).rejects.toMatchObject({ code: 'guesses-locked-out' });
    const { token } = await fleet.tokens.createToken(tenant, {});
    await expect(enrol({ server: there.address, token, dataDir: scene.folder(), hostname: 'h', version: '1' })).rejects.toMatchObject({ code: 'guesses-locked-out' });
    expect(there.told.lines).toContainEqual(expect.objectContaining({ msg: 'ADDRESS SHUT OUT AFTER TOO MANY WRONG JOIN TOKENS OR ATTESTATIONS' }));
  });

  test.each([
    ['all roles', { roles: ['*'] }],
    ['a star in the middle', { roles: ['we*b'] }],
    ['no role', { roles: [] }],
    ['no account', { accounts: [] }],
    ['an account that is none', { accounts: ['1234'] }],
    ['something that no policy has', { users: ['jo'] }],
  ])('a policy is not made with %s', async (_what, change) => {
    const rule = { kind: 'aws', accounts: [account], roles: ['web'], ...change } as NewRule;

    await expect(fleet.joins.addJoinPolicy(tenant, { name: 'x', rule })).rejects.toMatchObject({ code: 'request-invalid' });
  });

  function voucher(more: Partial<Parameters<typeof createAwsVoucher>[0]> = {}): Voucher {
    return createAwsVoucher({ policy: policy.id, region: 'us-east-1', credentials: async () => credentials, ...more });
  }

  function hold(role: string): void {
    sts.holders.set(credentials.accessKeyId, { secret: credentials.secretAccessKey, token: credentials.sessionToken, arn: `arn:aws:sts::${account}:assumed-role/${role}/i-0abc`, account });
  }

  async function joinAs({ by = voucher(), ...more }: { by?: Voucher; key?: string; remoteAddress?: string; alter?: (attestation: Attestation) => Attestation } = {}) {
    return await fleet.enrolment.enrol(await vouchedFor(fleet, by, { pin: scene.pin, ...more }));
  }
});

describe.skipIf(onPath('moto_server') === undefined)(`a host in an emulated AWS${onPath('moto_server') === undefined ? ' [not run: moto_server on PATH]' : ''}`, () => {
  let aws: AwsEmulator;

  beforeAll(async () => {
    aws = await startAwsEmulator();
  });

  afterAll(() => aws.end());

  test('joins with the credentials of an assumed role', async () => {
    stsUrl = new URL(aws.url);
    const xml = await aws.query('sts', '2011-06-15', 'AssumeRole', { RoleArn: 'arn:aws:iam::123456789012:role/web', RoleSessionName: 'i-0abc' });
    const [accessKeyId = '', secretAccessKey = '', sessionToken = ''] = ['AccessKeyId', 'SecretAccessKey', 'SessionToken'].map((name) => new RegExp(`<${name}>([^<]+)<`).exec(xml)?.[1]);
    const { id } = await addPolicy({ kind: 'aws', accounts: ['123456789012'], roles: ['web'] });
    const voucher = createAwsVoucher({ policy: id, region: 'us-east-1', credentials: async () => ({ accessKeyId, secretAccessKey, sessionToken }) });

    const joined = await fleet.enrolment.enrol(await vouchedFor(fleet, voucher, { pin: scene.pin }));

    expect(joined.by).toEqual({ policy: id, subject: '123456789012/web/i-0abc' });
  });
});

async function addPolicy(rule: NewRule): Promise<MadeJoinPolicy> {
  return await fleet.joins.addJoinPolicy(tenant, { name: 'test', rule });
}

function spying(voucher: Voucher, into: AwsEvidence[]): Voucher {
  return {
    ...voucher,
    async evidence(challenge) {
      const evidence = await voucher.evidence(challenge);
      if (evidence.kind === 'aws') into.push(evidence);
      return evidence;
    },
  };
}
