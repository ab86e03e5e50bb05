import type { FastifyRequest } from 'fastify';
import { Fault } from '#proto/domain/fault.ts';
import type { Principal } from '../access/access.ts';
import type { Operation } from '../access/methods.ts';
import type { App } from './app.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The right that a route under /v1 needs. One without it cannot be registered. */
    operation?: Operation;
  }
  interface FastifyRequest {
    principal: Principal | null;
  }
}

/** Knows tokens and rights. */
export interface Gatekeeper {
  /** @throws Fault `unauthenticated`. */
  authenticate(bearer: string): Promise<Principal>;
  /** @throws Fault `denied`. */
  authorise(principal: Principal, operation: Operation): void;
}

/** Lets no request of this scope pass without a valid token that may do what the route does. */
export function authenticateAll(app: App, gatekeeper: Gatekeeper): void {
  app.addHook('onRoute', ({ url, config, schema }) => {
    if (config?.operation === undefined && schema?.hide !== true) throw new TypeError(`the route ${url} names no operation`);
  });
  app.addHook('onRequest', async (request) => {
    const { operation } = request.routeOptions.config;
    if (operation === undefined) throw new Fault('denied');
    const principal = await gatekeeper.authenticate(bearerOf(request.headers.authorization));
    request.principal = principal;
    gatekeeper.authorise(principal, operation);
  });
}

/** Who asks. The tenant of every query comes from here and from nowhere else. */
export function principalOf(request: FastifyRequest): Principal {
  if (request.principal === null) throw new Fault('unauthenticated');
  return request.principal;
}

function bearerOf(header: string | undefined): string {
  const [, token] = /^Bearer +([\x21-\x7e]{1,512}) *$/i.exec(header ?? '') ?? [];
  if (token === undefined) throw new Fault('unauthenticated');
  return token;
}
