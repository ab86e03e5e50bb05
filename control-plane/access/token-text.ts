import { createHash } from 'node:crypto';

/** Tells people and secret scanners what it is. */
const prefix = 'dd0c_api_';
/** 256 random bits: nothing to guess, so a plain hash keeps it. */
export const secretBytes = 32;
const shape = /^dd0c_api_[A-Za-z0-9_-]{43}$/;

/** An API token, to be shown once. */
export function writeToken(secret: Uint8Array): string {
  return prefix + Buffer.from(secret).toString('base64url');
}

/** What is stored of a token. */
export function hashToken(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

/** Whether it could be a token at all; saves a lookup. */
export function looksLikeToken(text: string): boolean {
  return shape.test(text);
}
