import type { KeyPair } from '../x509/p256.ts';

/** The keys of an authority. */
export type KeyName = 'root' | 'agents' | 'servers';

/**
 * Where private keys live. A key that it gives out is a handle which only its own `crypto` need understand, so a store
 * in front of a key management service never holds the key itself. All keys are P-256.
 */
export interface KeyStore {
  readonly crypto: Crypto;
  /** Null where there is no such key, as for a root that is kept offline. */
  open(name: KeyName): Promise<KeyPair | null>;
  /** Makes a key; one that is there is not replaced but answered. */
  create(name: KeyName): Promise<KeyPair>;
}
