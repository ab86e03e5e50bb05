import type { Issuer } from './found.ts';
import { X509Certificate as Certificate } from './x509/library.ts';
import { publicKeyOf } from './x509/pin.ts';
import { profiles } from './x509/profile.ts';
import { newSerial } from './x509/serial.ts';
import { sign } from './x509/sign.ts';

/**
 * The word of one root for its successor (DER): the successor's key and names under the signature of the root. It proves
 * that whoever has the old key wants the new root trusted, and is otherwise useless: no chain through it is short enough.
 */
export async function vouch(before: Issuer, successor: Uint8Array, trustDomain: string, randomBytes: (count: number) => Uint8Array): Promise<Uint8Array> {
  const { subject, notBefore, notAfter } = new Certificate(Buffer.from(successor));
  const ends = new Certificate(Buffer.from(before.certificate)).notAfter;
  return await sign(
    {
      serial: newSerial(randomBytes),
      subject,
      publicKey: publicKeyOf(successor),
      names: [{ type: 'url', value: `spiffe://${trustDomain}` }],
      notBefore,
      notAfter: notAfter < ends ? notAfter : ends,
      pathLength: profiles.root.pathLength,
      purposes: [],
    },
    before,
  );
}
