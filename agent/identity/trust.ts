import { X509Certificate } from 'node:crypto';
import { fingerprintOfTrust } from '#ca/x509/fingerprint.ts';
import { fromPem } from '#ca/x509/pem.ts';
import { publicKeyOf } from '#ca/x509/pin.ts';
import { Fault } from '#proto/domain/fault.ts';

/** Roots that the control plane wants trusted, in DER. */
export interface OfferedTrust {
  readonly roots: readonly Uint8Array[];
  /** Each is a root's key and names, signed by the root before it. */
  readonly vouchers: readonly Uint8Array[];
}

/** A rotation has two; somebody who offers many wants something else. */
const maxRoots = 8;

/**
 * Judges roots that are offered in the place of those that we trust. One that we know must stay among them, and one that
 * we do not know must be vouched for by one that we do: whoever took the server over, but not the key of its root, cannot
 * make us trust a root of theirs.
 * @throws Fault `trust-refused`
 */
export function judgeTrust(known: readonly Uint8Array[], { roots, vouchers }: OfferedTrust, trustDomain: string): void {
  if (roots.length === 0 || roots.length > maxRoots || vouchers.length > maxRoots) refuse('it holds no root, or far too many');
  const trusted = known.map(parse);
  const isKnown = (root: X509Certificate): boolean => trusted.some((one) => publicKeyOf(one.raw).equals(publicKeyOf(root.raw)));
  const offered = roots.map(parse);
  if (!offered.some(isKnown)) refuse('none of the roots that we trust is among the new ones');
  for (const root of offered) {
    if (!root.ca || !root.verify(root.publicKey) || root.subjectAltName !== `URI:spiffe://${trustDomain}`) refuse('a root is none of this installation');
    if (!isKnown(root) && !vouchers.map(parse).some((voucher) => vouches(voucher, root, trusted))) refuse('a new root is vouched for by none that we trust');
  }
}

function vouches(voucher: X509Certificate, root: X509Certificate, trusted: readonly X509Certificate[]): boolean {
  if (voucher.subject !== root.subject || !publicKeyOf(voucher.raw).equals(publicKeyOf(root.raw))) return false;
  return trusted.some((one) => voucher.issuer === one.subject && voucher.verify(one.publicKey)); // openssl leaves the key identifiers of the root in it
}

/** By this the control plane knows which roots (PEM) are trusted here. */
export function fingerprintOfPem(trustBundle: string): string {
  return fingerprintOfTrust(fromPem(trustBundle));
}

function parse(der: Uint8Array): X509Certificate {
  try {
    return new X509Certificate(der);
  } catch (cause) {
    throw new Fault('trust-refused', { reason: 'a certificate is not in DER' }, { cause });
  }
}

function refuse(reason: string): never {
  throw new Fault('trust-refused', { reason });
}
