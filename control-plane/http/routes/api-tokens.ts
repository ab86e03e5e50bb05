import type { Access } from '../../access/access.ts';
import { type App, problems } from '../app.ts';
import { principalOf } from '../authentication.ts';
import { ApiTokenPage, MadeApiToken, NewApiToken } from '../schema/api-token.ts';
import { ById, Nothing, PageQuery } from '../schema/page.ts';

/** What the API token routes ask of the feature `access`. */
export type ApiTokens = Pick<Access, 'createApiToken' | 'listApiTokens' | 'revokeApiToken'>;

/** The tokens with which people and programs use this API; `clock` is in milliseconds since 1970. */
export function apiTokenRoutes(app: App, tokens: ApiTokens, clock: () => number): void {
  const tags = ['access'];

  app.post(
    '/v1/api-tokens',
    {
      config: { operation: 'apitokens.create' },
      schema: { operationId: 'createApiToken', summary: 'Makes an API token; it is told once', tags, body: NewApiToken, response: { 201: MadeApiToken, ...problems } },
    },
    async (request, reply) => {
      const { name, role, ttlSeconds } = request.body;
      const expiresAt = ttlSeconds === undefined ? undefined : new Date(clock() + ttlSeconds * 1_000);
      return reply.code(201).send(await tokens.createApiToken(principalOf(request), { name, role, expiresAt }));
    },
  );

  app.get(
    '/v1/api-tokens',
    {
      config: { operation: 'apitokens.list' },
      schema: { operationId: 'listApiTokens', summary: 'API tokens, without their secrets', tags, querystring: PageQuery, response: { 200: ApiTokenPage, ...problems } },
    },
    async (request) => {
      const { items, next } = await tokens.listApiTokens(principalOf(request), request.query);
      return { apiTokens: [...items], next };
    },
  );

  app.delete(
    '/v1/api-tokens/:id',
    {
      config: { operation: 'apitokens.revoke' },
      schema: { operationId: 'revokeApiToken', summary: 'Makes an API token useless from now on', tags, params: ById, response: { 204: Nothing, ...problems } },
    },
    async (request, reply) => {
      await tokens.revokeApiToken(principalOf(request), request.params.id);
      return reply.code(204).send();
    },
  );
}
