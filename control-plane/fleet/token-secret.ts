import { createHash, timingSafeEqual } from 'node:crypto';

const secretBytes = 32;

/** 256 random bits in base64url. */
export function newSecret(random: (bytes: number) => Uint8Array): string {
  return Buffer.from(random(secretBytes)).toString('base64url');
}

/** SHA-256. A plain hash is enough where the secret is random: there is nothing to guess from a list. */
export function hashSecret(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}

/** Takes the same time wherever they differ. */
export function isSecret(secret: string, hash: Uint8Array): boolean {
  return timingSafeEqual(hashSecret(secret), hash);
}
