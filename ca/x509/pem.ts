import { X509Certificate } from 'node:crypto';

/** Certificates in DER as one PEM text, in their order. */
export function toPem(certificates: readonly Uint8Array[]): string {
  return certificates.map((der) => new X509Certificate(der).toString()).join('');
}

/** The certificates of a PEM text in DER, in their order; what stands between them is ignored. */
export function fromPem(text: string): Buffer[] {
  const blocks = text.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
  return blocks.map((block) => new X509Certificate(block).raw);
}
