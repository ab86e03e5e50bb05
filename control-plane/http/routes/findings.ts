import type { TenantId } from '#proto/domain/identity.ts';
import { type App, problems } from '../app.ts';
import { principalOf } from '../authentication.ts';
import { type FindingDetail, FindingDetail as FindingAnswer, FindingPage, FindingQuery, type FindingSummary } from '../schema/finding.ts';
import { ById, type Page } from '../schema/page.ts';

/** What the findings routes ask of the feature `drift`. */
export interface FindingQueries {
  listFindings(tenant: TenantId, query: FindingQuery): Promise<Page<FindingSummary>>;
  /** @throws Fault `not-found`. */
  getFinding(tenant: TenantId, id: string): Promise<FindingDetail>;
}

export function findingRoutes(app: App, findings: FindingQueries): void {
  const tags = ['drift'];

  app.get(
    '/v1/findings',
    {
      config: { operation: 'findings.list' },
      schema: {
        operationId: 'listFindings',
        summary: 'What drifted, the newest first',
        tags,
        querystring: FindingQuery,
        response: { 200: FindingPage, ...problems },
      },
    },
    async (request) => {
      const { items, next } = await findings.listFindings(principalOf(request).tenant, request.query);
      return { findings: [...items], next };
    },
  );

  app.get(
    '/v1/findings/:id',
    {
      config: { operation: 'findings.get' },
      schema: {
        operationId: 'getFinding',
        summary: 'One finding, property by property',
        tags,
        params: ById,
        response: { 200: FindingAnswer, ...problems },
      },
    },
    async (request) => findings.getFinding(principalOf(request).tenant, request.params.id),
  );
}
