import type { X509Certificate } from 'node:crypto';
import type { AgentId, TenantId } from '#proto/domain/identity.ts';
import type { CaPin } from '#proto/domain/join-token.ts';

/** What enrolment needs of a certificate authority. */
export interface Issuer {
  readonly pin: CaPin;
  /**
   * Judges a request (PKCS #10, DER), and answers with what issues for its key.
   * @throws Fault `csr-invalid`
   */
  acceptRequest(der: Uint8Array): Promise<AcceptedRequest>;
}

export interface AcceptedRequest {
  /** SHA-256 of the SubjectPublicKeyInfo in DER. */
  readonly keyHash: Uint8Array;
  /** SubjectPublicKeyInfo in DER. */
  readonly publicKey: Uint8Array;
  /** @throws Fault `policy-refused` */
  issueFor(tenant: TenantId, agent: AgentId): Promise<Issued>;
}

/** What is recorded of a certificate. */
export interface CertificateRecord {
  /** Hexadecimal, in lower case. */
  readonly serial: string;
  readonly subject: string;
  readonly keyHash: Uint8Array;
  /** SHA-256 of the certificate in DER, hexadecimal. */
  readonly fingerprint: string;
  readonly notBefore: Date;
  readonly notAfter: Date;
}

export interface Issued extends CertificateRecord {
  /** DER: the certificate, then its intermediate. */
  readonly chain: readonly Uint8Array[];
  /** SHA-256 of the root above it, hexadecimal. */
  readonly root: string;
  readonly trust: Trust;
}

/** What agents are to trust. */
export interface Trust {
  /** DER. */
  readonly roots: readonly Uint8Array[];
  /** DER: by these an agent that trusts one root believes another. */
  readonly vouchers: readonly Uint8Array[];
  /** Of the roots as a set, hexadecimal. */
  readonly fingerprint: string;
}

/** Whose certificates are good, and what agents are to trust: as it is when it is asked. */
export interface Anchors {
  /** Certificates that name another are not for this installation. */
  readonly trustDomain: string;
  readonly trust: Trust;
  /** The authority that is trusted now and issued this certificate of an agent, or null. */
  issuerOf(leaf: X509Certificate): string | null;
  /** Whether what this authority issued is still good. */
  accepts(issuer: string): boolean;
}
