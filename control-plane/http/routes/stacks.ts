import type { TenantId } from '#proto/domain/identity.ts';
import type { Drift } from '../../drift/drift.ts';
import { type App, problems } from '../app.ts';
import { principalOf } from '../authentication.ts';
import { ReportDetail, ReportPage, ScanAnswer, Stack, StackById, StackPage, StackQuery } from '../schema/stack.ts';

/** What the stack routes ask of the feature `drift`. */
export type StackQueries = Pick<Drift, 'listStacks' | 'getStack' | 'listReports' | 'latestReport'>;

/** Gives agents orders to scan; an agent that is not connected gets them when it comes back. */
export interface ScanOrders {
  /** @throws Fault `not-found`. */
  scanStack(tenant: TenantId, stack: string): Promise<ScanAnswer>;
  /** @throws Fault `not-found`, `agent-removed`. */
  scanAgent(tenant: TenantId, agent: string): Promise<ScanAnswer>;
}

/** Stacks, their history and their latest report. */
export function stackRoutes(app: App, stacks: StackQueries, orders: Pick<ScanOrders, 'scanStack'>): void {
  const tags = ['drift'];

  app.get(
    '/v1/stacks',
    {
      config: { operation: 'stacks.list' },
      schema: { operationId: 'listStacks', summary: 'Every stack that an agent reported', tags, querystring: StackQuery, response: { 200: StackPage, ...problems } },
    },
    async (request) => {
      const { items, next } = await stacks.listStacks(principalOf(request).tenant, request.query);
      return { stacks: [...items], next };
    },
  );

  app.get(
    '/v1/stacks/:id',
    {
      config: { operation: 'stacks.get' },
      schema: { operationId: 'getStack', summary: 'One stack', tags, params: StackById, response: { 200: Stack, ...problems } },
    },
    async (request) => stacks.getStack(principalOf(request).tenant, request.params.id),
  );

  app.get(
    '/v1/stacks/:id/reports',
    {
      config: { operation: 'stacks.reports' },
      schema: {
        operationId: 'listReports',
        summary: 'The history of a stack, the latest report first',
        tags,
        params: StackById,
        querystring: StackQuery,
        response: { 200: ReportPage, ...problems },
      },
    },
    async (request) => {
      const { items, next } = await stacks.listReports(principalOf(request).tenant, request.params.id, request.query);
      return { reports: [...items], next };
    },
  );

  app.get(
    '/v1/stacks/:id/reports/latest',
    {
      config: { operation: 'stacks.report.latest' },
      schema: { operationId: 'latestReport', summary: 'The latest report of a stack, whole', tags, params: StackById, response: { 200: ReportDetail, ...problems } },
    },
    async (request) => {
      const report = await stacks.latestReport(principalOf(request).tenant, request.params.id);
      return { ...report, findings: [...report.findings] };
    },
  );

  app.post(
    '/v1/stacks/:id/scan',
    {
      config: { operation: 'stacks.scan' },
      schema: { operationId: 'scanStack', summary: 'Asks the agent of a stack to scan it now', tags, params: StackById, response: { 202: ScanAnswer, ...problems } },
    },
    async (request, reply) => reply.code(202).send(await orders.scanStack(principalOf(request).tenant, request.params.id)),
  );
}
