import { X509Certificate } from 'node:crypto';
import { Fault } from '#proto/domain/fault.ts';
import { openSigner } from './authority.ts';
import { type AuthorityDocument, type Hierarchy, type Intermediate, type IntermediateRole } from './document.ts';
import { type Issuer, subjectOf, trustDomainName } from './found.ts';
import { type KeyStore, textKeyStore } from './keys/key-store.ts';
import type { SubjectName } from './x509/draft.ts';
import { toPem } from './x509/pem.ts';
import { publicKeyOf } from './x509/pin.ts';
import { backdateMs, profiles } from './x509/profile.ts';
import { newSerial } from './x509/serial.ts';
import { sign, type Signer } from './x509/sign.ts';

/** A certificate of the authority that nobody believes yet. */
export interface NotYetValid {
  readonly subject: string;
  readonly notBefore: Date;
}

/**
 * The certificates of the authority that begin later than now. Each was back-dated by what clocks may differ, so it was made
 * while this clock was ahead, or the clock is behind now.
 */
export function notYetValid(document: AuthorityDocument, nowMs: number): readonly NotYetValid[] {
  return hierarchiesOf(document)
    .flatMap(({ root, agents, servers }) => [root, ...[...agents, ...servers].map(({ certificate }) => certificate)])
    .map((pem) => new X509Certificate(pem))
    .filter(({ validFromDate }) => validFromDate.getTime() > nowMs)
    .map(({ subject, validFromDate }) => ({ subject: subject.replaceAll('\n', ', '), notBefore: validFromDate }));
}

/**
 * The same authority, whose certificates have begun: the same keys under the same names, certified anew from now on and until
 * when they would have ended, so that pins hold, and so that nothing ends early where it is this clock that is behind.
 * @throws Fault `root-key-elsewhere`
 */
export async function bringForward(document: AuthorityDocument, at: { readonly nowMs: number; readonly randomBytes: (count: number) => Uint8Array }): Promise<AuthorityDocument> {
  const keys = textKeyStore(document.keys);
  const { current, successor, trustDomain } = document;
  return { ...document, current: await forward(current), successor: successor === null ? null : await forward(successor) };

  async function forward(hierarchy: Hierarchy): Promise<Hierarchy> {
    if (notYetValid({ ...document, current: hierarchy, successor: null }, at.nowMs).length === 0) return hierarchy;
    const signer = await openRoot(hierarchy, document, keys);
    const certificate = await anew('root', signer.certificate, { ...signer, certificate: null }, [trustDomainName(trustDomain)]);
    const root: Issuer = { ...signer, certificate };
    const below = (role: IntermediateRole, list: readonly Intermediate[]): Promise<Intermediate[]> =>
      Promise.all(list.map(async (one) => ({ ...one, certificate: toPem([await anew(role, new X509Certificate(one.certificate).raw, root, [])]) })));
    return { ...hierarchy, root: toPem([certificate]), agents: await below('agents', hierarchy.agents), servers: await below('servers', hierarchy.servers) };
  }

  async function anew(kind: 'root' | IntermediateRole, der: Uint8Array, signer: Signer, names: readonly SubjectName[]): Promise<Uint8Array> {
    const { validFromDate, validToDate } = new X509Certificate(der);
    const publicKey = publicKeyOf(der);
    const { pathLength, purposes } = profiles[kind];
    const notBefore = new Date(Math.min(validFromDate.getTime(), at.nowMs - backdateMs));
    return await sign({ serial: newSerial(at.randomBytes), subject: subjectOf(kind, publicKey), publicKey, names, notBefore, notAfter: validToDate, pathLength, purposes }, signer);
  }
}

async function openRoot({ root, rootKey }: Hierarchy, { keys }: AuthorityDocument, store: KeyStore): Promise<Issuer> {
  if (!Object.hasOwn(keys, rootKey)) throw new Fault('root-key-elsewhere', { key: rootKey });
  return await openSigner(rootKey, new X509Certificate(root).raw, store);
}

function hierarchiesOf({ current, successor }: AuthorityDocument): readonly Hierarchy[] {
  return successor === null ? [current] : [current, successor];
}
