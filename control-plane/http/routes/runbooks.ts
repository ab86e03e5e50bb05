import type { RunbookUse } from '../../runbook/runbooks.ts';
import { type App, problems } from '../app.ts';
import { principalOf } from '../authentication.ts';
import { ById, Nothing, PageQuery } from '../schema/page.ts';
import { ApproverKey, ApproverKeys, ByKey, ByName, ByVersion, NewKey, NewRunbook, NewTrust, Offers, RunbookDetail, RunbookPage, RunbookVersions, VersionQuery } from '../schema/runbook.ts';

/** A document of 128 Ki characters, as JSON in UTF-8. */
const maxDocumentBytes = 1024 * 1024;

/** Runbooks, and how far each version is trusted. */
export function runbookRoutes(app: App, runbooks: RunbookUse): void {
  const tags = ['runbooks'];

  app.post(
    '/v1/runbooks',
    {
      bodyLimit: maxDocumentBytes,
      config: { operation: 'runbooks.import' },
      schema: { operationId: 'importRunbook', summary: 'Takes a runbook in; the same meaning again is the same version', tags, body: NewRunbook, response: { 200: RunbookDetail, ...problems } },
    },
    async (request) => runbooks.importRunbook(principalOf(request), request.body.document),
  );

  app.get(
    '/v1/runbooks',
    {
      config: { operation: 'runbooks.list' },
      schema: { operationId: 'listRunbooks', summary: 'The newest version of each runbook', tags, querystring: PageQuery, response: { 200: RunbookPage, ...problems } },
    },
    async (request) => {
      const { items, next } = await runbooks.listRunbooks(principalOf(request).tenant, request.query);
      return { runbooks: [...items], next };
    },
  );

  app.get(
    '/v1/runbooks/:name',
    {
      config: { operation: 'runbooks.get' },
      schema: { operationId: 'getRunbook', summary: 'One version of a runbook, judged step by step', tags, params: ByName, querystring: VersionQuery, response: { 200: RunbookDetail, ...problems } },
    },
    async (request) => runbooks.getRunbook(principalOf(request).tenant, request.params.name, request.query.version),
  );

  app.get(
    '/v1/runbooks/:name/versions',
    {
      config: { operation: 'runbooks.get' },
      schema: { operationId: 'listRunbookVersions', summary: 'Every version of a runbook, the newest first', tags, params: ByName, response: { 200: RunbookVersions, ...problems } },
    },
    async (request) => ({ versions: [...(await runbooks.listVersions(principalOf(request).tenant, request.params.name))] }),
  );

  app.post(
    '/v1/runbooks/:name/versions/:version/trust',
    {
      config: { operation: 'runbooks.trust' },
      schema: { operationId: 'trustRunbook', summary: 'Says what one version may do without a person', tags, params: ByVersion, body: NewTrust, response: { 200: RunbookDetail, ...problems } },
    },
    async (request) => runbooks.setTrust(principalOf(request), request.params.name, request.params.version, request.body),
  );

  app.get(
    '/v1/findings/:id/runbooks',
    {
      config: { operation: 'findings.runbooks.list' },
      schema: { operationId: 'offerRunbooks', summary: 'The runbooks that may put a finding right', tags, params: ById, response: { 200: Offers, ...problems } },
    },
    async (request) => ({ offers: [...(await runbooks.offersFor(principalOf(request).tenant, request.params.id))] }),
  );
}

/** The public halves of the keys with which people approve. */
export function approverKeyRoutes(app: App, keys: Pick<RunbookUse, 'addKey' | 'listKeys' | 'removeKey'>): void {
  const tags = ['runbooks'];

  app.post(
    '/v1/keys',
    {
      config: { operation: 'keys.add' },
      schema: { operationId: 'addKey', summary: 'Registers a public key as that of whoever asks', tags, body: NewKey, response: { 200: ApproverKey, ...problems } },
    },
    async (request) => keys.addKey(principalOf(request), request.body),
  );

  app.get(
    '/v1/keys',
    { config: { operation: 'keys.list' }, schema: { operationId: 'listKeys', summary: 'Every registered key', tags, response: { 200: ApproverKeys, ...problems } } },
    async (request) => ({ keys: [...(await keys.listKeys(principalOf(request).tenant))] }),
  );

  app.delete(
    '/v1/keys/:id',
    {
      config: { operation: 'keys.remove' },
      schema: { operationId: 'removeKey', summary: 'Takes a key off the list: one of one’s own, or as an administrator any', tags, params: ByKey, response: { 204: Nothing, ...problems } },
    },
    async (request, reply) => {
      await keys.removeKey(principalOf(request), request.params.id);
      return reply.code(204).send();
    },
  );
}
