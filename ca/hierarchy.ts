import { createHash, X509Certificate } from 'node:crypto';
import { Fault } from '#proto/domain/fault.ts';
import type { CertificateStore } from './certificate-store.ts';
import type { KeyName, KeyStore } from './keys/key-store.ts';
import type { SubjectName } from './x509/draft.ts';
import type { KeyPair } from './x509/p256.ts';
import { toPem } from './x509/pem.ts';
import { publicKeyOf } from './x509/pin.ts';
import { backdateMs, profiles } from './x509/profile.ts';
import { newSerial } from './x509/serial.ts';
import { sign, type Signer } from './x509/sign.ts';

/** An intermediate that can sign, and the root above all. */
export interface Hierarchy {
  readonly root: Uint8Array;
  readonly agents: Issuer;
  readonly servers: Issuer;
  readonly trustDomain: string;
}

/** SPIFFE-ID, section 2.1. */
const trustDomainForm = /^[a-z0-9._-]{1,255}$/;

/** A signer that has a certificate, in DER. */
export interface Issuer extends Signer {
  readonly certificate: Uint8Array;
}

export interface HierarchyParts {
  readonly keys: KeyStore;
  readonly certificates: CertificateStore;
  /** For a new authority only; one that exists keeps its own. */
  readonly trustDomain: string;
  readonly now: () => number;
  readonly randomBytes: (count: number) => Uint8Array;
}

/**
 * Opens the authority, and makes what was never made: first the root, which names the trust domain, then one
 * intermediate for agents and one for servers. A run that was cut off is continued, for a key is kept before its
 * certificate. The root's key is needed only while an intermediate is missing.
 * @throws Fault `authority-unreadable`, `authority-key-missing`
 */
export async function openHierarchy(parts: HierarchyParts): Promise<Hierarchy> {
  const root = (await readCertificate('root', parts)) ?? (await makeRoot(parts));
  const agents = await openIntermediate('agents', root, parts);
  const servers = await openIntermediate('servers', root, parts);
  return { root, agents, servers, trustDomain: trustDomainOf(root) };
}

async function makeRoot(parts: HierarchyParts): Promise<Uint8Array> {
  if (!trustDomainForm.test(parts.trustDomain)) throw new Fault('policy-refused', { reason: 'not a trust domain', trustDomain: parts.trustDomain });
  const keys = await parts.keys.create('root');
  return await make('root', keys, { crypto: parts.keys.crypto, keys, certificate: null }, parts);
}

async function openIntermediate(name: 'agents' | 'servers', root: Uint8Array, parts: HierarchyParts): Promise<Issuer> {
  const existing = await readCertificate(name, parts);
  if (existing !== null) {
    const keys = await parts.keys.open(name);
    if (keys === null) throw new Fault('authority-key-missing', { key: name });
    if (!new X509Certificate(existing).verify(new X509Certificate(root).publicKey)) {
      throw new Fault('authority-unreadable', { certificate: name, reason: 'not signed by the root' });
    }
    return { crypto: parts.keys.crypto, keys: await ofCertificate(keys, existing, name, parts.keys.crypto), certificate: existing };
  }
  const rootKeys = await parts.keys.open('root');
  if (rootKeys === null) throw new Fault('authority-key-missing', { key: 'root' });
  const signer = { crypto: parts.keys.crypto, keys: await ofCertificate(rootKeys, root, 'root', parts.keys.crypto), certificate: root };
  const keys = await parts.keys.create(name);
  return { crypto: parts.keys.crypto, keys, certificate: await make(name, keys, signer, parts) };
}

async function make(name: KeyName, keys: KeyPair, signer: Signer, parts: HierarchyParts): Promise<Uint8Array> {
  const { lifetimeMs, pathLength, purposes } = profiles[name];
  const spki = await spkiOf(keys, parts.keys.crypto);
  const issuerEnds = signer.certificate === null ? Infinity : new X509Certificate(signer.certificate).validToDate.getTime();
  const certificate = await sign(
    {
      serial: newSerial(parts.randomBytes),
      subject: `O=dd0c,CN=dd0c ${name} ${shortName(spki)}`, // two authorities must not be confused by their names
      publicKey: spki,
      names: name === 'root' ? [trustDomainName(parts.trustDomain)] : [],
      notBefore: new Date(parts.now() - backdateMs),
      notAfter: new Date(Math.min(parts.now() + lifetimeMs, issuerEnds)),
      pathLength,
      purposes,
    },
    signer,
  );
  await parts.certificates.write(name, toPem([certificate]));
  return certificate;
}

async function readCertificate(name: KeyName, { certificates }: HierarchyParts): Promise<Uint8Array | null> {
  const pem = await certificates.read(name);
  if (pem === null) return null;
  try {
    return new X509Certificate(pem).raw;
  } catch (cause) {
    throw new Fault('authority-unreadable', { certificate: name, reason: 'not a certificate in PEM' }, { cause });
  }
}

async function ofCertificate(keys: KeyPair, certificate: Uint8Array, name: KeyName, crypto: Crypto): Promise<KeyPair> {
  if (publicKeyOf(certificate).equals(await spkiOf(keys, crypto))) return keys;
  throw new Fault('authority-unreadable', { key: name, reason: 'the key is not that of its certificate' });
}

async function spkiOf({ publicKey }: KeyPair, crypto: Crypto): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.exportKey('spki', publicKey));
}

function shortName(spki: Uint8Array): string {
  return createHash('sha256').update(spki).digest('hex').slice(0, 8);
}

/** A signing certificate names the trust domain and no path (SPIFFE X.509-SVID, section 3.2). */
function trustDomainName(trustDomain: string): SubjectName {
  return { type: 'url', value: `spiffe://${trustDomain}` };
}

function trustDomainOf(root: Uint8Array): string {
  const name = (new X509Certificate(root).subjectAltName ?? '').replace('URI:spiffe://', '');
  if (!trustDomainForm.test(name)) throw new Fault('authority-unreadable', { certificate: 'root', reason: 'it names no trust domain' });
  return name;
}
