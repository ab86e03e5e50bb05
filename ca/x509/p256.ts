import { createPublicKey } from 'node:crypto';

/** The one kind of key and signature here. */
export const ecdsaP256 = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;

/** A SubjectPublicKeyInfo of P-256 up to the point, which is uncompressed (RFC 5480, sections 2.1.1 and 2.2). */
const head = Buffer.from('3059301306072a8648ce3d020106082a8648ce3d03010703420004', 'hex');
const pointBytes = 64;

/** Whether this is the one DER form of a P-256 key, and its point lies on the curve. */
export function isP256Key(spki: Uint8Array): boolean {
  if (spki.length !== head.length + pointBytes || !head.equals(spki.subarray(0, head.length))) return false;
  try {
    createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' });
    return true;
  } catch {
    return false; // OpenSSL refuses a point off the curve
  }
}
