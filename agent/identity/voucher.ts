import { createHash, sign } from 'node:crypto';
import { type Attestation, type Binding, challengeOf, type Evidence, type JoinKind, proofOf } from '#proto/domain/attestation.ts';
import type { CaPin } from '#proto/domain/join-token.ts';
import { publicKeyOf } from './candidate.ts';

/** Somebody who can say who this host is. */
export interface Voucher {
  readonly kind: JoinKind;
  /** Id of the join policy under which the host comes. */
  readonly policy: string;
  /**
   * Evidence that, where its kind allows, is good for this challenge alone.
   * @throws Fault `join-evidence-missing`
   */
  evidence(challenge: string): Promise<Evidence>;
}

/** Evidence together with the signature that ties it to this key (PEM), this server and the number that it gave. */
export async function attest(voucher: Voucher, { pin, key, nonce }: { readonly pin: CaPin; readonly key: string; readonly nonce: Uint8Array }): Promise<Attestation> {
  const { policy } = voucher;
  const binding: Binding = { pin, policy, nonce, keyHash: createHash('sha256').update(publicKeyOf(key)).digest() };
  const evidence = await voucher.evidence(challengeOf(binding));
  return { policy, nonce, proof: sign('sha256', proofOf(binding, evidence), key), evidence };
}
