import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FastifyBaseLogger, FastifyInstance, RawServerDefault } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { Problem } from './problem.ts';

/** Fastify with zod as the one source of validation, types and OpenAPI. */
export type App = FastifyInstance<RawServerDefault, IncomingMessage, ServerResponse, FastifyBaseLogger, ZodTypeProvider>;

const problem = { description: 'A problem document', content: { 'application/problem+json': { schema: Problem } } };

/** The error answers of every route, for OpenAPI. */
export const problems = { '4xx': problem, '5xx': problem };
