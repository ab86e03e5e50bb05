import { createHash, X509Certificate } from 'node:crypto';
import { Fault } from '#proto/domain/fault.ts';
import { type AuthorityDocument, type Hierarchy, type Intermediate, type IntermediateRole } from './document.ts';
import { type KeyStore, type KeyTexts, textKeyStore } from './keys/key-store.ts';
import type { SubjectName } from './x509/draft.ts';
import type { KeyPair } from './x509/p256.ts';
import { toPem } from './x509/pem.ts';
import { backdateMs, profiles } from './x509/profile.ts';
import { newSerial } from './x509/serial.ts';
import { sign, type Signer } from './x509/sign.ts';

/** What making authorities takes. */
export interface Forge {
  readonly keys: KeyStore;
  readonly nowMs: number;
  readonly randomBytes: (count: number) => Uint8Array;
}

/** A signer that has a certificate, in DER. */
export interface Issuer extends Signer {
  readonly certificate: Uint8Array;
}

/** SPIFFE-ID, section 2.1. */
const trustDomainForm = /^[a-z0-9._-]{1,255}$/;

/**
 * A new authority: a root, which names the trust domain, one intermediate for agents and one for servers.
 * @throws Fault `policy-refused`
 */
export async function foundAuthority(trustDomain: string, forge: Omit<Forge, 'keys'>): Promise<AuthorityDocument> {
  const keys: KeyTexts = {};
  const current = await makeHierarchy(trustDomain, { ...forge, keys: textKeyStore(keys) });
  return { schema: 'dd0c.authority/v1', trustDomain, current, successor: null, rotation: { phase: 'steady' }, requests: [], keys, exported: {}, restoredAt: null };
}

/** @throws Fault `policy-refused` */
export async function makeHierarchy(trustDomain: string, forge: Forge): Promise<Hierarchy> {
  if (!trustDomainForm.test(trustDomain)) throw new Fault('policy-refused', { reason: 'not a trust domain', trustDomain });
  const rootKey = newKeyName('root', forge);
  const keys = await forge.keys.create(rootKey);
  const self: Signer = { crypto: forge.keys.crypto, keys, certificate: null };
  const certificate = await makeAuthority('root', keys, self, forge, [trustDomainName(trustDomain)]);
  const root: Issuer = { ...self, certificate };
  return {
    rootKey,
    root: toPem([certificate]),
    voucher: null,
    agents: [await makeIntermediate('agents', root, forge)],
    servers: [await makeIntermediate('servers', root, forge)],
  };
}

/** A new key and a certificate for it, under this root. */
export async function makeIntermediate(role: IntermediateRole, root: Issuer, forge: Forge): Promise<Intermediate> {
  const key = newKeyName(role, forge);
  const keys = await forge.keys.create(key);
  return { key, certificate: toPem([await makeAuthority(role, keys, root, forge, [])]), replacedAt: null };
}

/** No key takes the name of another, so that a list of what is there says what was made when. */
export function newKeyName(kind: 'root' | IntermediateRole, { nowMs, randomBytes }: Pick<Forge, 'nowMs' | 'randomBytes'>): string {
  return `${kind}-${new Date(nowMs).toISOString().slice(0, 10)}-${Buffer.from(randomBytes(4)).toString('hex')}`;
}

/** The subject of an authority; two must not be confused by their names. */
export function subjectOf(kind: 'root' | IntermediateRole, spki: Uint8Array): string {
  return `O=dd0c,CN=dd0c ${kind} ${createHash('sha256').update(spki).digest('hex').slice(0, 8)}`;
}

async function makeAuthority(kind: 'root' | IntermediateRole, keys: KeyPair, signer: Signer, forge: Forge, names: readonly SubjectName[]): Promise<Uint8Array> {
  const { lifetimeMs, pathLength, purposes } = profiles[kind];
  const spki = new Uint8Array(await forge.keys.crypto.subtle.exportKey('spki', keys.publicKey));
  const issuerEnds = signer.certificate === null ? Infinity : new X509Certificate(signer.certificate).validToDate.getTime();
  return await sign(
    {
      serial: newSerial(forge.randomBytes),
      subject: subjectOf(kind, spki),
      publicKey: spki,
      names,
      notBefore: new Date(forge.nowMs - backdateMs),
      notAfter: new Date(Math.min(forge.nowMs + lifetimeMs, issuerEnds)),
      pathLength,
      purposes,
    },
    signer,
  );
}

/** A signing certificate names the trust domain and no path (SPIFFE X.509-SVID, section 3.2). */
export function trustDomainName(trustDomain: string): SubjectName {
  return { type: 'url', value: `spiffe://${trustDomain}` };
}
