import { createHash, X509Certificate } from 'node:crypto';
import type { CaPin } from '#proto/domain/join-token.ts';

/** The pin of a certificate (PEM or DER): it names the key, so that a root renewed with the same key keeps it. */
export function pinOf(certificate: string | Uint8Array): CaPin {
  return `sha256:${keyHashOf(publicKeyOf(certificate)).toString('hex')}`;
}

/** SHA-256 of a SubjectPublicKeyInfo in DER. */
export function keyHashOf(spki: Uint8Array): Buffer {
  return createHash('sha256').update(spki).digest();
}

/** The SubjectPublicKeyInfo in DER of a certificate (PEM or DER). */
export function publicKeyOf(certificate: string | Uint8Array): Buffer {
  return new X509Certificate(certificate).publicKey.export({ format: 'der', type: 'spki' });
}
