import { z } from 'zod';
import type { App } from './app.ts';

/** One condition of readiness; it throws, or answers false, where it does not hold. */
export type Check = () => Promise<boolean>;

const Readiness = z
  .object({ ready: z.boolean(), checks: z.record(z.string(), z.boolean()).describe('Which condition holds') })
  .meta({ id: 'Readiness' });

/** `/healthz` says that the process answers, `/readyz` that it can do its work; neither needs a token. */
export function healthRoutes(app: App, checks: Readonly<Record<string, Check>>): void {
  const open = { tags: ['operations'], security: [] };

  app.get(
    '/healthz',
    { schema: { operationId: 'health', summary: 'The process answers', ...open, response: { 200: z.object({ ok: z.literal(true) }) } } },
    async () => ({ ok: true as const }),
  );

  app.get(
    '/readyz',
    { schema: { operationId: 'readiness', summary: 'The server can do its work', ...open, response: { 200: Readiness, 503: Readiness } } },
    async (_request, reply) => {
      const results = await Promise.all(Object.entries(checks).map(async ([name, check]) => [name, await holds(check)] as const));
      const ready = results.every(([, held]) => held);
      return reply.code(ready ? 200 : 503).send({ ready, checks: Object.fromEntries(results) });
    },
  );
}

async function holds(check: Check): Promise<boolean> {
  try {
    return await check();
  } catch {
    return false; // the answer itself says which condition does not hold
  }
}
