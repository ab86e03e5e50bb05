import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { Fault } from '#proto/domain/fault.ts';
import { ecdsaP256, isP256Key, type KeyPair, toKeyPair } from '../x509/p256.ts';

/**
 * Where private keys live. A key that it gives out is a handle which only its own `crypto` need understand, so a store
 * in front of a key management service never holds the key itself. All keys are P-256.
 */
export interface KeyStore {
  readonly crypto: Crypto;
  /** Null where there is no such key, as for a root that is kept offline. */
  open(name: string): Promise<KeyPair | null>;
  /** Makes a key under a name that no other had. */
  create(name: string): Promise<KeyPair>;
}

/** PKCS #8 in DER, base64, by name. */
export type KeyTexts = Record<string, string>;

/** Keys in memory, in the form in which they are kept sealed; what is made goes into the same record. */
export function textKeyStore(texts: KeyTexts): KeyStore {
  return { crypto, open, create };

  async function open(name: string): Promise<KeyPair | null> {
    const text = Object.hasOwn(texts, name) ? texts[name] : undefined;
    return text === undefined ? null : await toKeyPair(parseKey(text, name));
  }

  async function create(name: string): Promise<KeyPair> {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: ecdsaP256.namedCurve });
    texts[name] = privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64');
    return await toKeyPair(privateKey);
  }
}

/** @throws Fault `authority-unreadable` */
export function parseKey(text: string, name: string): KeyObject {
  try {
    const key = createPrivateKey({ key: Buffer.from(text, 'base64'), format: 'der', type: 'pkcs8' });
    if (isP256Key(createPublicKey(key).export({ format: 'der', type: 'spki' }))) return key;
  } catch (cause) {
    throw new Fault('authority-unreadable', { key: name, reason: 'not a private key' }, { cause });
  }
  throw new Fault('authority-unreadable', { key: name, reason: 'the key is not P-256' });
}
