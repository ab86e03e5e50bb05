import { createHmac } from 'node:crypto';

/**
 * The fingerprint of a finding whose address held a secret. The plain one is a hash over that address without a key,
 * with which the secret could be guessed; keyed, it is as stable and tells nothing.
 */
export function rekeyed(fingerprint: string, key: Uint8Array, tenant: string): string {
  return createHmac('sha256', key).update(JSON.stringify(['fingerprint', tenant, fingerprint])).digest('hex').slice(0, 32);
}
