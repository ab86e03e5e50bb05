import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Fault } from '#proto/domain/fault.ts';
import type { App } from './app.ts';
import { problemType, toProblem } from './problem.ts';
import { toRequestFault } from './request-fault.ts';

/** Answers every error of a request, also that of an unknown address, with a problem document. */
export function answerErrors(app: App): void {
  app.setErrorHandler(answerError);
  app.setNotFoundHandler((request, reply) => answerError(new Fault('route-unknown'), request, reply));
}

/** Tells what was thrown to the client; what nobody foresaw is logged with its cause and told as `broken`. */
export function answerError(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const { fault, errors } = toRequestFault(error);
  if (fault.kind === 'broken') request.log.error({ err: fault.cause ?? fault, code: fault.code }, 'request failed');
  const problem = toProblem(fault, request.id, errors);
  if (problem.status === 401) reply.header('www-authenticate', 'Bearer realm="dd0c"');
  return reply.code(problem.status).type(problemType).send(JSON.stringify(problem));
}

/**
 * Answers bytes that are not HTTP, for which there is no request yet. A connection on which something was answered
 * already is cut without a word: a second answer could be taken for that of another request.
 */
export function answerGarbage(error: Error & { readonly code?: string }, socket: Socket, requestId: string): void {
  if (error.code === 'ECONNRESET' || !socket.writable || socket.bytesWritten > 0) return void socket.destroy();
  const body = JSON.stringify(toProblem(new Fault('request-invalid', { reason: error.code }), requestId));
  const head = [
    `HTTP/1.1 400 ${STATUS_CODES[400]}`,
    `content-type: ${problemType}`,
    `content-length: ${Buffer.byteLength(body)}`,
    'connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const;

const documentationPrefix = '/docs';

/** Notes which methods an address takes, as routes are added; the function it returns refuses the others with 405. */
export function refuseOtherMethods(app: App): () => void {
  const taken = new Map<string, Set<string>>();
  app.addHook('onRoute', ({ url, method }) => {
    if (url.startsWith(documentationPrefix)) return; // its own plugin answers there
    taken.set(url, new Set([...(taken.get(url) ?? []), ...[method].flat()]));
  });
  return () => {
    for (const [url, allowed] of Array.from(taken)) { // adding a route adds to the map
      const others = methods.filter((method) => !allowed.has(method));
      if (others.length > 0) app.route({ method: others, url, schema: { hide: true }, onRequest: refuse([...allowed]), handler: nothing });
    }
  };
}

/** Refuses before the body is looked at. */
function refuse(allowed: readonly string[]) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<never> => {
    reply.header('allow', allowed.join(', '));
    throw new Fault('method-not-allowed', { method: request.method });
  };
}

async function nothing(): Promise<void> {}
