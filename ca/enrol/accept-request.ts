import type { AgentId, TenantId } from '#proto/domain/identity.ts';
import type { AgentAsk } from '../policy/validate.ts';
import type { TrustBundle } from '../trust.ts';
import type { IssuedCertificate } from '../x509/draft.ts';
import { keyHashOf } from '../x509/pin.ts';
import { keyOfRequest } from '../x509/request.ts';

/** A certificate request whose maker proved to have the key; only through one is a certificate issued. */
export interface AcceptedRequest {
  /** SHA-256 of the SubjectPublicKeyInfo in DER. */
  readonly keyHash: Uint8Array;
  /** SubjectPublicKeyInfo in DER. */
  readonly publicKey: Uint8Array;
  /**
   * Issues for this key. Each call makes another certificate; record them all.
   * @throws Fault `policy-refused`
   */
  issueFor(tenant: TenantId, agent: AgentId): Promise<IssuedToAgent>;
}

/** A certificate of an agent, and what its holder is to trust. */
export interface IssuedToAgent extends IssuedCertificate {
  /** SHA-256 of the root above it, hexadecimal. */
  readonly root: string;
  readonly trust: TrustBundle;
}

/** Issues for a key whose possession was proven. */
export type IssueForKey = (ask: AgentAsk) => Promise<IssuedToAgent>;

/**
 * Judges a request (PKCS #10, DER) and binds issuing to its key.
 * @throws Fault `csr-invalid`
 */
export async function acceptRequest(der: Uint8Array, issue: IssueForKey): Promise<AcceptedRequest> {
  const publicKey = await keyOfRequest(der);
  return { keyHash: keyHashOf(publicKey), publicKey, issueFor: (tenant, agent) => issue({ publicKey, tenant, agent }) };
}
