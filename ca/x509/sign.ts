import { createHash, X509Certificate } from 'node:crypto';
import type { Draft, IssuedCertificate } from './draft.ts';
import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  type Name,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
  X509Certificate as Certificate,
  X509CertificateGenerator,
} from './library.ts';
import { ecdsaP256, type KeyPair } from './p256.ts';
import { keyHashOf } from './pin.ts';

/** Who signs: a key that `crypto` can use, and its certificate; without one, the draft is its own issuer. */
export interface Signer {
  readonly crypto: Crypto;
  readonly keys: KeyPair;
  /** DER. */
  readonly certificate: Uint8Array | null;
  /** What stands in all that it signs, worked out once; see `forMany`. */
  readonly mark?: Mark;
}

interface Mark {
  readonly issuer: string | Name;
  readonly keyIdentifier: AuthorityKeyIdentifierExtension;
}

/** The same signer, for one that signs often: reading its own certificate anew takes a fifth of the time of a signature. */
export async function forMany(signer: Signer & { readonly certificate: Uint8Array }): Promise<Signer & { readonly certificate: Uint8Array }> {
  return { ...signer, mark: await markOf(signer, '') };
}

async function markOf({ crypto, keys, certificate, mark }: Signer, ownSubject: string): Promise<Mark> {
  if (mark !== undefined) return mark;
  const issuer = certificate === null ? ownSubject : new Certificate(Buffer.from(certificate)).subjectName;
  return { issuer, keyIdentifier: await AuthorityKeyIdentifierExtension.create(keys.publicKey, false, crypto) };
}

/** Makes the certificate that the draft describes, in DER. */
export async function sign(draft: Draft, signer: Signer): Promise<Uint8Array> {
  const { crypto, keys } = signer;
  const { issuer, keyIdentifier } = await markOf(signer, draft.subject);
  const signed = await X509CertificateGenerator.create(
    {
      serialNumber: draft.serial,
      subject: draft.subject,
      issuer,
      notBefore: draft.notBefore,
      notAfter: draft.notAfter,
      publicKey: Buffer.from(draft.publicKey),
      signingKey: keys.privateKey,
      signingAlgorithm: ecdsaP256,
      extensions: [...(await extensionsOf(draft, crypto)), keyIdentifier],
    },
    crypto,
  );
  return Buffer.from(signed.rawData);
}

/** What is recorded of a certificate. */
export function describe(draft: Draft, chain: readonly [Uint8Array, ...Uint8Array[]]): IssuedCertificate {
  const { validFromDate, validToDate } = new X509Certificate(chain[0]); // whole seconds, as every reader will see them
  return {
    chain,
    serial: draft.serial,
    subject: draft.names[0]?.value ?? draft.subject,
    keyHash: keyHashOf(draft.publicKey),
    fingerprint: createHash('sha256').update(chain[0]).digest('hex'),
    notBefore: validFromDate,
    notAfter: validToDate,
  };
}

// oxlint-disable-next-line typescript/no-unsafe-enum-assignment -- flags are combined, and the library has no word for that
const authorityUsage: KeyUsageFlags = KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign;

async function extensionsOf(draft: Draft, crypto: Crypto) {
  const isAuthority = draft.pathLength !== null;
  return [
    new BasicConstraintsExtension(isAuthority, draft.pathLength ?? undefined, true),
    new KeyUsagesExtension(isAuthority ? authorityUsage : KeyUsageFlags.digitalSignature, true),
    ...(draft.purposes.length > 0 ? [new ExtendedKeyUsageExtension(draft.purposes.map((purpose) => ExtendedKeyUsage[purpose]))] : []),
    ...(draft.names.length > 0 ? [new SubjectAlternativeNameExtension(draft.names.map(({ type, value }) => ({ type, value })))] : []),
    await SubjectKeyIdentifierExtension.create(Buffer.from(draft.publicKey), false, crypto),
  ];
}
