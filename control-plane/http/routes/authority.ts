import type { AuthorityControl } from '../../authority/control.ts';
import { type App, problems } from '../app.ts';
import { principalOf } from '../authentication.ts';
import { Authority, ExportedRoot, IntermediateRequest, IntermediateWanted, RotationRequest, SignedIntermediate, WhichRoot } from '../schema/authority.ts';

/** The certificate authority of the installation: its life, and where its keys are. */
export function authorityRoutes(app: App, control: AuthorityControl): void {
  const tags = ['authority'];
  const answer = { 200: Authority, ...problems };

  app.get(
    '/v1/ca',
    { config: { operation: 'ca.status' }, schema: { operationId: 'getAuthority', summary: 'How the certificate authority stands, and who is not ready for its next step', tags, response: answer } },
    async (request) => toBody(await control.status(principalOf(request))),
  );

  app.post(
    '/v1/ca/rotation',
    { config: { operation: 'ca.rotate' }, schema: { operationId: 'rotateAuthority', summary: 'Takes one step of a rotation, or one back', tags, body: RotationRequest, response: answer } },
    async (request) => {
      const { root, voucher, ...options } = request.body;
      return toBody(await control.rotate(principalOf(request), { ...options, ...(root !== undefined && { given: { root, voucher } }) }));
    },
  );

  app.post(
    '/v1/ca/root/export',
    { config: { operation: 'ca.root.export' }, schema: { operationId: 'exportRoot', summary: 'Writes the key of the root into the data folder of the server, encrypted', tags, body: WhichRoot, response: { 200: ExportedRoot, ...problems } } },
    async (request) => control.exportRoot(principalOf(request), request.body.which),
  );

  app.post(
    '/v1/ca/root/remove',
    { config: { operation: 'ca.root.remove' }, schema: { operationId: 'removeRoot', summary: 'Takes the key of the root, which has been exported, from the server', tags, body: WhichRoot, response: answer } },
    async (request) => toBody(await control.removeRoot(principalOf(request), request.body.which)),
  );

  app.post(
    '/v1/ca/intermediates/request',
    { config: { operation: 'ca.intermediates.request' }, schema: { operationId: 'requestIntermediate', summary: 'Makes a key for an intermediate, and the request to sign elsewhere', tags, body: IntermediateWanted, response: { 200: IntermediateRequest, ...problems } } },
    async (request) => control.requestIntermediate(principalOf(request), request.body.role, request.body.which),
  );

  app.post(
    '/v1/ca/intermediates/import',
    { config: { operation: 'ca.intermediates.import' }, schema: { operationId: 'importIntermediate', summary: 'Takes in an intermediate that was signed elsewhere; from now on it issues', tags, body: SignedIntermediate, response: answer } },
    async (request) => toBody(await control.importIntermediate(principalOf(request), request.body.certificate)),
  );

  app.post(
    '/v1/ca/intermediates/renew',
    { config: { operation: 'ca.intermediates.renew' }, schema: { operationId: 'renewIntermediate', summary: 'Has the root, whose key is here, sign another intermediate', tags, body: IntermediateWanted, response: answer } },
    async (request) => toBody(await control.renewIntermediate(principalOf(request), request.body.role, request.body.which)),
  );

  app.post(
    '/v1/ca/restored',
    { config: { operation: 'ca.restored' }, schema: { operationId: 'authorityRestored', summary: 'Says that the database was put back to an older copy', tags, response: answer } },
    async (request) => toBody(await control.restored(principalOf(request))),
  );
}

type Status = Awaited<ReturnType<AuthorityControl['status']>>;

/** Lists as the schema has them: it changes nothing of them. */
function toBody(status: Status) {
  const { roots, requests, warnings, next } = status;
  return {
    ...status,
    roots: roots.map((root) => ({ ...root, agents: [...root.agents], servers: [...root.servers] })),
    requests: [...requests],
    warnings: [...warnings],
    next: { ...next, waiting: [...next.waiting] },
  };
}
