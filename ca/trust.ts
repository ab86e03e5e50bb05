import { type AuthorityDocument, type Hierarchy } from './document.ts';
import { trustsBoth } from './rotation.ts';

/** What both sides trust. */
export interface TrustBundle {
  /** DER. */
  readonly roots: readonly Uint8Array[];
  /** DER: each is a root's key and names, signed by the root before it. */
  readonly vouchers: readonly Uint8Array[];
  /** Of the roots as a set, hexadecimal. */
  readonly fingerprint: string;
}

/** The hierarchies whose certificates are good now. */
export function trusted({ current, successor, rotation }: AuthorityDocument): readonly Hierarchy[] {
  return successor !== null && trustsBoth(rotation) ? [current, successor] : [current];
}

/** The one that issues now. */
export function issuing({ current, successor, rotation }: AuthorityDocument): Hierarchy {
  return successor !== null && rotation.phase === 'issuing' ? successor : current;
}
