import type { TenantId } from '#proto/domain/identity.ts';
import { type App, problems } from '../app.ts';
import { principalOf } from '../authentication.ts';
import { ById, Nothing, type Page, PageQuery } from '../schema/page.ts';
import { type JoinToken, JoinTokenPage, MadeJoinToken, NewJoinToken } from '../schema/token.ts';

/** What the join token routes ask of the feature `fleet`. */
export interface JoinTokens {
  createToken(tenant: TenantId, wanted: NewJoinToken, by?: string): Promise<MadeJoinToken>;
  listTokens(tenant: TenantId, page: PageQuery): Promise<Page<JoinToken>>;
  /** @throws Fault `not-found`. */
  revokeToken(tenant: TenantId, id: string, by?: string): Promise<void>;
}

/** The tokens with which agents join. */
export function joinTokenRoutes(app: App, tokens: JoinTokens): void {
  const tags = ['fleet'];

  app.post(
    '/v1/tokens',
    {
      config: { operation: 'tokens.create' },
      schema: { operationId: 'createToken', summary: 'Makes a token with which agents join; it is told once', tags, body: NewJoinToken, response: { 201: MadeJoinToken, ...problems } },
    },
    async (request, reply) => reply.code(201).send(await tokens.createToken(principalOf(request).tenant, request.body, principalOf(request).tokenId)),
  );

  app.get(
    '/v1/tokens',
    {
      config: { operation: 'tokens.list' },
      schema: { operationId: 'listTokens', summary: 'Join tokens, without their secrets', tags, querystring: PageQuery, response: { 200: JoinTokenPage, ...problems } },
    },
    async (request) => {
      const { items, next } = await tokens.listTokens(principalOf(request).tenant, request.query);
      return { tokens: [...items], next };
    },
  );

  app.delete(
    '/v1/tokens/:id',
    {
      config: { operation: 'tokens.revoke' },
      schema: { operationId: 'revokeToken', summary: 'Makes a join token useless', tags, params: ById, response: { 204: Nothing, ...problems } },
    },
    async (request, reply) => {
      await tokens.revokeToken(principalOf(request).tenant, request.params.id, principalOf(request).tokenId);
      return reply.code(204).send();
    },
  );
}
