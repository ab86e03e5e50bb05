import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Authority, openAuthority } from '#ca/authority.ts';
import { fileCertificateStore } from '#ca/certificate-store.ts';
import { fileKeyStore } from '#ca/keys/file-key-store.ts';
import type { IssuedCertificate } from '#ca/x509/draft.ts';
import { toPem } from '#ca/x509/pem.ts';
import { writeRequest } from '#ca/x509/request.ts';
import type { AgentId, TenantId } from '#proto/domain/identity.ts';

/** The product's own authority in a temporary folder. */
export interface TestPki {
  readonly authority: Authority;
  readonly folder: string;
  /** PEM: what both sides trust. */
  readonly trustBundle: string;
  /** A key and a certificate for it, as enrolment would give them. */
  issueAgent(tenant: TenantId, agent: AgentId): Promise<{ readonly key: string; readonly certificateChain: string; readonly issued: IssuedCertificate }>;
  /** Sets the authority's clock: what it issues in the past has expired by now. */
  setClock(nowMs: number): void;
  clear(): void;
}

/** The names under which tests dial their servers. */
export const localHosts = ['localhost', '127.0.0.1', '::1'];

/** Opens an authority, new unless the folder has one. */
export async function openTestPki({ folder = mkdtempSync(join(tmpdir(), 'dd0c-ca-')), trustDomain = 'test.dd0c', nowMs = Date.now() } = {}): Promise<TestPki> {
  let clock = nowMs;
  const authority = await openAuthority({
    keys: fileKeyStore(join(folder, 'keys')),
    certificates: fileCertificateStore(folder),
    trustDomain,
    now: () => clock,
    randomBytes,
  });

  return {
    authority,
    folder,
    trustBundle: toPem(authority.trustBundle),
    async issueAgent(tenant, agent) {
      const key = makeKey();
      const issued = await (await authority.acceptRequest(await writeRequest(key))).issueFor(tenant, agent);
      return { key, certificateChain: toPem(issued.chain), issued };
    },
    setClock: (nowMs) => void (clock = nowMs),
    clear: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** A new P-256 key in PEM. */
export function makeKey(): string {
  return generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'pem', type: 'pkcs8' });
}
