import { createHash, X509Certificate } from 'node:crypto';

/** SHA-256 of a certificate (PEM or DER), hexadecimal. */
export function fingerprintOf(certificate: string | Uint8Array): string {
  return new X509Certificate(certificate).fingerprint256.replaceAll(':', '').toLowerCase();
}

/** SHA-256 over the SHA-256 of each certificate (DER), in ascending order: the same for the same set. Hexadecimal. */
export function fingerprintOfTrust(roots: readonly Uint8Array[]): string {
  const each = roots.map((root) => createHash('sha256').update(root).digest()).toSorted((a, b) => a.compare(b));
  return createHash('sha256').update(Buffer.concat(each)).digest('hex');
}
