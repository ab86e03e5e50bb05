import { X509Certificate } from 'node:crypto';
import { Fault } from '#proto/domain/fault.ts';
import type { IntermediateRole } from './document.ts';
import { subjectOf, trustDomainName } from './found.ts';
import {
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  Pkcs10CertificateRequestGenerator,
  X509Certificate as Certificate,
} from './x509/library.ts';
import { ecdsaP256, isP256Key, type KeyPair } from './x509/p256.ts';
import { publicKeyOf } from './x509/pin.ts';
import { backdateMs, profiles } from './x509/profile.ts';

const dayMs = 24 * 3_600_000;

/** Less is not worth the ceremony, and would be over before somebody notices. */
const leastLifeMs = 30 * dayMs;

/** RFC 5280 allows 20 bytes; fewer than 8 cannot hold 64 random bits. */
const serialForm = /^[0-9A-F]{16,40}$/;

/** A request (PEM) for an intermediate. It asks for exactly what an intermediate of this kind must be, so that signing it may copy its extensions. */
export async function writeIntermediateRequest(role: IntermediateRole, keys: KeyPair, crypto: Crypto): Promise<string> {
  const spki = new Uint8Array(await crypto.subtle.exportKey('spki', keys.publicKey));
  const { pathLength, purposes } = profiles[role];
  const request = await Pkcs10CertificateRequestGenerator.create(
    {
      name: subjectOf(role, spki),
      keys,
      signingAlgorithm: ecdsaP256,
      extensions: [
        new BasicConstraintsExtension(true, pathLength, true),
        // oxlint-disable-next-line typescript/no-unsafe-enum-assignment -- flags are combined, and the library has no word for that
        new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
        new ExtendedKeyUsageExtension(purposes.map((purpose) => ExtendedKeyUsage[purpose])),
      ],
    },
    crypto,
  );
  return `${request.toString('pem')}\n`;
}

/** What an intermediate must be, to stand below this root. */
export interface Wanted {
  readonly role: IntermediateRole;
  /** SubjectPublicKeyInfo in DER: of the request that it answers. */
  readonly publicKey: Uint8Array;
  /** PEM. */
  readonly root: string;
  readonly nowMs: number;
}

/**
 * Judges an intermediate (PEM) that was signed elsewhere.
 * @throws Fault `intermediate-unfit`, naming what is wrong
 */
export function judgeIntermediate(pem: string, { role, publicKey, root, nowMs }: Wanted): void {
  const [certificate, above] = [parse(pem, 'intermediate-unfit'), new X509Certificate(root)];
  const say = (reason: string): never => refuse('intermediate-unfit', reason);
  if (!publicKeyOf(certificate.raw).equals(publicKey)) say('it is for another key than the request');
  if (!certificate.checkIssued(above) || !certificate.verify(above.publicKey)) say('it is not signed by the root');
  judgeAuthority(certificate, say);
  const { pathLength, purposes } = constraintsOf(certificate);
  if (pathLength !== 0) say('its path length is not 0: it could make authorities of its own');
  const wanted = profiles[role].purposes.map((purpose) => ExtendedKeyUsage[purpose]);
  if (purposes.length !== 1 || purposes[0] !== wanted[0]) say(`its one purpose (extended key usage) is not ${profiles[role].purposes.join()}`);
  if (certificate.subjectAltName !== undefined) say('it bears names of its own (subjectAltName)');
  judgeTimes(certificate, nowMs, say);
  if (certificate.validToDate.getTime() > above.validToDate.getTime()) say('it ends after the root that signed it');
}

/**
 * Judges a root (PEM) that was made elsewhere.
 * @throws Fault `root-unfit`, naming what is wrong
 */
export function judgeRoot(pem: string, trustDomain: string, nowMs: number): void {
  const root = parse(pem, 'root-unfit');
  const say = (reason: string): never => refuse('root-unfit', reason);
  if (!root.checkIssued(root) || !root.verify(root.publicKey)) say('it is not signed by itself');
  if (!isP256Key(publicKeyOf(root.raw))) say('its key is not P-256');
  judgeAuthority(root, say);
  const { pathLength, purposes } = constraintsOf(root);
  if (pathLength !== undefined && pathLength < 1) say('its path length leaves no room for intermediates');
  if (purposes.length > 0) say('it is bound to purposes (extended key usage)');
  const { value } = trustDomainName(trustDomain);
  if (root.subjectAltName !== `URI:${value}`) say(`it does not name the trust domain: subjectAltName = URI:${value}, and nothing else`);
  judgeTimes(root, nowMs, say);
}

/**
 * Judges the word (PEM) of one root for another.
 * @throws Fault `root-unfit`
 */
export function judgeVoucher(pem: string, before: string, successor: string): void {
  const [voucher, old, root] = [parse(pem, 'root-unfit'), new X509Certificate(before), new X509Certificate(successor)];
  const say = (reason: string): never => refuse('root-unfit', reason);
  if (voucher.subject !== root.subject || !publicKeyOf(voucher.raw).equals(publicKeyOf(root.raw))) say('the voucher is for another root');
  if (voucher.issuer !== old.subject || !voucher.verify(old.publicKey)) say('the voucher is not signed by the root that is to be replaced');
}

function judgeAuthority(certificate: X509Certificate, say: (reason: string) => never): void {
  const { isAuthority, isCritical, signs } = constraintsOf(certificate);
  if (!isAuthority) say('it is no authority (basicConstraints CA:TRUE)');
  if (!isCritical) say('its basic constraints or key usage are not critical');
  if (!signs) say('its key may not sign certificates (keyUsage keyCertSign)');
  if (!serialForm.test(certificate.serialNumber)) say('its serial number has fewer than 8 bytes, or more than 20');
}

function judgeTimes({ validFromDate, validToDate }: X509Certificate, nowMs: number, say: (reason: string) => never): void {
  if (validFromDate.getTime() > nowMs + backdateMs) say(`it is not valid before ${validFromDate.toISOString()}`);
  if (validToDate.getTime() <= nowMs) say(`it ran out at ${validToDate.toISOString()}`);
  if (validToDate.getTime() < nowMs + leastLifeMs) say(`it ends within 30 days, at ${validToDate.toISOString()}`);
}

function constraintsOf({ raw }: X509Certificate) {
  const certificate = new Certificate(raw);
  const basic = certificate.getExtension(BasicConstraintsExtension);
  const usage = certificate.getExtension(KeyUsagesExtension);
  return {
    isAuthority: basic?.ca === true,
    pathLength: basic?.pathLength,
    isCritical: basic?.critical === true && usage?.critical === true,
    signs: ((usage?.usages ?? 0) & KeyUsageFlags.keyCertSign) !== 0,
    purposes: certificate.getExtension(ExtendedKeyUsageExtension)?.usages ?? [],
  };
}

function parse(pem: string, code: 'intermediate-unfit' | 'root-unfit'): X509Certificate {
  const blocks = pem.match(/-----BEGIN CERTIFICATE-----/g) ?? [];
  if (blocks.length !== 1) refuse(code, `it is not one certificate in PEM, but ${blocks.length}`);
  try {
    return new X509Certificate(pem);
  } catch (cause) {
    throw new Fault(code, { reason: 'it is not a certificate in PEM' }, { cause });
  }
}

function refuse(code: 'intermediate-unfit' | 'root-unfit', reason: string): never {
  throw new Fault(code, { reason });
}
