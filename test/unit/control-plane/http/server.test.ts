import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { operations } from '#control-plane/access/methods.ts';
import type { App } from '#control-plane/http/app.ts';
import { Problem } from '#control-plane/http/problem.ts';
import { createHttpServer } from '#control-plane/http/server.ts';
import { agent, bearers, fakeHttpParts, finding, stack } from '#test/fakes/http-parts.ts';

type Method = 'GET' | 'POST' | 'DELETE';
type Call = readonly [method: Method, url: string, body?: Record<string, unknown>];

const stackUrl = `/v1/stacks/${encodeURIComponent(stack.id)}`;
const unknownId = '99999999-0000-4000-8000-000000000009';

/** Every route, in a form that succeeds for an administrator of the owner; the last column says what a viewer gets. */
const routes: readonly (readonly [pattern: string, call: Call, viewer: 200 | 403 | 404])[] = [
  ['GET /v1/stacks', ['GET', '/v1/stacks'], 200],
  ['GET /v1/stacks/{id}', ['GET', stackUrl], 200],
  ['GET /v1/stacks/{id}/reports', ['GET', `${stackUrl}/reports`], 200],
  ['GET /v1/stacks/{id}/reports/latest', ['GET', `${stackUrl}/reports/latest`], 200],
  ['POST /v1/stacks/{id}/scan', ['POST', `${stackUrl}/scan`], 403],
  ['GET /v1/findings', ['GET', '/v1/findings'], 200],
  ['GET /v1/findings/{id}', ['GET', `/v1/findings/${finding.id}`], 200],
  ['GET /v1/agents', ['GET', '/v1/agents'], 200],
  ['GET /v1/agents/{id}', ['GET', `/v1/agents/${agent.id}`], 200],
  ['POST /v1/agents/{id}/lock', ['POST', `/v1/agents/${agent.id}/lock`], 403],
  ['POST /v1/agents/{id}/drain', ['POST', `/v1/agents/${agent.id}/drain`], 403],
  ['POST /v1/agents/{id}/unlock', ['POST', `/v1/agents/${agent.id}/unlock`], 403],
  ['DELETE /v1/agents/{id}', ['DELETE', `/v1/agents/${agent.id}`], 403],
  ['POST /v1/agents/{id}/scan', ['POST', `/v1/agents/${agent.id}/scan`], 403],
  ['POST /v1/tokens', ['POST', '/v1/tokens', {}], 403],
  ['GET /v1/tokens', ['GET', '/v1/tokens'], 403],
  ['DELETE /v1/tokens/{id}', ['DELETE', `/v1/tokens/${unknownId}`], 403],
  ['POST /v1/joins', ['POST', '/v1/joins', { name: 'web', rule: { kind: 'aws', accounts: ['123456789012'], roles: ['web'] } }], 403],
  ['GET /v1/joins', ['GET', '/v1/joins'], 403],
  ['DELETE /v1/joins/{id}', ['DELETE', `/v1/joins/${unknownId}`], 403],
  ['GET /v1/recoveries', ['GET', '/v1/recoveries'], 200],
  ['POST /v1/recoveries/{id}/approve', ['POST', `/v1/recoveries/${unknownId}/approve`], 403],
  ['POST /v1/recoveries/{id}/deny', ['POST', `/v1/recoveries/${unknownId}/deny`], 403],
  ['GET /v1/recovery-policy', ['GET', '/v1/recovery-policy'], 200],
  ['POST /v1/recovery-policy', ['POST', '/v1/recovery-policy', { policy: { kind: 'never' } }], 403],
  ['POST /v1/agents/{id}/recovery-policy', ['POST', `/v1/agents/${agent.id}/recovery-policy`, { policy: null }], 403],
  ['GET /v1/certificates', ['GET', '/v1/certificates'], 200],
  ['GET /v1/certificates/{serial}', ['GET', '/v1/certificates/ff'], 200],
  ['POST /v1/certificates/{serial}/revoke', ['POST', '/v1/certificates/ff/revoke'], 403],
  ['GET /v1/ca', ['GET', '/v1/ca'], 403],
  ['POST /v1/ca/rotation', ['POST', '/v1/ca/rotation', { step: 'prepare' }], 403],
  ['POST /v1/ca/root/export', ['POST', '/v1/ca/root/export', {}], 403],
  ['POST /v1/ca/root/remove', ['POST', '/v1/ca/root/remove', {}], 403],
  ['POST /v1/ca/intermediates/request', ['POST', '/v1/ca/intermediates/request', { role: 'agents' }], 403],
  ['POST /v1/ca/intermediates/import', ['POST', '/v1/ca/intermediates/import', { certificate: '-----BEGIN CERTIFICATE-----' }], 403],
  ['POST /v1/ca/intermediates/renew', ['POST', '/v1/ca/intermediates/renew', { role: 'servers' }], 403],
  ['POST /v1/ca/restored', ['POST', '/v1/ca/restored'], 403],
  ['GET /v1/audit/entries', ['GET', '/v1/audit/entries'], 200],
  ['GET /v1/audit/checkpoint', ['GET', '/v1/audit/checkpoint'], 200],
  ['POST /v1/runbooks', ['POST', '/v1/runbooks', { document: 'name: x' }], 403],
  ['GET /v1/runbooks', ['GET', '/v1/runbooks'], 200],
  ['GET /v1/runbooks/{name}', ['GET', '/v1/runbooks/restart'], 404],
  ['GET /v1/runbooks/{name}/versions', ['GET', '/v1/runbooks/restart/versions'], 404],
  ['POST /v1/runbooks/{name}/versions/{version}/trust', ['POST', '/v1/runbooks/restart/versions/ab/trust', { trust: 'auto' }], 403],
  ['GET /v1/findings/{id}/runbooks', ['GET', `/v1/findings/${finding.id}/runbooks`], 200],
  ['POST /v1/executions', ['POST', '/v1/executions', { runbook: 'restart' }], 403],
  ['GET /v1/executions', ['GET', '/v1/executions'], 200],
  ['GET /v1/executions/{id}', ['GET', `/v1/executions/${unknownId}`], 404],
  ['GET /v1/executions/{id}/events', ['GET', `/v1/executions/${unknownId}/events`], 404],
  ['POST /v1/executions/{id}/cancel', ['POST', `/v1/executions/${unknownId}/cancel`], 403],
  ['POST /v1/executions/{id}/rollback', ['POST', `/v1/executions/${unknownId}/rollback`, { step: 'fix' }], 403],
  ['GET /v1/approvals', ['GET', '/v1/approvals'], 200],
  ['GET /v1/approvals/{id}', ['GET', `/v1/approvals/${unknownId}`], 404],
  ['POST /v1/approvals/{id}/approve', ['POST', `/v1/approvals/${unknownId}/approve`, { statement: 'e30=', signature: 'e30=' }], 403],
  ['POST /v1/approvals/{id}/deny', ['POST', `/v1/approvals/${unknownId}/deny`, { reason: 'no' }], 403],
  ['POST /v1/keys', ['POST', '/v1/keys', { publicKey: 'ed25519:x', name: 'jo' }], 403],
  ['GET /v1/keys', ['GET', '/v1/keys'], 200],
  ['DELETE /v1/keys/{id}', ['DELETE', `/v1/keys/${'ab'.repeat(32)}`], 403],
  ['POST /v1/api-tokens', ['POST', '/v1/api-tokens', { name: 'ci', role: 'viewer' }], 403],
  ['GET /v1/api-tokens', ['GET', '/v1/api-tokens'], 403],
  ['DELETE /v1/api-tokens/{id}', ['DELETE', `/v1/api-tokens/${unknownId}`], 403],
];

interface Operation {
  readonly operationId: string;
  readonly parameters?: readonly { readonly name: string; readonly in: string }[];
  readonly responses: Readonly<Record<string, unknown>>;
}

let app: App;

beforeAll(async () => {
  app = await createHttpServer(fakeHttpParts());
  await app.ready();
});

afterAll(() => app.close());

async function call([method, url, payload]: Call, bearer?: string) {
  const headers = bearer === undefined ? {} : { authorization: `Bearer ${bearer}` };
  const response = await app.inject({ method, url, headers, ...(payload !== undefined && { payload }) });
  return { status: response.statusCode, headers: response.headers, body: response.body, json: (): unknown => response.json() };
}

function expectProblem(response: Awaited<ReturnType<typeof call>>, status: number, code: string): void {
  expect(response.headers['content-type']).toMatch(/^application\/problem\+json/);
  expect(Problem.parse(response.json())).toMatchObject({ status, code, type: `urn:dd0c:fault:${code}` });
  expect(response.status).toBe(status);
}

describe.each(routes)('%s', (_pattern, request, viewer) => {
  test('without a token nothing is told', async () => {
    const response = await call(request);

    expectProblem(response, 401, 'unauthenticated');
    expect(response.headers['www-authenticate']).toMatch(/^Bearer/);
  });

  test('a token that nobody gave out is refused', async () => {
    expectProblem(await call(request, 'garbage'), 401, 'unauthenticated');
  });

  test('an administrator is answered', async () => {
    const { status } = await call(request, bearers.admin);

    expect([200, 201, 202, 204, 404]).toContain(status);
  });

  test('a viewer looks and does not touch', async () => {
    const { status, json } = await call(request, bearers.viewer);

    expect(status).toBe(viewer);
    expect(viewer === 200 || Problem.parse(json()).code === (viewer === 403 ? 'denied' : 'not-found')).toBe(true);
  });

  test('another tenant sees nothing of it', async () => {
    const { body } = await call(request, bearers.stranger);

    for (const secret of [agent.id, finding.id, finding.fingerprint, stack.source]) expect(body).not.toContain(secret);
  });
});

test('each operation of the table of rights has its route', async () => {
  const asked = new Set<string>();
  const parts = fakeHttpParts();
  const watching = await createHttpServer({ ...parts, gatekeeper: { ...parts.gatekeeper, authorise: (_principal, operation) => void asked.add(operation) } });

  for (const [, [method, url, payload]] of routes) {
    await watching.inject({ method, url, headers: { authorization: `Bearer ${bearers.admin}` }, ...(payload !== undefined && { payload }) });
  }

  expect(asked).toEqual(new Set(operations));
  await watching.close();
});

describe('the OpenAPI document', () => {
  test('lists each route that this test knows, and this test knows each route', async () => {
    const { paths } = (await app.inject('/openapi.json')).json<{ paths: Record<string, Record<string, unknown>> }>();
    const listed = Object.entries(paths).flatMap(([path, methods]) => Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`));

    expect(new Set(listed)).toEqual(new Set([...routes.map(([pattern]) => pattern), 'GET /healthz', 'GET /readyz']));
  });

  test('describes what is in a path, and gives each operation a name of its own', async () => {
    const { paths } = (await app.inject('/openapi.json')).json<{ paths: Record<string, Record<string, Operation>> }>();
    const operations = Object.entries(paths).flatMap(([path, methods]) => Object.values(methods).map((operation) => ({ path, operation })));

    for (const { path, operation } of operations) {
      const named = Array.from(path.matchAll(/\{(\w+)\}/g), ([, name]) => name);
      const described = (operation.parameters ?? []).filter((parameter) => parameter.in === 'path').map(({ name }) => name);
      expect(described).toEqual(named);
      expect(Object.keys(operation.responses)[0]).toMatch(/^2\d\d$/);
    }
    expect(new Set(operations.map(({ operation }) => operation.operationId)).size).toBe(operations.length);
  });

  test('refers to nothing that it does not hold, and holds nothing that is not referred to', async () => {
    const text = (await app.inject('/openapi.json')).body;
    const { components } = JSON.parse(text) as { components: { schemas: Record<string, unknown> } };
    const referred = new Set(Array.from(text.matchAll(/"\$ref":\s*"#\/components\/schemas\/([^"]+)"/g), ([, name]) => name));

    expect(referred).toEqual(new Set(Object.keys(components.schemas)));
  });

  test('is the same for everybody and needs no token, as the page that shows it', async () => {
    expect((await app.inject('/openapi.json')).statusCode).toBe(200);
    const page = await app.inject('/docs/');

    expect(page.statusCode).toBe(200);
    expect(page.headers['content-security-policy']).toContain("default-src 'none'");
  });

  test('is shown by a page that loads nothing from elsewhere', async () => {
    const texts = await Promise.all(['/docs/', '/docs/static/swagger-initializer.js'].map(async (url) => (await app.inject(url)).body));

    for (const text of texts) expect(text).not.toMatch(/(src|href)="https?:|validator\.swagger/);
  });
});

describe('a request that is not right', () => {
  test.each([
    ['an unknown address', 'GET', '/v1/nothing', 404, 'route-unknown'],
    ['an address outside of the API', 'GET', '/.env', 404, 'route-unknown'],
    ['a path that cannot be decoded', 'GET', '/%zz', 400, 'request-invalid'],
    ['a method that is not taken', 'DELETE', '/v1/findings', 405, 'method-not-allowed'],
    ['an id that is not one', 'GET', '/v1/findings/1', 400, 'request-invalid'],
    ['an id that does not exist', 'GET', `/v1/findings/${unknownId}`, 404, 'not-found'],
    ['a limit that is too large', 'GET', '/v1/findings?limit=501', 400, 'request-invalid'],
    ['a severity that does not exist', 'GET', '/v1/findings?severity=awful', 400, 'request-invalid'],
    ['a parameter given twice', 'GET', '/v1/findings?limit=1&limit=2', 400, 'request-invalid'],
  ] as const)('%s is told as a problem', async (_case, method, url, status, code) => {
    const response = await app.inject({ method, url, headers: { authorization: `Bearer ${bearers.admin}` } });

    expectProblem({ status: response.statusCode, headers: response.headers, body: response.body, json: () => response.json() }, status, code);
  });

  test.each([
    ['broken JSON', 'application/json', '{"uses":', 400, 'body-not-json'],
    ['no JSON at all', 'application/json', '', 400, 'body-not-json'],
    ['a body of another kind', 'text/plain', 'uses=1', 415, 'media-type-unsupported'],
    ['a body that is too large', 'application/json', `{"name":"${'x'.repeat(70_000)}"}`, 413, 'request-too-large'],
    ['a field of the wrong type', 'application/json', '{"uses":"1"}', 400, 'request-invalid'],
    ['a field that does not exist', 'application/json', '{"use":1}', 400, 'request-invalid'],
    ['a name that steers terminals', 'application/json', '{"name":"\\u001b[31m"}', 400, 'request-invalid'],
    ['an attempt at the prototype', 'application/json', '{"__proto__":{"uses":1}}', 400, 'body-not-json'],
  ] as const)('%s is told as a problem', async (_case, contentType, payload, status, code) => {
    const response = await app.inject({ method: 'POST', url: '/v1/tokens', payload, headers: { authorization: `Bearer ${bearers.admin}`, 'content-type': contentType } });

    expectProblem({ status: response.statusCode, headers: response.headers, body: response.body, json: () => response.json() }, status, code);
  });

  test('names each field that is not valid', async () => {
    const response = await call(['GET', '/v1/findings?limit=0&state=closed'], bearers.admin);

    expect(Problem.parse(response.json()).errors?.map(({ at }) => at)).toEqual(['query.limit', 'query.state']);
  });

  test('a method that is not taken learns which ones are', async () => {
    const { headers } = await call(['POST', '/v1/findings', {}]);

    expect(headers['allow']).toBe('GET, HEAD');
  });

  test.each(['bearer-of-the-admin', 'Basic YTpi', 'Bearer', 'Bearer  ', `Bearer ${'x'.repeat(513)}`])('authorization %j is no token', async (authorization) => {
    const response = await app.inject({ url: '/v1/findings', headers: { authorization } });

    expect(response.statusCode).toBe(401);
  });
});

test('a stack whose id holds slashes is found under %2F', async () => {
  const response = await call(['GET', '/v1/stacks/envs%2Fprod'], bearers.admin);

  expect(response.json()).toMatchObject({ id: 'envs/prod' });
});

test('a bug is told without its words, which may hold anything', async () => {
  const parts = fakeHttpParts();
  const broken = await createHttpServer({
    ...parts,
    drift: {
      ...parts.drift,
      listFindings: async () => {
        throw new Error('password=hunter2');
      },
    },
  });

  const response = await broken.inject({ url: '/v1/findings', headers: { authorization: `Bearer ${bearers.admin}` } });

  expect(response.statusCode).toBe(500);
  expect(response.json()).toMatchObject({ code: 'broken' });
  expect(response.body).not.toContain('hunter2');
  await broken.close();
});

test('an answer that is not as the contract says is a bug, not an answer', async () => {
  const parts = fakeHttpParts();
  const wrong = await createHttpServer({ ...parts, drift: { ...parts.drift, getFinding: async () => ({ ...finding, id: undefined as never }) } });

  const response = await wrong.inject({ url: `/v1/findings/${finding.id}`, headers: { authorization: `Bearer ${bearers.admin}` } });

  expect(response.json()).toMatchObject({ code: 'broken' });
  await wrong.close();
});

test('answers are not cached, not framed and not guessed at', async () => {
  const { headers } = await call(['GET', '/v1/findings'], bearers.admin);

  expect(headers).toMatchObject({
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  });
  expect(headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
});

test('readiness says which condition does not hold', async () => {
  const server = await createHttpServer(fakeHttpParts({ checks: { database: async () => true, grpc: () => Promise.reject(new Error('down')) } }));

  const response = await server.inject('/readyz');

  expect(response.statusCode).toBe(503);
  expect(response.json()).toEqual({ ready: false, checks: { database: true, grpc: false } });
  expect((await server.inject('/healthz')).json()).toEqual({ ok: true });
  await server.close();
});

test('metrics name routes by their pattern, so that ids make no labels', async () => {
  const server = await createHttpServer(fakeHttpParts());

  await server.inject({ url: `/v1/findings/${finding.id}`, headers: { authorization: `Bearer ${bearers.admin}` } });
  const { body } = await server.inject('/metrics');

  expect(body).toContain('dd0c_http_request_duration_seconds_count{method="GET",route="/v1/findings/:id",status="200"} 1');
  expect(body).toContain('dd0c_build_info{version="0.0.0"} 1');
  expect(body).not.toContain(finding.id);
  await server.close();
});

test('an address that asks too often is told to wait, and for how long', async () => {
  const server = await createHttpServer(fakeHttpParts({ requestsPerSecond: 1 }));

  const responses = await Promise.all([1, 2, 3].map(() => server.inject('/healthz')));

  expect(responses.map(({ statusCode }) => statusCode)).toEqual([200, 200, 429]);
  expect(responses[2]?.headers['retry-after']).toBe('1');
  await server.close();
});
