import type { Principal } from '../../access/access.ts';
import { type App, problems } from '../app.ts';
import { principalOf } from '../authentication.ts';
import { type ApiToken, ApiTokenPage, MadeApiToken, NewApiToken } from '../schema/api-token.ts';
import { ById, Nothing, type Page, PageQuery } from '../schema/page.ts';

/** What the API token routes ask of the feature `access`. */
export interface ApiTokens {
  createApiToken(principal: Principal, wanted: NewApiToken): Promise<MadeApiToken>;
  listApiTokens(principal: Principal, page: PageQuery): Promise<Page<ApiToken>>;
  /** @throws Fault `not-found`. */
  revokeApiToken(principal: Principal, id: string): Promise<void>;
}

/** The tokens with which people and programs use this API. */
export function apiTokenRoutes(app: App, tokens: ApiTokens): void {
  const tags = ['access'];

  app.post(
    '/v1/api-tokens',
    {
      config: { operation: 'apitokens.create' },
      schema: { operationId: 'createApiToken', summary: 'Makes an API token; it is told once', tags, body: NewApiToken, response: { 201: MadeApiToken, ...problems } },
    },
    async (request, reply) => reply.code(201).send(await tokens.createApiToken(principalOf(request), request.body)),
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
