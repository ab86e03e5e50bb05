import { createCipheriv, createDecipheriv } from 'node:crypto';
import { Fault } from '#proto/domain/fault.ts';

/** Keeps a value secret and whole where others may read and write it. */
export interface Seal {
  /** `label` is not secret; what was sealed under one opens under no other. */
  close(plain: Uint8Array, label: string): Uint8Array;
  /** @throws Fault `seal-broken` for another key, another label, or a value that was changed */
  open(sealed: Uint8Array, label: string): Uint8Array;
}

export const sealKeyBytes = 32;
const form = 1;
const nonceBytes = 12;
const tagBytes = 16;
const algorithm = 'aes-256-gcm';

/** AES-256-GCM with a fresh random nonce: one byte of form, nonce, tag, ciphertext. */
export function createSeal(key: Uint8Array, randomBytes: (count: number) => Uint8Array): Seal {
  return {
    close(plain, label) {
      const nonce = randomBytes(nonceBytes);
      const cipher = createCipheriv(algorithm, key, nonce, { authTagLength: tagBytes }).setAAD(Buffer.from(label));
      const body = Buffer.concat([cipher.update(plain), cipher.final()]);
      return Buffer.concat([Buffer.of(form), nonce, cipher.getAuthTag(), body]);
    },
    open(sealed, label) {
      const bytes = Buffer.from(sealed);
      const bodyAt = 1 + nonceBytes + tagBytes;
      if (bytes[0] !== form || bytes.length < bodyAt) throw new Fault('seal-broken', { reason: 'not a sealed value' });
      try {
        const cipher = createDecipheriv(algorithm, key, bytes.subarray(1, 1 + nonceBytes), { authTagLength: tagBytes }).setAAD(Buffer.from(label));
        cipher.setAuthTag(bytes.subarray(1 + nonceBytes, bodyAt));
        return Buffer.concat([cipher.update(bytes.subarray(bodyAt)), cipher.final()]);
      } catch (cause) {
        throw new Fault('seal-broken', { reason: 'it was sealed with another key, or changed' }, { cause });
      }
    },
  };
}
