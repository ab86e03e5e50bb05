import type { Drift } from '../../drift/drift.ts';
import { type App, problems } from '../app.ts';
import { principalOf } from '../authentication.ts';
import { FindingDetail, FindingPage, FindingQuery } from '../schema/finding.ts';
import { ById } from '../schema/page.ts';

/** What the findings routes ask of the feature `drift`. */
export type FindingQueries = Pick<Drift, 'listFindings' | 'getFinding'>;

/** What drifted. */
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
        response: { 200: FindingDetail, ...problems },
      },
    },
    async (request) => {
      const finding = await findings.getFinding(principalOf(request).tenant, request.params.id);
      return { ...finding, events: [...finding.events] };
    },
  );
}
