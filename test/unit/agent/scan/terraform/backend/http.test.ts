import { describe, expect, test } from 'vitest';
import { makeFolder } from '#test/harness/folder.ts';
import { fakeStateServer } from '#test/fakes/http-state.ts';
import { type ScanHow, scanOne, stateOf } from '#test/harness/terraform.ts';

const state = stateOf({ 'test.x': { n: 1 } });
const basic = `Basic ${Buffer.from('me:hush').toString('base64')}`;

describe('the http backend', () => {
  test('is read with its credentials and headers, by GET alone, and compared with the code', async () => {
    const { url, asked } = await fakeStateServer((_, outgoing) => outgoing.end(state));

    const { stack, sightings } = await scan(`address = "${url}/prod?x=1"\n username = "me"\n password = "hush"\n lock_address = "${url}/lock"\n headers = { x-token = "t" }`);

    expect([stack.against, stack.lineage]).toEqual(['code', 'test-lineage']);
    expect(sightings.map(({ address, sides }) => [address, sides.code?.values, sides.recorded?.values])).toEqual([['test.x', { n: 2 }, { n: 1 }]]);
    expect(asked).toEqual([{ line: 'GET /prod?x=1', authorization: basic, token: 't' }]);
  });

  test('takes address and credentials from the environment', async () => {
    const { url, asked } = await fakeStateServer((_, outgoing) => outgoing.end(state));

    const { sightings } = await scan('', { env: { TF_HTTP_ADDRESS: `${url}/env`, TF_HTTP_USERNAME: 'me', TF_HTTP_PASSWORD: 'hush' } });

    expect(sightings).toHaveLength(1);
    expect(asked).toMatchObject([{ line: 'GET /env', authorization: basic }]);
  });

  test('credentials of the environment do not go to an address that only the code names', async () => {
    const { url, asked } = await fakeStateServer((_, outgoing) => outgoing.end(state));

    const { error } = await failing(`address = "${url}"`, { env: { TF_HTTP_USERNAME: 'me', TF_HTTP_PASSWORD: 'hush' } });

    expect(error).toMatchObject({ code: 'backend-insecure' });
    expect(asked).toEqual([]);
  });

  test('what init wrote down wins over what the code says', async () => {
    const { url, asked } = await fakeStateServer((_, outgoing) => outgoing.end(state));
    const record = JSON.stringify({ version: 3, backend: { type: 'http', config: { address: `${url}/init`, username: 'me', password: 'hush', lock_address: null }, hash: 1 }, modules: [] });

    await scan('', { files: { '.terraform/terraform.tfstate': record, 'terraform.tfstate': stateOf({ 'test.old': {} }) } });

    expect(asked).toMatchObject([{ line: 'GET /init', authorization: basic }]);
  });

  test('a file of -backend-config beside the code, or in TF_CLI_ARGS_init, fills the gaps', async () => {
    const { url, asked } = await fakeStateServer((_, outgoing) => outgoing.end(state));

    await scan('', { files: { 'prod.http.tfbackend': `address = "${url}/beside"\n` } });
    await scan('', { files: { 'env/prod.hcl': `address = "${url}/named"\n` }, env: { TF_CLI_ARGS_init: '-upgrade -backend-config=env/prod.hcl -backend-config="username=me"' } });

    expect(asked.map(({ line, authorization }) => [line, authorization === undefined])).toEqual([['GET /beside', true], ['GET /named', false]]);
  });

  test.each([404, 204])('%d is a state that was never written', async (status) => {
    const { url } = await fakeStateServer((_, outgoing) => outgoing.writeHead(status).end());

    const { stack, gaps } = await scan(`address = "${url}/none"`);

    expect([stack.against, gaps]).toEqual(['nothing', [{ address: 'test.x', state: 'stale', reason: `the code asks for it; there is no state in ${url}/none yet` }]]);
  });

  test.each([
    [401, 'backend-refused', 1],
    [403, 'backend-refused', 1],
    [418, 'backend-failed', 1],
    [500, 'backend-failed', 3],
  ])('%d is told as %s, and the code is read all the same', async (status, code, requests) => {
    const { url, asked } = await fakeStateServer((_, outgoing) => outgoing.writeHead(status).end('hush'));

    const { error, gaps } = await failing(`address = "${url}/?token=hush"`);

    expect(error).toMatchObject({ code, facts: { status } });
    expect(String(error)).not.toContain('hush');
    expect(gaps.map(({ address }) => address)).toEqual(['test.x']);
    expect(asked).toHaveLength(requests);
  });

  test('a redirect is followed, and nothing that identifies us goes to another origin', async () => {
    const other = await fakeStateServer((_, outgoing) => outgoing.end(state));
    const { url, asked } = await fakeStateServer(({ url: path }, outgoing) => outgoing.writeHead(302, { location: path === '/a' ? '/b' : `${other.url}/c` }).end());

    const { sightings } = await scan(`address = "${url}/a"\n username = "me"\n password = "hush"\n headers = { x-token = "t" }`);

    expect(sightings).toHaveLength(1);
    expect(asked.map(({ authorization }) => authorization)).toEqual([basic, basic]);
    expect(other.asked).toEqual([{ line: 'GET /c', authorization: undefined, token: undefined }]);
  });

  test('redirects without end, and to what is no web address, are refused', async () => {
    const round = await fakeStateServer((_, outgoing) => outgoing.writeHead(302, { location: '/' }).end());
    const file = await fakeStateServer((_, outgoing) => outgoing.writeHead(302, { location: 'file:///etc/passwd' }).end());

    expect(await failing(`address = "${round.url}"`)).toMatchObject({ error: { code: 'backend-failed' } });
    expect(await failing(`address = "${file.url}"`)).toMatchObject({ error: { code: 'backend-failed' } });
    expect(round.asked).toHaveLength(6);
  });

  test('credentials are not sent over plain http to another host', async () => {
    expect(await failing('address = "http://state.example.com/x"\n username = "me"\n password = "hush"')).toMatchObject({ error: { code: 'backend-insecure' } });
  });

  test('a login page in the place of a state is told as one', async () => {
    const { url } = await fakeStateServer((_, outgoing) => outgoing.end('<!doctype html>'));

    expect(await failing(`address = "${url}/x"`)).toMatchObject({ error: { code: 'source-html', facts: { source: `${url}/x` } } });
  });

  test('an encrypted state is told as one', async () => {
    const { url } = await fakeStateServer((_, outgoing) => outgoing.end('{"encryption_version":"v0","meta":{},"encrypted_data":"x"}'));

    expect(await failing(`address = "${url}"`)).toMatchObject({ error: { code: 'state-encrypted' } });
  });

  test('nobody is asked where dd0c.yaml leaves backends alone', async () => {
    const { url, asked } = await fakeStateServer((_, outgoing) => outgoing.end(state));

    const { gaps } = await scan(`address = "${url}"`, { backends: 'leave' });

    expect(asked).toEqual([]);
    expect(gaps).toMatchObject([{ address: 'test.x', state: 'stale' }]);
  });
});

interface How extends ScanHow {
  readonly files?: Readonly<Record<string, string>>;
}

async function scan(settings: string, { files = {}, ...how }: How = {}) {
  const folder = await makeFolder({ 'main.tf': `terraform {\n  backend "http" {\n ${settings}\n}\n}\nresource "test" "x" {\n  n = 2\n}\n`, ...files });
  return scanOne(folder, how);
}

async function failing(settings: string, how: How = {}) {
  try {
    await scan(settings, how);
  } catch (error) {
    const known: readonly { readonly address: string }[] = error instanceof Error && 'gaps' in error && Array.isArray(error.gaps) ? error.gaps : [];
    return { error, gaps: known };
  }
  throw new Error('it was read');
}
