import { generateKeyPairSync, X509Certificate } from 'node:crypto';
import type { CaPin } from '#proto/domain/join-token.ts';
import { type AcceptedRequest, acceptRequest } from './enrol/accept-request.ts';
import { type HierarchyParts, type Issuer, openHierarchy } from './hierarchy.ts';
import { agentPolicy } from './policy/agent-policy.ts';
import { draftUnder, type Policy } from './policy/policy.ts';
import { serverPolicy } from './policy/server-policy.ts';
import type { Draft, IssuedCertificate } from './x509/draft.ts';
import { toPem } from './x509/pem.ts';
import { keyHashOf, pinOf } from './x509/pin.ts';
import { newSerial } from './x509/serial.ts';
import { describe, sign } from './x509/sign.ts';

/** One installation's certificate authority. */
export interface Authority {
  /** The first part of every agent's SPIFFE ID. */
  readonly trustDomain: string;
  /** What agents know the root by. */
  readonly pin: CaPin;
  /** DER: the roots that both sides trust. */
  readonly trustBundle: readonly Uint8Array[];
  /** The certificates of the authority itself, for the record. */
  readonly own: readonly OwnCertificate[];
  /**
   * Judges a certificate request of an agent, and answers with what can issue for its key.
   * @throws Fault `csr-invalid`
   */
  acceptRequest(der: Uint8Array): Promise<AcceptedRequest>;
  /**
   * A new key and certificate for a server that is dialled by these names and addresses.
   * @throws Fault `policy-refused`
   */
  issueServer(hosts: readonly string[]): Promise<ServerTls>;
}

export interface OwnCertificate extends Omit<IssuedCertificate, 'chain'> {
  readonly role: 'root' | 'agents' | 'servers' | 'server';
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

/**
 * Opens the authority, or makes a new one.
 * @throws Fault `authority-unreadable`, `authority-key-missing`, `key-exposed`
 */
export async function openAuthority(parts: HierarchyParts): Promise<Authority> {
  const { root, agents, servers, trustDomain } = await openHierarchy(parts);
  const trustBundle = [root];

  return {
    trustDomain,
    pin: pinOf(root),
    trustBundle,
    own: [ownRecord('root', root), ownRecord('agents', agents.certificate), ownRecord('servers', servers.certificate)],
    acceptRequest: (der) => acceptRequest(der, (ask) => issue(agentPolicy, ask, agents)),
    issueServer,
  };

  async function issueServer(hosts: readonly string[]): Promise<ServerTls> {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const spki = publicKey.export({ format: 'der', type: 'spki' });
    const issued = await issue(serverPolicy, { publicKey: spki, hosts }, servers);
    const { chain, ...record } = issued;
    return {
      key: privateKey.export({ format: 'pem', type: 'pkcs8' }),
      certificateChain: toPem([...chain, root]),
      clientRoots: toPem(trustBundle),
      record: { ...record, role: 'server' },
    };
  }

  async function issue<Ask extends { readonly publicKey: Uint8Array }>(policy: Policy<Ask>, ask: Ask, issuer: Issuer): Promise<IssuedCertificate> {
    const draft = draftUnder(policy, ask, blankFor(ask.publicKey), {
      nowMs: parts.now(),
      trustDomain,
      issuerNotAfter: new X509Certificate(issuer.certificate).validToDate,
    });
    return describe(draft, [await sign(draft, issuer), issuer.certificate]);
  }

  function blankFor(publicKey: Uint8Array): Draft {
    const never = new Date(0);
    return { serial: newSerial(parts.randomBytes), subject: '', publicKey, names: [], notBefore: never, notAfter: never, pathLength: null, purposes: [] };
  }
}

function ownRecord(role: OwnCertificate['role'], der: Uint8Array): OwnCertificate {
  const certificate = new X509Certificate(der);
  return {
    role,
    serial: certificate.serialNumber.toLowerCase(),
    subject: certificate.subject.replaceAll('\n', ','),
    keyHash: keyHashOf(certificate.publicKey.export({ format: 'der', type: 'spki' })),
    fingerprint: certificate.fingerprint256.replaceAll(':', '').toLowerCase(),
    notBefore: certificate.validFromDate,
    notAfter: certificate.validToDate,
  };
}
