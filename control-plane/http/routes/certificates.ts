import type { TenantId } from '#proto/domain/identity.ts';
import { type App, problems } from '../app.ts';
import { principalOf } from '../authentication.ts';
import { BySerial, Certificate, CertificatePage } from '../schema/agent.ts';
import { type Page, PageQuery } from '../schema/page.ts';

/** What the certificate routes ask of the record of everything issued. */
export interface IssuedCertificates {
  listCertificates(tenant: TenantId, page: PageQuery): Promise<Page<Certificate>>;
  /** @throws Fault `not-found`. */
  getCertificate(tenant: TenantId, serial: string): Promise<Certificate>;
  /** @throws Fault `not-found`. */
  revokeCertificate(tenant: TenantId, serial: string, by?: string): Promise<Certificate>;
}

/** Every certificate that was issued to an agent of the tenant. */
export function certificateRoutes(app: App, issued: IssuedCertificates): void {
  app.get(
    '/v1/certificates',
    {
      config: { operation: 'certificates.list' },
      schema: {
        operationId: 'listCertificates',
        summary: 'Certificates given to agents, the latest first',
        tags: ['fleet'],
        querystring: PageQuery,
        response: { 200: CertificatePage, ...problems },
      },
    },
    async (request) => {
      const { items, next } = await issued.listCertificates(principalOf(request).tenant, request.query);
      return { certificates: [...items], next };
    },
  );

  app.get(
    '/v1/certificates/:serial',
    {
      config: { operation: 'certificates.get' },
      schema: { operationId: 'getCertificate', summary: 'One certificate', tags: ['fleet'], params: BySerial, response: { 200: Certificate, ...problems } },
    },
    async (request) => issued.getCertificate(principalOf(request).tenant, request.params.serial),
  );

  app.post(
    '/v1/certificates/:serial/revoke',
    {
      config: { operation: 'certificates.revoke' },
      schema: { operationId: 'revokeCertificate', summary: 'Makes a certificate useless and cuts its agent off', tags: ['fleet'], params: BySerial, response: { 200: Certificate, ...problems } },
    },
    async (request) => issued.revokeCertificate(principalOf(request).tenant, request.params.serial, principalOf(request).tokenId),
  );
}
