import { createServer } from 'node:net';
import { once } from 'node:events';
import fc from 'fast-check';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { chooses, matches } from '#agent/scan/cloudformation/live/glob.ts';
import { AwsRefusal, serveAwsQuery } from '#test/fakes/aws-query.ts';
import { fakeCloudFormation, type FakeStack } from '#test/fakes/cloudformation.ts';
import { scanStacks, useAwsAt } from '#test/harness/cloudformation-scan.ts';

const names = ['shop-api', 'shop-web', 'shop-sandbox', 'billing'];
const stacks: readonly FakeStack[] = names.map((name) => ({ name, resources: [] }));

afterEach(() => void vi.unstubAllEnvs());

describe('which stacks', () => {
  test.each([
    [['*'], names],
    [['shop-*', '!shop-sandbox'], ['shop-api', 'shop-web']],
    [['!shop-*'], ['billing']],
    [['shop-???'], ['shop-api', 'shop-web']],
  ])('%j chooses %j', async (patterns, expected) => {
    useAwsAt((await fakeCloudFormation(stacks)).url);

    const scanned = await scanStacks({ settings: { accounts: [{ stacks: patterns }] } });

    expect(scanned.map(({ target }) => target.path.split('/').at(-1))).toEqual(expected.toSorted());
  });

  test('names without a pattern need no list, so listing need not be allowed', async () => {
    const { actions, url } = await fakeCloudFormation(stacks, { before: ({ action }) => refuse(action === 'ListStacks', 'AccessDenied', 403) });
    useAwsAt(url);

    const scanned = await scanStacks({ settings: { accounts: [{ stacks: ['billing', 'absent'] }] } });

    expect(scanned.map((one) => ('error' in one ? one.error : one.id))).toEqual(['cloudformation:123456789012:eu-west-1:billing', expect.objectContaining({ code: 'stack-missing' })]);
    expect(actions()).not.toContain('ListStacks');
  });

  test('a pattern matches as its regular expression would', () => {
    const pattern = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?'), maxLength: 8 });
    fc.assert(
      fc.property(pattern, fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 8 }), (glob, name) => {
        expect(matches(glob, name)).toBe(new RegExp(`^${glob.replaceAll('*', '.*').replaceAll('?', '.')}$`).test(name));
      }),
    );
    expect(chooses(['*', '!*'], 'a')).toBe(false);
  });
});

describe('accounts and regions', () => {
  test('each region of an account is looked at, and an account is entered by its role', async () => {
    const { url, requests } = await fakeCloudFormation([{ name: 'one', resources: [] }]);
    const assumed: string[] = [];
    const sts = await serveAwsQuery(({ params, signer }) => {
      assumed.push(`${signer} ${params['RoleArn']} ${params['ExternalId']} ${params['RoleSessionName']}`);
      return { Credentials: { AccessKeyId: 'ASIAROLE', SecretAccessKey: 's', SessionToken: 't', Expiration: new Date(Date.now() + 3_600_000).toISOString() }, AssumedRoleUser: { Arn: 'arn:aws:sts::222222222222:assumed-role/read/dd0c-agent', AssumedRoleId: 'A:dd0c-agent' } };
    });
    useAwsAt(url);
    vi.stubEnv('AWS_ENDPOINT_URL_STS', sts);

    const scanned = await scanStacks({ settings: { accounts: [{ name: 'here' }, { name: 'prod', role: 'arn:aws:iam::222222222222:role/read', externalId: 'ours', regions: ['eu-central-1', 'us-east-1'] }] } });

    expect(scanned.map(({ target }) => target.path)).toEqual(['cloudformation://here/eu-west-1/one', 'cloudformation://prod/eu-central-1/one', 'cloudformation://prod/us-east-1/one']);
    expect(new Set(requests.map(({ signer, region }) => `${signer} ${region}`))).toEqual(new Set(['AKIATEST eu-west-1', 'ASIAROLE eu-central-1', 'ASIAROLE us-east-1']));
    expect(assumed[0]).toBe('AKIATEST arn:aws:iam::222222222222:role/read ours dd0c-agent');
  });

  test('an account that cannot be entered hides no other, and the missing permission is named', async () => {
    const { url } = await fakeCloudFormation([{ name: 'one', resources: [] }]);
    useAwsAt(url);
    vi.stubEnv('AWS_ENDPOINT_URL_STS', await serveAwsQuery(() => refuse(true, 'AccessDenied', 403, 'User: arn:aws:iam::1:user/x is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::222222222222:role/read')));

    const scanned = await scanStacks({ settings: { accounts: [{ name: 'prod', role: 'arn:aws:iam::222222222222:role/read', regions: ['us-east-1'] }, { name: 'here' }] } });

    expect(scanned.map((one) => ('error' in one ? one.error : one.id))).toEqual([expect.objectContaining({ code: 'aws-denied', facts: expect.objectContaining({ action: 'sts:AssumeRole' }) as unknown }), 'cloudformation:123456789012:eu-west-1:one']);
  });

  test.each(['cloudformation://unheard/', 'cloudformation://a/b/c/d', 'cloudformation://a/b c/'])('%s is refused by name', async (path) => {
    await expect(scanStacks({ path })).rejects.toMatchObject({ code: 'stack-place-unknown' });
  });
});

describe('what AWS answers', () => {
  test.each([
    ['ExpiredToken', 403, 'aws-credentials-expired'],
    ['InvalidClientTokenId', 403, 'aws-credentials-invalid'],
    ['SignatureDoesNotMatch', 403, 'aws-credentials-invalid'],
    ['AccessDenied', 403, 'aws-denied'],
    ['Throttling', 400, 'aws-throttled'],
    ['InternalFailure', 500, 'aws-failed'],
  ])('%s is %s, with what was asked and without what AWS quoted', async (code, status, fault) => {
    const { url } = await fakeCloudFormation(stacks, { before: () => refuse(true, code, status, 'canonical string: x-amz-security-token:SECRETTOKEN') });
    useAwsAt(url);

    const [scanned] = await scanStacks();

    expect(scanned).toMatchObject({ error: { code: fault, facts: { action: 'cloudformation:ListStacks' } } });
    expect(String('error' in (scanned ?? {}) ? Reflect.get(scanned ?? {}, 'error') : '')).not.toContain('SECRETTOKEN');
  });

  test('no credentials anywhere is told as that', async () => {
    useAwsAt((await fakeCloudFormation(stacks)).url);
    vi.stubEnv('AWS_ACCESS_KEY_ID', undefined);
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', undefined);

    expect(await scanStacks()).toMatchObject([{ error: { code: 'aws-credentials-missing' } }]);
  });

  test('no region anywhere is told as that', async () => {
    useAwsAt((await fakeCloudFormation(stacks)).url);
    vi.stubEnv('AWS_REGION', undefined);
    vi.stubEnv('AWS_DEFAULT_REGION', undefined);

    expect(await scanStacks()).toMatchObject([{ error: { code: 'aws-region-unknown' } }]);
  });

  test('nobody there is told as that', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    server.close();
    await once(server, 'close');
    useAwsAt(`http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`);

    expect(await scanStacks()).toMatchObject([{ error: { code: 'aws-unreachable', facts: { reason: 'ECONNREFUSED' } } }]);
  });
});

function refuse(when: boolean, code: string, status: number, message = code): never | undefined {
  if (when) throw new AwsRefusal(code, message, status);
  return undefined;
}
