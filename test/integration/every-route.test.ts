import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { App } from '#control-plane/http/app.ts';
import { isUuid } from '#proto/domain/identity.ts';
import { type OpenedDatabase, openPgliteForTest } from '#test/harness/databases.ts';
import { type Belongings, makeBelongings, openHttpDoor, routesOf, rowsOf } from '#test/harness/http-door.ts';

let opened: OpenedDatabase;
let app: App;
let owner: Belongings;
let stranger: Belongings;

/** What of the owner's a route names, by its pattern. A route that is not here turns the first test red. */
const named: Readonly<Record<string, (own: Belongings) => Readonly<Record<string, string>>>> = {
  '/v1/stacks/{id}': ({ stack }) => ({ id: stack }),
  '/v1/stacks/{id}/reports': ({ stack }) => ({ id: stack }),
  '/v1/stacks/{id}/reports/latest': ({ stack }) => ({ id: stack }),
  '/v1/stacks/{id}/scan': ({ stack }) => ({ id: stack }),
  '/v1/findings/{id}': ({ finding }) => ({ id: finding }),
  '/v1/findings/{id}/runbooks': ({ finding }) => ({ id: finding }),
  '/v1/agents/{id}': ({ agent }) => ({ id: agent }),
  '/v1/agents/{id}/lock': ({ agent }) => ({ id: agent }),
  '/v1/agents/{id}/unlock': ({ agent }) => ({ id: agent }),
  '/v1/agents/{id}/drain': ({ agent }) => ({ id: agent }),
  '/v1/agents/{id}/recovery-policy': ({ agent }) => ({ id: agent }),
  '/v1/recoveries/{id}/approve': ({ recovery }) => ({ id: recovery }),
  '/v1/recoveries/{id}/deny': ({ recovery }) => ({ id: recovery }),
  '/v1/agents/{id}/scan': ({ agent }) => ({ id: agent }),
  '/v1/certificates/{serial}': ({ serial }) => ({ serial }),
  '/v1/certificates/{serial}/revoke': ({ serial }) => ({ serial }),
  '/v1/tokens/{id}': ({ joinToken }) => ({ id: joinToken }),
  '/v1/joins/{id}': ({ join }) => ({ id: join }),
  '/v1/api-tokens/{id}': ({ apiToken }) => ({ id: apiToken }),
  '/v1/runbooks/{name}': ({ runbook }) => ({ name: runbook }),
  '/v1/runbooks/{name}/versions': ({ runbook }) => ({ name: runbook }),
  '/v1/runbooks/{name}/versions/{version}/trust': ({ runbook, version }) => ({ name: runbook, version }),
  '/v1/executions/{id}': ({ execution }) => ({ id: execution }),
  '/v1/executions/{id}/events': ({ execution }) => ({ id: execution }),
  '/v1/executions/{id}/cancel': ({ execution }) => ({ id: execution }),
  '/v1/executions/{id}/rollback': ({ execution }) => ({ id: execution }),
  '/v1/approvals/{id}': ({ execution }) => ({ id: execution }),
  '/v1/approvals/{id}/approve': ({ execution }) => ({ id: execution }),
  '/v1/approvals/{id}/deny': ({ execution }) => ({ id: execution }),
  '/v1/keys/{id}': ({ key }) => ({ id: key }),
};

/** A body with which the owner would be heard, where a route takes one. */
const bodies: Readonly<Record<string, Record<string, unknown>>> = {
  '/v1/runbooks/{name}/versions/{version}/trust': { trust: 'auto' },
  '/v1/agents/{id}/recovery-policy': { policy: { kind: 'never' } },
  '/v1/executions/{id}/rollback': { step: 'fix' },
  '/v1/approvals/{id}/approve': { statement: 'e30=', signature: 'AAAA' },
  '/v1/approvals/{id}/deny': { reason: 'no' },
};

/** Routes that make something, and name what is another's while they do. */
const makers: Readonly<Record<string, (own: Belongings) => { readonly body: Record<string, unknown>; readonly status: number } | null>> = {
  '/v1/executions': ({ runbook, agent, finding }) => ({ body: { runbook, agent, finding }, status: 404 }),
  '/v1/tokens': () => null, // these name nothing
  '/v1/joins': () => null,
  '/v1/api-tokens': () => null,
  '/v1/runbooks': () => null,
  '/v1/keys': () => null,
  '/v1/recovery-policy': () => null,
  ...Object.fromEntries(['rotation', 'root/export', 'root/remove', 'intermediates/request', 'intermediates/import', 'intermediates/renew', 'restored'].map((what) => [`/v1/ca/${what}`, () => null])), // the installation's: another tenant is refused whatever it names
};

beforeAll(async () => {
  opened = await openPgliteForTest();
  const door = await openHttpDoor(opened.db);
  app = door.app;
  owner = await makeBelongings(door, opened.db);
  stranger = await makeBelongings(door, opened.db);
});

afterAll(async () => {
  await app.close();
  await opened.close();
});

test('every route has its case here', () => {
  const known = new Set([...Object.keys(named), ...Object.keys(makers)]);
  const cases = routesOf(app).filter(({ method, path }) => path.includes('{') || method !== 'GET');

  expect(cases.map(({ path }) => path).filter((path) => !known.has(path))).toEqual([]);
  expect(cases.length).toBeGreaterThan(30);
});

test('what is named of another tenant does not exist, on any route, and nothing of it changes', async () => {
  const before = await rowsOf(opened.db, owner.tenant);
  const answers: Record<string, number> = {};
  for (const { method, path } of routesOf(app)) {
    const of = named[path];
    if (of === undefined) continue;
    const answer = await ask(stranger, method, fill(path, of(owner)), bodies[path]);
    const answerToNothing = await ask(stranger, method, fill(path, likenessOf(of(owner))), bodies[path]);
    answers[`${method} ${path}`] = answer === answerToNothing ? answer : -1; // a difference would tell what another has
  }
  for (const [path, maker] of Object.entries(makers)) {
    const made = maker(owner);
    if (made !== null) answers[`POST ${path}`] = await ask(stranger, 'POST', path, made.body);
  }

  expect(Object.entries(answers).filter(([, status]) => status !== 404)).toEqual([['POST /v1/approvals/{id}/approve', 403]]); // its signature is looked at first
  expect(await rowsOf(opened.db, owner.tenant)).toEqual(before);
});

test('without a token, or with one that nobody gave out, no route answers', async () => {
  const before = await rowsOf(opened.db, owner.tenant);
  for (const { method, path } of routesOf(app)) {
    for (const headers of [{}, { authorization: `Bearer ${'x'.repeat(60)}` }, { authorization: `Basic ${owner.token}` }]) {
      const { statusCode } = await app.inject({ method, url: fill(path, named[path]?.(owner) ?? {}), headers });
      expect(`${method} ${path} ${statusCode}`).toBe(`${method} ${path} 401`);
    }
  }
  expect(await rowsOf(opened.db, owner.tenant)).toEqual(before);
});

test('no list shows anything of another tenant', async () => {
  const secrets = [owner.agent, owner.stack, owner.finding, owner.serial, owner.joinToken, owner.join, owner.recovery, owner.apiToken, owner.runbook, owner.execution, owner.key];
  for (const { method, path } of routesOf(app)) {
    if (method !== 'GET' || path.includes('{')) continue;
    const { statusCode, body } = await app.inject({ method, url: path, headers: { authorization: `Bearer ${stranger.token}` } });
    expect(`${path} ${statusCode}`).toMatch(/ (200|404|403)$/); // a checkpoint is there once something was written down; the authority is the installation's
    expect(secrets.filter((secret) => body.includes(secret))).toEqual([]);
  }
});

test('the owner is heard on the same routes, so that the cases above are real', async () => {
  const refused: string[] = [];
  for (const { method, path } of routesOf(app)) {
    const of = named[path];
    if (method !== 'GET' || of === undefined || path.endsWith('/events')) continue; // a watch does not end
    const status = await ask(owner, method, fill(path, of(owner)));
    if (status !== 200) refused.push(`${path} ${status}`);
  }

  expect(refused).toEqual([]);
});

async function ask({ token }: Belongings, method: 'GET' | 'POST' | 'DELETE', url: string, payload?: Record<string, unknown>): Promise<number> {
  return (await app.inject({ method, url, headers: { authorization: `Bearer ${token}` }, ...(payload && { payload }) })).statusCode;
}

/** Ids of the same shape that nobody has. */
function likenessOf(values: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const like = (value: string): string => {
    if (/^[0-9a-f]+$/.test(value)) return randomBytes(value.length / 2).toString('hex');
    return isUuid(value) ? randomUUID() : `${value}x`;
  };
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, like(value)]));
}

function fill(path: string, values: Readonly<Record<string, string>>): string {
  return path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(values[name] ?? 'none'));
}
