import type { AuthContext } from '@grpc/grpc-js/build/src/auth-context.js';
import { createHash, X509Certificate } from 'node:crypto';
import { Fault } from '#proto/domain/fault.ts';
import { type AgentIdentity, parseSpiffeUri } from '#proto/domain/identity.ts';
import type { Anchors, CertificateRecord } from '../fleet/issuer.ts';

/** Who the certificate of this connection says it is, and until when. */
export interface Peer {
  readonly identity: AgentIdentity;
  /** Hexadecimal, in lower case. */
  readonly serial: string;
  readonly notAfter: Date;
  /** The authority that issued it. */
  readonly issuer: string;
  /** What would be recorded of it; seldom asked for, and not cheap. */
  readonly record: () => CertificateRecord;
}

/**
 * Reads the peer from the connection's certificate, whose chain TLS has verified already, when the connection was made.
 * @throws Fault `certificate-missing`, `certificate-invalid` where it names no agent of this trust domain,
 * `certificate-expired` where it ran out, and `certificate-retired` where its authority is no longer trusted, on a
 * connection that is still open
 */
export function identifyPeer(context: AuthContext, anchors: Pick<Anchors, 'trustDomain' | 'issuerOf'>, nowMs: number): Peer {
  const raw = context.sslPeerCertificate?.raw;
  if (raw === undefined) throw new Fault('certificate-missing');
  const leaf = new X509Certificate(raw);
  const { subjectAltName = '', serialNumber, validToDate: notAfter } = leaf;
  // exactly one name: a second one beside ours would be a choice, and whoever chooses can be tricked
  const identity = subjectAltName.startsWith('URI:') ? parseSpiffeUri(subjectAltName.slice('URI:'.length)) : null;
  if (identity === null || identity.trustDomain !== anchors.trustDomain) throw new Fault('certificate-invalid', { serial: serialNumber });
  if (notAfter.getTime() <= nowMs) throw new Fault('certificate-expired', { serial: serialNumber, notAfter: notAfter.toISOString() });
  const issuer = anchors.issuerOf(leaf);
  if (issuer === null) throw new Fault('certificate-retired', { serial: serialNumber });
  return { identity, serial: serialNumber.toLowerCase(), notAfter, issuer, record: () => recordOf(leaf) };
}

function recordOf(leaf: X509Certificate): CertificateRecord {
  const key = leaf.publicKey.export({ format: 'der', type: 'spki' });
  return {
    serial: leaf.serialNumber.toLowerCase(),
    subject: (leaf.subjectAltName ?? '').replace(/^URI:/, ''),
    keyHash: createHash('sha256').update(key).digest(),
    fingerprint: leaf.fingerprint256.replaceAll(':', '').toLowerCase(),
    notBefore: leaf.validFromDate,
    notAfter: leaf.validToDate,
  };
}
