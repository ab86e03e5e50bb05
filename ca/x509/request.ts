import { createPrivateKey } from 'node:crypto';
import { Fault } from '#proto/domain/fault.ts';
import { readDer } from './der.ts';
import { Pkcs10CertificateRequest, Pkcs10CertificateRequestGenerator } from './library.ts';
import { ecdsaP256, isP256Key, toKeyPair } from './p256.ts';

/** A request of ours has about 200 bytes; names that nobody reads may make it longer. */
const maxBytes = 8 * 1024;

const hashes = new Set(['SHA-256', 'SHA-384', 'SHA-512']);

const [integer, bitString, sequence] = [0x02, 0x03, 0x30];

/** ECDSA with SHA-256, SHA-384 and SHA-512 (RFC 5758, section 3.2), which have no parameters. */
const signedBy = new Set(['06082a8648ce3d040302', '06082a8648ce3d040303', '06082a8648ce3d040304']);

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
  if (!isOneWriting(der)) throw new Fault('csr-invalid', { reason: 'not the one writing of it in DER' });
  return publicKey;
}

/**
 * Whether these bytes are DER of a request that is signed by ECDSA, to the last one. The library takes more: lengths that lie,
 * bytes behind the end, tags of another class.
 */
function isOneWriting(der: Uint8Array): boolean {
  const [request, ...behind] = readDer(der) ?? [];
  if (request?.tag !== sequence || behind.length > 0) return false;
  const [info, algorithm, signature, ...more] = readDer(request.content) ?? [];
  if (info?.tag !== sequence || algorithm?.tag !== sequence || signature?.tag !== bitString || more.length > 0) return false;
  if (!signedBy.has(Buffer.from(algorithm.content).toString('hex')) || signature.content[0] !== 0) return false;
  const [pair, ...rest] = readDer(signature.content.subarray(1)) ?? [];
  const numbers = pair?.tag === sequence && rest.length === 0 ? (readDer(pair.content) ?? []) : [];
  return numbers.length === 2 && numbers.every(({ tag }) => tag === integer);
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
