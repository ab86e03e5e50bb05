import { X509Certificate } from 'node:crypto';
import { fromPem, toPem } from '#ca/x509/pem.ts';
import { pinOf, publicKeyOf } from '#ca/x509/pin.ts';
import { Fault } from '#proto/domain/fault.ts';
import { parseSpiffeUri } from '#proto/domain/identity.ts';
import type { CaPin } from '#proto/domain/join-token.ts';
import type { Answer, Successor } from './ask.ts';
import type { About, Identity } from './identity.ts';
import { judgeTrust } from './trust.ts';

/** An answer that holds together, in PEM. */
export interface Checked {
  readonly about: Pick<About, 'tenant' | 'agent' | 'streamAddress'>;
  readonly certificateChain: string;
  readonly trustBundle: string;
}

/**
 * Whether what the server gave is an identity for our key, under the pinned root. A server that errs is found here and
 * not at the first connection.
 * @throws Fault `answer-not-understood`
 */
export function checkAnswer(answer: Answer, publicKey: Uint8Array, pin: CaPin): Checked {
  const { leaf, chain, roots } = parse(answer);
  const identity = parseSpiffeUri((leaf.subjectAltName ?? '').replace(/^URI:/, ''));
  if (!publicKeyOf(leaf.raw).equals(publicKey)) refuse('the certificate is for another key');
  if (identity === null || identity.tenant !== answer.tenantId || identity.agent !== answer.agentId) refuse('the certificate names another agent');
  if (!roots.some((root) => pinOf(root.raw) === pin)) refuse('the pinned root is not among the trusted ones');
  if (!isSignedBelow([leaf, ...chain], roots)) refuse('the certificate is not signed by a trusted root');
  if (!/^\S+:\d{1,5}$/.test(answer.streamAddress)) refuse('it names no address to connect to');
  return {
    about: { tenant: identity.tenant, agent: identity.agent, streamAddress: answer.streamAddress },
    certificateChain: toPem(answer.certificateChain),
    trustBundle: toPem(answer.trustBundle),
  };
}

/**
 * Whether what a renewal brought is the same identity for our new key, under roots that we trust or that one of those
 * vouches for.
 * @throws Fault `answer-not-understood`, `trust-refused`
 */
export function checkSuccessor({ certificateChain, trustBundle, vouchers }: Successor, publicKey: Uint8Array, before: Identity): Checked {
  const known = fromPem(before.trustBundle);
  judgeTrust(known, { roots: trustBundle, vouchers }, before.trustDomain);
  const pins = known.map((root) => pinOf(root));
  const pin = trustBundle.map((root) => pinOf(root)).find((root) => pins.includes(root));
  if (pin === undefined) refuse('none of the roots that we trust is among the new ones');
  return checkAnswer({ certificateChain, trustBundle, tenantId: before.tenant, agentId: before.agent, streamAddress: before.address }, publicKey, pin);
}

/**
 * A successor that is good at another time comes from a server whose clock is not ours. Kept, it would be all that this agent
 * tries, until that time has come.
 * @throws Fault `clock-wrong`
 */
export function checkBegun({ certificateChain }: Pick<Checked, 'certificateChain'>, nowMs: number): void {
  const { validFromDate, validToDate } = new X509Certificate(certificateChain);
  if (nowMs >= validFromDate.getTime() && nowMs < validToDate.getTime()) return;
  throw new Fault('clock-wrong', { whose: 'agent or server', notBefore: validFromDate.toISOString(), notAfter: validToDate.toISOString(), now: new Date(nowMs).toISOString() });
}

function parse({ certificateChain, trustBundle }: Answer): { leaf: X509Certificate; chain: X509Certificate[]; roots: X509Certificate[] } {
  try {
    const [leaf, ...chain] = certificateChain.map((der) => new X509Certificate(der));
    if (leaf !== undefined) return { leaf, chain, roots: trustBundle.map((der) => new X509Certificate(der)) };
  } catch (cause) {
    throw new Fault('answer-not-understood', { reason: 'a certificate is not in DER' }, { cause });
  }
  return refuse('it holds no certificate');
}

/** Each is signed by the next, the last by one of the roots. */
function isSignedBelow(chain: readonly X509Certificate[], roots: readonly X509Certificate[]): boolean {
  return chain.every((certificate, index) => {
    const above = chain[index + 1];
    const issuers = above === undefined ? roots : [above];
    return issuers.some((issuer) => certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey));
  });
}

function refuse(reason: string): never {
  throw new Fault('answer-not-understood', { reason });
}
