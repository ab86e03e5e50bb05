import type { TenantId } from '#proto/domain/identity.ts';
import { type App, problems } from '../app.ts';
import { principalOf } from '../authentication.ts';
import { type JoinPolicy, JoinPolicyPage, MadeJoinPolicy, NewJoinPolicy } from '../schema/join.ts';
import { ById, Nothing, type Page, PageQuery } from '../schema/page.ts';

/** What the join policy routes ask of the feature `fleet`. */
export interface JoinPolicies {
  addJoinPolicy(tenant: TenantId, wanted: NewJoinPolicy, by?: string): Promise<MadeJoinPolicy>;
  listJoinPolicies(tenant: TenantId, page: PageQuery): Promise<Page<JoinPolicy>>;
  /** @throws Fault `not-found`. */
  removeJoinPolicy(tenant: TenantId, id: string, by?: string): Promise<void>;
}

/** Whom AWS or a cluster must vouch for, so that a host joins without a token. */
export function joinRoutes(app: App, joins: JoinPolicies): void {
  const tags = ['fleet'];

  app.post(
    '/v1/joins',
    {
      config: { operation: 'joins.add' },
      schema: { operationId: 'addJoinPolicy', summary: 'Lets hosts join for which AWS or a cluster vouches', tags, body: NewJoinPolicy, response: { 201: MadeJoinPolicy, ...problems } },
    },
    async (request, reply) => reply.code(201).send(await joins.addJoinPolicy(principalOf(request).tenant, request.body, principalOf(request).tokenId)),
  );

  app.get(
    '/v1/joins',
    {
      config: { operation: 'joins.list' },
      schema: { operationId: 'listJoinPolicies', summary: 'Join policies', tags, querystring: PageQuery, response: { 200: JoinPolicyPage, ...problems } },
    },
    async (request) => {
      const { items, next } = await joins.listJoinPolicies(principalOf(request).tenant, request.query);
      return { joins: [...items], next };
    },
  );

  app.delete(
    '/v1/joins/:id',
    {
      config: { operation: 'joins.remove' },
      schema: { operationId: 'removeJoinPolicy', summary: 'Lets nobody join under a policy any more; agents that it has let in stay', tags, params: ById, response: { 204: Nothing, ...problems } },
    },
    async (request, reply) => {
      await joins.removeJoinPolicy(principalOf(request).tenant, request.params.id, principalOf(request).tokenId);
      return reply.code(204).send();
    },
  );
}
