import canonicalize from 'canonicalize';
import { createHash } from 'node:crypto';

/**
 * The one way to write a JSON value (RFC 8785) in UTF-8: what is hashed, signed and kept is these bytes, so that nobody
 * has to agree on how to write it a second time.
 * @throws TypeError where JSON cannot say it
 */
export function canonicalBytes(value: unknown): Buffer {
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError('this is not a JSON value');
  return Buffer.from(text, 'utf8');
}

/** Whether these bytes are the canonical writing of the value that they hold; anything else could be read in two ways. */
export function isCanonical(bytes: Uint8Array): boolean {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    return canonicalBytes(JSON.parse(text)).equals(bytes);
  } catch {
    return false;
  }
}

/** SHA-256 over the canonical bytes, in hexadecimal. */
export function canonicalHash(value: unknown): string {
  return sha256(canonicalBytes(value));
}

/** In hexadecimal. */
export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
