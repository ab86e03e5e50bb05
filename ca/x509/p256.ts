import { createPublicKey, type KeyObject } from 'node:crypto';

/** The one kind of key and signature here. */
export const ecdsaP256 = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;

/** Handles of both halves of a key, as the global `crypto` gives them. */
export interface KeyPair {
  readonly privateKey: CryptoKey;
  readonly publicKey: CryptoKey;
}

/** Handles of a private P-256 key; the private half cannot be exported from its handle. */
export async function toKeyPair(key: KeyObject): Promise<KeyPair> {
  const pkcs8 = new Uint8Array(key.export({ format: 'der', type: 'pkcs8' }));
  const spki = new Uint8Array(createPublicKey(key).export({ format: 'der', type: 'spki' }));
  return {
    privateKey: await crypto.subtle.importKey('pkcs8', pkcs8, ecdsaP256, false, ['sign']),
    publicKey: await crypto.subtle.importKey('spki', spki, ecdsaP256, true, ['verify']),
  };
}

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
