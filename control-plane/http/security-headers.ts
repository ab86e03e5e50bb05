import type { App } from './app.ts';

/** The browser may load nothing for an answer that is data. */
const dataPolicy = "default-src 'none'; frame-ancestors 'none'";

/** Headers that keep a browser from guessing, framing, caching or telling others what it was answered. */
export function secureHeaders(app: App): void {
  app.addHook('onRequest', async (_request, reply) => {
    reply.headers({
      'content-security-policy': dataPolicy,
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'no-referrer',
      'cross-origin-resource-policy': 'same-origin',
      'cache-control': 'no-store',
    });
  });
}
