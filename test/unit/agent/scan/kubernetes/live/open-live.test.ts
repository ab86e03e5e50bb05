import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { expect, onTestFinished, test } from 'vitest';
import { makeFolder } from '#test/harness/folder.ts';
import { type KubernetesScanOptions, scanKubernetes } from '#test/harness/kubernetes-scan.ts';

interface Seen {
  readonly method: string;
  readonly url: string;
  readonly authorization: string | undefined;
  readonly type: string | undefined;
}

const list = { kind: 'APIResourceList', resources: [{ name: 'configmaps', kind: 'ConfigMap', namespaced: true, verbs: ['get', 'patch'] }, { name: 'nodes', kind: 'Node', namespaced: false, verbs: ['get'] }] };

test('it asks for kinds once, reads each object and tries each manifest, and every PATCH is a dry run', async () => {
  const { url, seen } = await api((_, answer) => answer(200, map('a')));

  const { real, checked } = await scan(url, ['a', 'b', 'c']);

  expect([real, checked.length]).toEqual([[], 3]);
  expect(seen.filter(({ url: path }) => path === '/below/api/v1')).toHaveLength(1);
  const writes = seen.filter(({ method }) => method !== 'GET');
  expect(writes).toHaveLength(3);
  for (const { method, url: path, type } of writes) {
    expect([method, type, Object.fromEntries(new URL(path, 'http://x').searchParams)]).toEqual(['PATCH', 'application/apply-patch+yaml', { fieldManager: 'dd0c', force: 'true', dryRun: 'All' }]);
  }
});

test('credentials do not go over a connection in clear', async () => {
  const { url, seen } = await api((_, answer) => answer(200, map('a')));

  await scan(url, ['a']);

  expect(seen.map(({ authorization }) => authorization)).not.toContainEqual(expect.anything());
});

test('never more than five requests are under way', async () => {
  let running = 0;
  let most = 0;
  const { url } = await api((_, answer) => {
    running += 1;
    most = Math.max(most, running);
    setImmediate(() => {
      running -= 1;
      answer(200, map('a'));
    });
  });

  await scan(url, Array.from({ length: 40 }, (_, index) => `m${index}`));

  expect(most).toBeLessThanOrEqual(5);
});

test('a request that is throttled is tried again, and told as throttled in the end', async () => {
  let refused = 0;
  const { url } = await api(({ url: path = '' }, answer) => {
    if (path.includes('/configmaps/a?')) return answer(++refused > 2 ? 200 : 429, map('a'), { 'retry-after': '0' });
    if (path.endsWith('/configmaps/b')) return answer(429, { kind: 'Status', message: 'Too many requests' }, { 'retry-after': '60' });
    return answer(200, map('a'));
  });

  const { checked, gaps } = await scan(url, ['a', 'b']);

  expect(checked).toEqual(['ConfigMap/shop/a']);
  expect(gaps).toEqual([{ address: 'ConfigMap/b', state: 'throttled', reason: 'it could not be read: Too many requests; it asks to come back in 60 s' }]);
});

test('when the time is up the objects that are left are named', async () => {
  const { url } = await api(({ url: path = '' }, answer) => {
    if (!path.includes('/slow')) answer(200, map('a'));
  });

  const { checked, gaps } = await scan(url, ['a', 'slow'], { timeoutMs: 700 });

  expect(checked).toEqual(['ConfigMap/shop/a']);
  expect(gaps).toEqual([{ address: 'ConfigMap/slow', state: 'unreadable', reason: 'it could not be read: the time limit was reached' }]);
});

test('an abort ends the scan', async () => {
  const stopping = new AbortController();
  const { url } = await api(() => stopping.abort(new Error('stopped by a person')));

  await expect(scan(url, ['a'], { signal: stopping.signal })).rejects.toThrow('stopped by a person');
});

test.for([
  ['nobody listens', 'http://127.0.0.1:1', 'cluster-unreachable'],
  ['the name does not exist', 'https://does-not-exist.invalid', 'cluster-unreachable'],
])('%s: the scan says so by name', async ([, url = '', code]) => {
  await expect(scan(url, ['a'])).rejects.toMatchObject({ code });
});

test('credentials that are not accepted are a fault, and a server that never answers is one', async () => {
  const refusing = await api((_, answer) => answer(401, { kind: 'Status', reason: 'Unauthorized' }), 'all');
  const silent = await api(() => undefined, 'all');

  await expect(scan(refusing.url, ['a'])).rejects.toMatchObject({ code: 'cluster-unauthorized' });
  await expect(scan(silent.url, ['a'], { timeoutMs: 300 })).rejects.toMatchObject({ code: 'cluster-timeout' });
});

test.for([
  ['a page that is no object', 200, '<html>login</html>', 'it could not be read: the answer is not an object of the API'],
  ['an error without a status', 502, '<html>bad gateway</html>', 'it could not be read: HTTP 502'],
  ['an object without a kind', 200, '{"metadata":{}}', 'what the cluster answered is not an object of the API'],
] as const)('%s hides no other object', async ([, code, body, reason]) => {
  const { url } = await api(({ url: path = '' }, answer) => (path.includes('/odd') ? answer(code, body) : answer(200, map('a'))));

  const { checked, gaps } = await scan(url, ['odd', 'a']);

  expect(checked).toEqual(['ConfigMap/shop/a']);
  expect(gaps).toEqual([{ address: 'ConfigMap/odd', state: 'unreadable', reason }]);
});

test('what an invalid value is, is not repeated', async () => {
  const { url } = await api(({ method }, answer) => (method === 'GET' ? answer(200, { ...map('a'), data: { k: 'other' } }) : answer(422, { kind: 'Status', reason: 'Invalid', message: 'Invalid value: "hush-hush"', details: { causes: [{ field: 'data.k', reason: 'FieldValueInvalid' }] } })));

  const result = await scan(url, ['a']);

  expect(result.real).toEqual(['ConfigMap/shop/a data.k update by nobody']);
  expect(JSON.stringify(result)).not.toContain('hush-hush');
});

test('objects that no manifest names are listed page by page, and more than can be told are not listed without end', async () => {
  const pages: string[] = [];
  const { url } = await api((request, answer) => {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://x');
    if (pathname !== '/below/api/v1/namespaces/shop/configmaps') return answer(200, map('a'));
    pages.push(searchParams.get('continue') ?? 'first');
    return answer(200, { kind: 'ConfigMapList', metadata: { continue: String(pages.length) }, items: [{ metadata: { name: `found-${pages.length}`, namespace: 'shop', uid: 'x' }, data: {} }] });
  });

  const { real, gaps } = await scan(url, ['a'], { settings: { unmanaged: [{ namespaces: ['shop'] }] } });

  expect(pages.slice(0, 3)).toEqual(['first', '1', '2']);
  expect(pages).toHaveLength(20);
  expect(real).toHaveLength(20);
  expect(gaps).toEqual([{ address: 'v1/ConfigMap (unmanaged)', state: 'unsupported', reason: 'there are more than 10000; narrow the selector' }]);
});

test('a name cannot lead elsewhere in the API', async () => {
  const { url, seen } = await api((_, answer) => answer(200, map('a')));

  const { gaps } = await scan(url, ['..', 'a/../../secrets/b', 'a?x=1#']);

  expect(gaps).toHaveLength(1);
  expect(seen.map(({ url: path }) => path.split('?')[0])).toEqual(expect.arrayContaining([
    '/below/api/v1/namespaces/shop/configmaps/a%2F..%2F..%2Fsecrets%2Fb', '/below/api/v1/namespaces/shop/configmaps/a%3Fx%3D1%23',
  ]));
  expect(seen.filter(({ url: path }) => path.includes('/secrets'))).toEqual([]);
});

function map(name: string): object {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace: 'shop', uid: name }, data: { k: 'v' } };
}

type Answer = (code: number, body: object | string, headers?: Readonly<Record<string, string>>) => void;

/** An API server below a path, which knows two kinds; the rest of its answers are given. */
async function api(handle: (request: IncomingMessage, answer: Answer) => void, what: 'objects' | 'all' = 'objects'): Promise<{ readonly url: string; readonly seen: readonly Seen[] }> {
  const seen: Seen[] = [];
  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    const { method = '', url = '', headers } = request;
    seen.push({ method, url, authorization: headers.authorization, type: headers['content-type'] });
    const answer: Answer = (code, body, more = {}) => void response.writeHead(code, { 'content-type': 'application/json', ...more }).end(typeof body === 'string' ? body : JSON.stringify(body));
    request.resume();
    if (what === 'all') return handle(request, answer);
    if (url === '/below/version') return answer(200, { major: '1' });
    return url === '/below/api/v1' ? answer(200, list) : handle(request, answer);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  return { url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/below`, seen };
}

async function scan(server: string, names: readonly string[], more: Omit<Partial<KubernetesScanOptions>, 'against' | 'env'> = {}) {
  const folder = await makeFolder({
    config: JSON.stringify({ 'current-context': 't', clusters: [{ name: 't', cluster: { server } }], users: [{ name: 't', user: { token: 'hush' } }], contexts: [{ name: 't', context: { cluster: 't', user: 't', namespace: 'shop' } }] }),
    'all.json': JSON.stringify({ apiVersion: 'v1', kind: 'List', items: names.map((name) => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name }, data: { k: 'v' } })) }),
  });
  return await scanKubernetes(`${folder}/all.json`, { against: { side: 'live' }, env: { KUBECONFIG: `${folder}/config` }, ...more });
}
