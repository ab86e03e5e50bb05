import type { Evidence, JoinKind } from '#proto/domain/attestation.ts';
import type { Rule } from './rules.ts';

/** Evidence beside what it must hold for. */
export interface Shown {
  readonly evidence: Evidence;
  /** Of the join policy under which the host comes. */
  readonly rule: Rule;
  /** What ties the evidence to this server, the policy and the key, where the kind can say it: see proto/domain/attestation.ts. */
  readonly challenge: string;
}

/** A host for which somebody vouches, and whom the rule names. */
export interface Attested {
  /** Whom the evidence names, as precisely as it does; logged, and counted. */
  readonly subject: string;
  /** SHA-256 of what was shown, in the one form that cannot be varied: it admits one key. */
  readonly evidence: Uint8Array;
}

/** Judges one kind of evidence. A kind without an attestor lets nobody in. */
export interface Attestor {
  readonly kind: JoinKind;
  /** @throws Fault `attestation-refused`, `attestation-not-allowed`, `attestation-unchecked` */
  verify(shown: Shown): Promise<Attested>;
}
