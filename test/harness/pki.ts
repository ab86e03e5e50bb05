import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { type Authority, openAuthority } from '#ca/authority.ts';
import type { AuthorityDocument } from '#ca/document.ts';
import { foundAuthority } from '#ca/found.ts';
import type { IssuedCertificate } from '#ca/x509/draft.ts';
import { toPem } from '#ca/x509/pem.ts';
import { writeRequest } from '#ca/x509/request.ts';
import type { AgentId, TenantId } from '#proto/domain/identity.ts';

/** The product's own authority, in memory. */
export interface TestPki {
  readonly authority: Authority;
  readonly document: AuthorityDocument;
  /** PEM: what both sides trust. */
  readonly trustBundle: string;
  /** A key and a certificate for it, as enrolment would give them. */
  issueAgent(tenant: TenantId, agent: AgentId): Promise<{ readonly key: string; readonly certificateChain: string; readonly issued: IssuedCertificate }>;
  /** Sets the authority's clock: what it issues in the past has expired by now. */
  setClock(nowMs: number): void;
}

/** The names under which tests dial their servers. */
export const localHosts = ['localhost', '127.0.0.1', '::1'];

/** A new authority, or the one of a document. */
export async function openTestPki({ document, trustDomain = 'test.dd0c', nowMs = Date.now() }: { readonly document?: AuthorityDocument; readonly trustDomain?: string; readonly nowMs?: number } = {}): Promise<TestPki> {
  let clock = nowMs;
  const founded = document ?? (await foundAuthority(trustDomain, { nowMs, randomBytes }));
  const authority = await openAuthority(founded, { now: () => clock, randomBytes });

  return {
    authority,
    document: founded,
    trustBundle: toPem(authority.trust.roots),
    async issueAgent(tenant, agent) {
      const key = makeKey();
      const issued = await (await authority.acceptRequest(await writeRequest(key))).issueFor(tenant, agent);
      return { key, certificateChain: toPem(issued.chain), issued };
    },
    setClock: (nowMs) => void (clock = nowMs),
  };
}

/** A new P-256 key in PEM. */
export function makeKey(): string {
  return generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'pem', type: 'pkcs8' });
}
