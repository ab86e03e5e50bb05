import type { Purpose } from './profile.ts';

/** A name in the subject alternative names. */
export interface SubjectName {
  readonly type: 'url' | 'dns' | 'ip';
  readonly value: string;
}

/** All that a certificate will say, before it is signed. */
export interface Draft {
  /** Hexadecimal. */
  readonly serial: string;
  /** RFC 4514. It identifies nobody: the subject alternative names do. */
  readonly subject: string;
  /** SubjectPublicKeyInfo in DER. */
  readonly publicKey: Uint8Array;
  readonly names: readonly SubjectName[];
  readonly notBefore: Date;
  readonly notAfter: Date;
  /** How many authorities may stand below this one, or null for a leaf. */
  readonly pathLength: number | null;
  /** Empty for a root: any. */
  readonly purposes: readonly Purpose[];
}

/** A certificate and what is recorded of it. */
export interface IssuedCertificate {
  /** DER: the certificate, then the intermediate that signed it. The root is not among them. */
  readonly chain: readonly Uint8Array[];
  /** Hexadecimal, in lower case. */
  readonly serial: string;
  /** The first subject alternative name, or the subject where there is none. */
  readonly subject: string;
  /** SHA-256 of the SubjectPublicKeyInfo in DER. */
  readonly keyHash: Uint8Array;
  /** SHA-256 of the certificate in DER, hexadecimal. */
  readonly fingerprint: string;
  readonly notBefore: Date;
  readonly notAfter: Date;
}
