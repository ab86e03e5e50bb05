import type { App } from './app.ts';

/** One line a request, without query, headers or body: a secret has no place there. */
export function logRequests(app: App): void {
  app.addHook('onResponse', async (request, reply) => {
    const { principal } = request;
    request.log.info(
      {
        method: request.method,
        route: request.routeOptions.url ?? null,
        status: reply.statusCode,
        durationMs: Math.round(reply.elapsedTime * 10) / 10,
        from: request.ip,
        ...(principal !== null && { tenant: principal.tenant, tokenId: principal.tokenId }),
      },
      'request answered',
    );
  });
}
