import Fastify, { LogController } from 'fastify';
import type { FastifyBaseLogger } from 'fastify';
import { serializerCompiler, validatorCompiler, type ZodTypeProvider } from 'fastify-type-provider-zod';
import { createRateLimit } from '../admission/rate-limit.ts';
import type { Trail } from '../audit/trail.ts';
import type { AuthorityControl } from '../authority/control.ts';
import type { RunbookUse } from '../runbook/runbooks.ts';
import { logRequests } from './access-log.ts';
import type { App } from './app.ts';
import { authenticateAll, type Gatekeeper } from './authentication.ts';
import { documentation } from './documentation.ts';
import { answerError, answerErrors, answerGarbage, refuseOtherMethods } from './errors.ts';
import { type Check, healthRoutes } from './health.ts';
import { type Metrics, metricsRoute } from './metrics.ts';
import { limitRate } from './limit-rate.ts';
import { type AgentFleet, agentRoutes } from './routes/agents.ts';
import { type ApiTokens, apiTokenRoutes } from './routes/api-tokens.ts';
import { auditRoutes } from './routes/audit.ts';
import { authorityRoutes } from './routes/authority.ts';
import { certificateRoutes, type IssuedCertificates } from './routes/certificates.ts';
import { executionRoutes } from './routes/executions.ts';
import { type FindingQueries, findingRoutes } from './routes/findings.ts';
import { type JoinPolicies, joinRoutes } from './routes/joins.ts';
import { type JoinTokens, joinTokenRoutes } from './routes/join-tokens.ts';
import { type Recoveries, recoveryRoutes } from './routes/recoveries.ts';
import { approverKeyRoutes, runbookRoutes } from './routes/runbooks.ts';
import { type ScanOrders, type StackQueries, stackRoutes } from './routes/stacks.ts';
import { secureHeaders } from './security-headers.ts';

/** A request body above this is refused: no route takes more than a few fields. */
const maxBodyBytes = 64 * 1024;

/** A stack's id has up to 512 characters, each of up to 12 bytes when written in a path. */
const maxParamLength = 512 * 12;

/** A request that is not there after this is given up, so that a slow client holds no connection for long. */
const requestTimeoutMs = 30_000;

/** What the HTTP door is made of; `main.ts` alone knows where each comes from. */
export interface HttpParts {
  readonly log: FastifyBaseLogger;
  readonly version: string;
  readonly gatekeeper: Gatekeeper;
  readonly drift: FindingQueries & StackQueries;
  readonly fleet: AgentFleet & JoinTokens & IssuedCertificates;
  readonly joins: JoinPolicies;
  readonly recoveries: Recoveries;
  readonly orders: ScanOrders;
  readonly apiTokens: ApiTokens;
  readonly trail: Trail;
  readonly authority: AuthorityControl;
  readonly runbooks: RunbookUse;
  readonly checks: Readonly<Record<string, Check>>;
  readonly metrics: Pick<Metrics, 'registry'>;
  readonly requestsPerSecond: number;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
  /** Monotonic, in milliseconds. */
  readonly now: () => number;
  readonly newId: () => string;
}

/** The HTTP door, ready to listen. */
export async function createHttpServer(parts: HttpParts): Promise<App> {
  const app: App = Fastify({
    loggerInstance: parts.log,
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'request' }),
    genReqId: parts.newId,
    requestIdHeader: false,
    bodyLimit: maxBodyBytes,
    requestTimeout: requestTimeoutMs,
    forceCloseConnections: 'idle',
    return503OnClosing: true,
    routerOptions: { maxParamLength },
    frameworkErrors: (error, request, reply) => void answerError(error, request, reply),
    clientErrorHandler: (error, socket) => answerGarbage(error, socket, parts.newId()),
  }).withTypeProvider<ZodTypeProvider>();
  app.decorateRequest('principal', null);
  app.removeContentTypeParser('text/plain'); // JSON only
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  const closeMethods = refuseOtherMethods(app);

  app.addHook('onRequest', async (request, reply) => void reply.header('x-request-id', request.id));
  secureHeaders(app);
  logRequests(app);
  answerErrors(app);
  limitRate(app, createRateLimit({ perSecond: parts.requestsPerSecond, now: parts.now }));
  await documentation(app, parts.version);
  healthRoutes(app, parts.checks);
  metricsRoute(app, parts.metrics);
  await app.register(async (v1: App) => {
    authenticateAll(v1, parts.gatekeeper);
    stackRoutes(v1, parts.drift, parts.orders);
    findingRoutes(v1, parts.drift);
    agentRoutes(v1, parts.fleet, parts.orders);
    joinTokenRoutes(v1, parts.fleet);
    joinRoutes(v1, parts.joins);
    recoveryRoutes(v1, parts.recoveries);
    certificateRoutes(v1, parts.fleet);
    apiTokenRoutes(v1, parts.apiTokens, parts.clock);
    auditRoutes(v1, parts.trail);
    authorityRoutes(v1, parts.authority);
    runbookRoutes(v1, parts.runbooks);
    executionRoutes(v1, parts.runbooks);
    approverKeyRoutes(v1, parts.runbooks);
  });
  closeMethods();
  return app;
}
