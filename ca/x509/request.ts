import { createPrivateKey } from 'node:crypto';
import { Fault } from '#proto/domain/fault.ts';
import { Pkcs10CertificateRequest, Pkcs10CertificateRequestGenerator } from './library.ts';
import { ecdsaP256, isP256Key, toKeyPair } from './p256.ts';

/** A request of ours has about 200 bytes; names that nobody reads may make it longer. */
const maxBytes = 8 * 1024;

const hashes = new Set(['SHA-256', 'SHA-384', 'SHA-512']);

/** A certificate request (PKCS #10, DER) that asks for nothing but proves that its maker has the key (PEM). */
export async function writeRequest(privateKey: string): Promise<Uint8Array> {
  const keys = await toKeyPair(createPrivateKey(privateKey));
  const request = await Pkcs10CertificateRequestGenerator.create({ keys, signingAlgorithm: ecdsaP256 });
  return Buffer.from(request.rawData);
}

/**
 * The key (SubjectPublicKeyInfo, DER) whose owner made the request. Nothing else in it is read: names and extensions
 * are the authority's to set.
 * @throws Fault `csr-invalid`
 */
export async function keyOfRequest(der: Uint8Array): Promise<Uint8Array> {
  if (der.length > maxBytes) throw new Fault('csr-invalid', { reason: 'too long', bytes: der.length });
  const request = parse(der);
  const publicKey = Buffer.from(request.publicKey.rawData);
  if (!isP256Key(publicKey)) throw new Fault('csr-invalid', { reason: 'the key is not P-256' });
  if (!(await isSigned(request))) throw new Fault('csr-invalid', { reason: 'not signed by its key' });
  return publicKey;
}

function parse(der: Uint8Array): Pkcs10CertificateRequest {
  try {
    const request = new Pkcs10CertificateRequest(Buffer.from(der));
    if (request.publicKey.rawData.byteLength > 0) return request;
  } catch (cause) {
    throw new Fault('csr-invalid', { reason: 'not a PKCS #10 request in DER' }, { cause });
  }
  throw new Fault('csr-invalid', { reason: 'it holds no key' });
}

async function isSigned(request: Pkcs10CertificateRequest): Promise<boolean> {
  try {
    return hashes.has(request.signatureAlgorithm.hash.name) && (await request.verify());
  } catch {
    return false; // an algorithm that the library does not know, or a signature that is none
  }
}
