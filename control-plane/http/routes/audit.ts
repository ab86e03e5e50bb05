import type { Trail } from '../../audit/trail.ts';
import { type App, problems } from '../app.ts';
import { principalOf } from '../authentication.ts';
import { AuditCheckpoint, AuditEntries, AuditQuery } from '../schema/audit.ts';

/** What happened, in the form in which outsiders can verify it. */
export function auditRoutes(app: App, trail: Trail): void {
  const tags = ['audit'];

  app.get(
    '/v1/audit/entries',
    {
      config: { operation: 'audit.list' },
      schema: { operationId: 'listAuditEntries', summary: 'What happened, the oldest first', tags, querystring: AuditQuery, response: { 200: AuditEntries, ...problems } },
    },
    async (request) => ({ entries: [...(await trail.entries(principalOf(request).tenant, request.query))] }),
  );

  app.get(
    '/v1/audit/checkpoint',
    {
      config: { operation: 'audit.get' },
      schema: { operationId: 'getAuditCheckpoint', summary: 'Where the log ends now, signed', tags, response: { 200: AuditCheckpoint, ...problems } },
    },
    async (request) => trail.checkpoint(principalOf(request).tenant),
  );
}
