import { generateKeyPairSync, X509Certificate } from 'node:crypto';
import { Fault } from '#proto/domain/fault.ts';
import type { CaPin } from '#proto/domain/join-token.ts';
import type { AuthorityDocument, Hierarchy, Intermediate, IntermediateRole } from './document.ts';
import { type AcceptedRequest, acceptRequest, type IssuedToAgent } from './enrol/accept-request.ts';
import type { Issuer } from './found.ts';
import { type KeyStore, textKeyStore } from './keys/key-store.ts';
import { agentPolicy } from './policy/agent-policy.ts';
import { draftUnder, type Policy } from './policy/policy.ts';
import { serverPolicy } from './policy/server-policy.ts';
import type { AgentAsk } from './policy/validate.ts';
import { issuing, type TrustBundle, trusted } from './trust.ts';
import type { Draft, IssuedCertificate } from './x509/draft.ts';
import { fingerprintOf, fingerprintOfTrust } from './x509/fingerprint.ts';
import type { KeyPair } from './x509/p256.ts';
import { toPem } from './x509/pem.ts';
import { keyHashOf, pinOf, publicKeyOf } from './x509/pin.ts';
import { backdateMs, profiles } from './x509/profile.ts';
import { newSerial } from './x509/serial.ts';
import { describe, forMany, sign } from './x509/sign.ts';

/** One installation's certificate authority, as it stands at one moment. */
export interface Authority {
  /** The first part of every agent's SPIFFE ID. */
  readonly trustDomain: string;
  /** What new agents know the root by: that of the root which issues. */
  readonly pin: CaPin;
  readonly trust: TrustBundle;
  /** The certificates of the authority itself, for the record. */
  readonly own: readonly OwnCertificate[];
  /**
   * Judges a certificate request of an agent, and answers with what can issue for its key.
   * @throws Fault `csr-invalid`
   */
  acceptRequest(der: Uint8Array): Promise<AcceptedRequest>;
  /** @throws Fault `policy-refused` */
  issueAgent(ask: AgentAsk): Promise<IssuedToAgent>;
  /**
   * A new key and certificate for a server that is dialled by these names and addresses.
   * @throws Fault `policy-refused`
   */
  issueServer(hosts: readonly string[]): Promise<ServerTls>;
  /** The intermediate (SHA-256, hexadecimal) that is trusted now and issued this certificate of an agent, or null. */
  issuerOf(leaf: X509Certificate): string | null;
  /** Whether what this intermediate issued is still good. */
  accepts(issuer: string): boolean;
}

export interface OwnCertificate extends Omit<IssuedCertificate, 'chain'> {
  readonly role: 'root' | IntermediateRole | 'server';
}

/** What a server's TLS is made of, in PEM. The key is nowhere else. */
export interface ServerTls {
  readonly key: string;
  /** The server's certificate, its intermediate and the root: an agent that enrols finds the root by its pin. */
  readonly certificateChain: string;
  /** The roots under which agents' certificates are verified. */
  readonly clientRoots: string;
  readonly record: OwnCertificate;
}

export interface AuthorityParts {
  /** By default those in the document. */
  readonly keys?: KeyStore;
  readonly now: () => number;
  readonly randomBytes: (count: number) => Uint8Array;
}

/**
 * The authority that a document describes.
 * @throws Fault `authority-unreadable`, `authority-key-missing`
 */
export async function openAuthority(document: AuthorityDocument, { now, randomBytes, keys = textKeyStore(document.keys) }: AuthorityParts): Promise<Authority> {
  const { trustDomain } = document;
  const trusting = trusted(document);
  const issues = issuing(document);
  const root = derOf(issues.root);
  const agents = await openIssuer('agents', issues, keys);
  const servers = await openIssuer('servers', issues, keys);
  const roots = trusting.map((hierarchy) => derOf(hierarchy.root));
  const trust = { roots, vouchers: trusting.flatMap(({ voucher }) => (voucher === null ? [] : [derOf(voucher)])), fingerprint: fingerprintOfTrust(roots) };
  const accepted = new Map(trusting.flatMap((hierarchy) => hierarchy.agents.map((one) => [fingerprintOf(one.certificate), issuerFrom(one.certificate, lastOf(one))] as const)));

  return {
    trustDomain,
    pin: pinOf(root),
    trust,
    own: [document.current, ...(document.successor === null ? [] : [document.successor])].flatMap(ownOf),
    acceptRequest: (der) => acceptRequest(der, issueAgent),
    issueAgent,
    issueServer,
    issuerOf: (leaf) => accepted.entries().find(([, { certificate, publicKey, until }]) => now() < until && leaf.checkIssued(certificate) && leaf.verify(publicKey))?.[0] ?? null,
    accepts: (issuer) => now() < (accepted.get(issuer)?.until ?? 0),
  };

  async function issueAgent(ask: AgentAsk): Promise<IssuedToAgent> {
    return { ...(await issue(agentPolicy, ask, agents)), root: fingerprintOf(root), trust };
  }

  async function issueServer(hosts: readonly string[]): Promise<ServerTls> {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const spki = publicKey.export({ format: 'der', type: 'spki' });
    const issued = await issue(serverPolicy, { publicKey: spki, hosts }, servers);
    const { chain, ...record } = issued;
    return {
      key: privateKey.export({ format: 'pem', type: 'pkcs8' }),
      certificateChain: toPem([...chain, root]),
      clientRoots: toPem(roots),
      record: { ...record, role: 'server' },
    };
  }

  async function issue<Ask extends { readonly publicKey: Uint8Array }>(policy: Policy<Ask>, ask: Ask, issuer: Issuer): Promise<IssuedCertificate> {
    const draft = draftUnder(policy, ask, blankFor(ask.publicKey), {
      nowMs: now(),
      trustDomain,
      issuerNotAfter: new X509Certificate(issuer.certificate).validToDate,
    });
    return describe(draft, [await sign(draft, issuer), issuer.certificate]);
  }

  function blankFor(publicKey: Uint8Array): Draft {
    const never = new Date(0);
    return { serial: newSerial(randomBytes), subject: '', publicKey, names: [], notBefore: never, notAfter: never, pathLength: null, purposes: [] };
  }
}

/** Its key is read once: it is asked for with each connection. */
function issuerFrom(pem: string, until: number) {
  const certificate = new X509Certificate(pem);
  return { certificate, publicKey: certificate.publicKey, until };
}

/** Until when something that it issued can still be good: everything it issued ran out a leaf's life after it was replaced. */
function lastOf({ replacedAt }: Intermediate): number {
  return replacedAt === null ? Infinity : Date.parse(replacedAt) + profiles.agent.lifetimeMs + backdateMs;
}

/** The newest intermediate of a kind; without one, nothing can be issued and so nothing opens. */
async function openIssuer(role: IntermediateRole, hierarchy: Hierarchy, keys: KeyStore): Promise<Issuer> {
  const newest = hierarchy[role].at(-1);
  if (newest === undefined) throw new Fault('authority-key-missing', { key: role });
  const certificate = derOf(newest.certificate);
  if (!new X509Certificate(certificate).verify(new X509Certificate(hierarchy.root).publicKey)) {
    throw new Fault('authority-unreadable', { certificate: newest.key, reason: 'not signed by the root' });
  }
  return await openSigner(newest.key, certificate, keys);
}

/**
 * A key and its certificate, which belong together.
 * @throws Fault `authority-key-missing`, `authority-unreadable`
 */
export async function openSigner(key: string, certificate: Uint8Array, store: KeyStore): Promise<Issuer> {
  const { crypto } = store;
  const keys = await store.open(key);
  if (keys === null) throw new Fault('authority-key-missing', { key });
  if (!publicKeyOf(certificate).equals(await spkiOf(keys, crypto))) throw new Fault('authority-unreadable', { key, reason: 'the key is not that of its certificate' });
  return await forMany({ crypto, keys, certificate });
}

async function spkiOf({ publicKey }: KeyPair, crypto: Crypto): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.exportKey('spki', publicKey));
}

function derOf(pem: string): Uint8Array {
  return new X509Certificate(pem).raw;
}

function ownOf({ root, agents, servers }: Hierarchy): readonly OwnCertificate[] {
  const below = (role: IntermediateRole, list: Hierarchy['agents']): OwnCertificate[] => list.map(({ certificate }) => ownRecord(role, certificate));
  return [ownRecord('root', root), ...below('agents', agents), ...below('servers', servers)];
}

function ownRecord(role: OwnCertificate['role'], pem: string): OwnCertificate {
  const certificate = new X509Certificate(pem);
  return {
    role,
    serial: certificate.serialNumber.toLowerCase(),
    subject: certificate.subject.replaceAll('\n', ','),
    keyHash: keyHashOf(certificate.publicKey.export({ format: 'der', type: 'spki' })),
    fingerprint: fingerprintOf(pem),
    notBefore: certificate.validFromDate,
    notAfter: certificate.validToDate,
  };
}
