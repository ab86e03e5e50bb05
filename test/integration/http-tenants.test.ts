import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Access } from '#control-plane/access/access.ts';
import type { Role } from '#control-plane/access/methods.ts';
import { recordReport } from '#control-plane/drift/record-report.ts';
import type { App } from '#control-plane/http/app.ts';
import type { Database } from '#control-plane/store/database.ts';
import { asTenant } from '#control-plane/store/tenant-tx.ts';
import { type AgentId, type TenantId, toAgentId } from '#proto/domain/identity.ts';
import { finding, report } from '#test/fakes/reports.ts';
import { eachDatabase, makeTenant } from '#test/harness/databases.ts';
import { openHttpDoor } from '#test/harness/http-door.ts';

const stack = 'envs/prod';
const stackUrl = `/v1/stacks/${encodeURIComponent(stack)}`;

interface Answer {
  readonly status: number;
  readonly body: unknown;
}

eachDatabase('the HTTP door', (db) => {
  let app: App;
  let access: Access;
  let owner: TenantId;
  let agent: AgentId;
  let woken: AgentId[] = [];
  let tokens: Record<'admin' | 'operator' | 'viewer' | 'stranger', string>;

  beforeAll(async () => {
    ({ app, access } = await openHttpDoor(db(), (id) => woken.push(id)));
    owner = await makeTenant(db());
    const other = await makeTenant(db());
    tokens = {
      admin: await tokenOf(owner, 'admin'),
      operator: await tokenOf(owner, 'operator'),
      viewer: await tokenOf(owner, 'viewer'),
      stranger: await tokenOf(other, 'admin'),
    };
    agent = await seed(db(), owner);
  });

  afterAll(() => app.close());

  async function tokenOf(tenant: TenantId, role: Role): Promise<string> {
    return (await access.createApiToken({ tenant }, { name: role, role })).token;
  }

  async function ask(who: keyof typeof tokens, method: 'GET' | 'POST' | 'DELETE', url: string, payload?: Record<string, unknown>): Promise<Answer> {
    const response = await app.inject({ method, url, headers: { authorization: `Bearer ${tokens[who]}` }, ...(payload !== undefined && { payload }) });
    return { status: response.statusCode, body: response.body === '' ? null : response.json() };
  }

  test('the owner sees what was reported', async () => {
    expect(await ask('viewer', 'GET', '/v1/stacks')).toMatchObject({ status: 200, body: { stacks: [{ id: stack, agent, open: { low: 0, medium: 25, high: 0, critical: 0 } }], next: null } });
    expect(await ask('viewer', 'GET', stackUrl)).toMatchObject({ status: 200, body: { id: stack } });
    expect(await ask('viewer', 'GET', `${stackUrl}/reports`)).toMatchObject({ status: 200, body: { reports: [{ stack, findings: 25, opened: 25 }] } });
    expect(await ask('viewer', 'GET', `${stackUrl}/reports/latest`)).toMatchObject({ status: 200, body: { stack, findings: expect.objectContaining({ length: 25 }) } });
    expect(await ask('viewer', 'GET', '/v1/agents')).toMatchObject({ status: 200, body: { agents: [{ id: agent, name: 'host-1', state: 'enrolled' }] } });
  });

  test('findings come page by page, each once, and each can be looked at', async () => {
    const seen: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const { body } = await ask('viewer', 'GET', `/v1/findings?limit=10${cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`}`);
      const page = body as { findings: { id: string }[]; next: string | null };
      seen.push(...page.findings.map(({ id }) => id));
      cursor = page.next;
    }

    expect(seen).toHaveLength(25);
    expect(new Set(seen).size).toBe(25);
    expect(await ask('viewer', 'GET', `/v1/findings/${seen[0]}`)).toMatchObject({ status: 200, body: { id: seen[0], properties: [{ path: 'tags.owner' }], events: [{ kind: 'opened' }] } });
  });

  test('filters narrow the list', async () => {
    expect(await ask('viewer', 'GET', '/v1/findings?severity=high')).toMatchObject({ body: { findings: [] } });
    expect(await ask('viewer', 'GET', '/v1/findings?address=host%5B7%5D')).toMatchObject({ body: { findings: [{ address: 'aws_instance.host[7]' }] } });
    expect(await ask('viewer', 'GET', '/v1/findings?stack=other')).toMatchObject({ body: { findings: [] } });
  });

  test.each(['nonsense', 'eyJ4IjoxfQ', '%00'])('a cursor that nobody gave out (%s) is refused', async (cursor) => {
    expect(await ask('viewer', 'GET', `/v1/findings?cursor=${cursor}`)).toMatchObject({ status: 400, body: { code: 'request-invalid' } });
  });

  test.each(['/v1/findings?stack=%00', '/v1/findings?address=a%00', '/v1/findings?type=%00', '/v1/stacks/a%00', '/v1/stacks/%00/reports'])('a null character (%s) is refused before the database sees it', async (url) => {
    expect(await ask('viewer', 'GET', url)).toMatchObject({ status: 400, body: { code: 'request-invalid' } });
  });

  test('whatever is looked for, the answer is not a failure', async () => {
    const filter = fc.record({ stack: fc.string({ unit: 'binary' }), address: fc.string({ unit: 'binary' }), cursor: fc.string({ unit: 'binary' }) }, { requiredKeys: [] });
    await fc.assert(
      fc.asyncProperty(filter, fc.string({ unit: 'binary', minLength: 1 }), async (query, id) => {
        const urls = [`/v1/findings?${new URLSearchParams(query).toString()}`, `/v1/stacks/${encodeURIComponent(id.toWellFormed())}`];
        for (const url of urls) expect((await ask('viewer', 'GET', url)).status).toBeLessThan(500);
      }),
      { numRuns: 100 },
    );
  });

  describe('another tenant', () => {
    test.each(['/v1/stacks', '/v1/findings', '/v1/agents', '/v1/tokens', '/v1/joins', '/v1/certificates', '/v1/audit/entries'])('lists nothing under %s', async (url) => {
      const { status, body } = await ask('stranger', 'GET', url);

      expect(status).toBe(200);
      expect(Object.values(body as object).flat().filter((item) => item !== null)).toEqual([]);
    });

    test('is told that nothing of it exists, and changes nothing', async () => {
      const { body } = await ask('admin', 'GET', '/v1/findings?limit=1');
      const [{ id }] = (body as { findings: [{ id: string }] }).findings;
      const { body: made } = await ask('admin', 'POST', '/v1/tokens', {});
      const { body: joins } = await ask('admin', 'POST', '/v1/joins', { name: 'web', rule: { kind: 'aws', accounts: ['123456789012'], roles: ['web-*'] } });
      const urls = [
        ['GET', stackUrl],
        ['GET', `${stackUrl}/reports`],
        ['GET', `${stackUrl}/reports/latest`],
        ['POST', `${stackUrl}/scan`],
        ['GET', `/v1/findings/${id}`],
        ['GET', `/v1/agents/${agent}`],
        ['POST', `/v1/agents/${agent}/lock`],
        ['POST', `/v1/agents/${agent}/unlock`],
        ['POST', `/v1/agents/${agent}/drain`],
        ['POST', `/v1/agents/${agent}/scan`],
        ['DELETE', `/v1/agents/${agent}`],
        ['DELETE', `/v1/tokens/${(made as { id: string }).id}`],
        ['DELETE', `/v1/joins/${(joins as { id: string }).id}`],
      ] as const;

      for (const [method, url] of urls) expect(await ask('stranger', method, url)).toMatchObject({ status: 404, body: { code: 'not-found' } });

      expect(await ask('admin', 'GET', `/v1/agents/${agent}`)).toMatchObject({ body: { state: 'enrolled' } });
      expect(await ask('admin', 'GET', '/v1/tokens')).toMatchObject({ body: { tokens: [{ revokedAt: null }] } });
      expect(await ask('admin', 'GET', '/v1/joins')).toMatchObject({ body: { joins: [{ name: 'web' }] } });
    });
  });

  test('an operator acts on the fleet, and gives out no tokens', async () => {
    expect(await ask('operator', 'POST', `/v1/agents/${agent}/lock`)).toMatchObject({ status: 200, body: { state: 'locked' } });
    expect(await ask('operator', 'POST', `/v1/agents/${agent}/scan`)).toMatchObject({ status: 403, body: { code: 'agent-locked' } });
    expect(await ask('operator', 'POST', `/v1/agents/${agent}/unlock`)).toMatchObject({ status: 200, body: { state: 'enrolled' } });
    expect(await ask('operator', 'POST', '/v1/tokens', {})).toMatchObject({ status: 403 });
    expect(await ask('operator', 'POST', '/v1/api-tokens', { name: 'x', role: 'admin' })).toMatchObject({ status: 403 });
  });

  test('a scan is kept as an order, and the agent is woken', async () => {
    woken = [];

    expect(await ask('operator', 'POST', `${stackUrl}/scan`)).toMatchObject({ status: 202, body: { orders: [{ agent }] } });
    expect(woken).toEqual([agent]);
  });

  test('a token works until it is revoked, or until it ends', async () => {
    const { body } = await ask('admin', 'POST', '/v1/api-tokens', { name: 'ci', role: 'viewer', ttlSeconds: 3_600 });
    const { id, token } = body as { id: string; token: string };
    const use = async (): Promise<number> => (await app.inject({ url: '/v1/stacks', headers: { authorization: `Bearer ${token}` } })).statusCode;

    expect(await use()).toBe(200);
    expect(await ask('admin', 'GET', '/v1/api-tokens')).toMatchObject({ body: { apiTokens: expect.arrayContaining([expect.objectContaining({ id, expiresAt: expect.any(String), revokedAt: null })]) } });
    expect((await ask('admin', 'DELETE', `/v1/api-tokens/${id}`)).status).toBe(204);
    expect(await use()).toBe(401);
  });

  test('what is listed holds no secret', async () => {
    const { body } = await ask('admin', 'POST', '/v1/tokens', { name: 'listed' });
    const [, , secret] = (body as { token: string }).token.split('.');

    expect(JSON.stringify(await ask('admin', 'GET', '/v1/tokens'))).not.toContain(secret);
    expect(JSON.stringify(await ask('admin', 'GET', '/v1/api-tokens'))).not.toContain('dd0c_api_');
  });
});

/** One agent of the tenant, and one report of it with 25 findings. */
async function seed(db: Database, tenant: TenantId): Promise<AgentId> {
  const agent = toAgentId(randomUUID());
  await asTenant(db, tenant, async (tx) => {
    await tx.query(`insert into agent (tenant, id, name, hostname, version, enrolled_at) values ($1, $2, 'host-1', 'host-1', '0.1.0', now())`, [tenant, agent]);
    const findings = Array.from({ length: 25 }, (_, index) => finding(index));
    await recordReport(tx, { agent, reportId: randomUUID(), receivedAt: new Date() }, report(stack, findings));
  });
  return agent;
}
