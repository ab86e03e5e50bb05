import type { AgentId, TenantId } from './identity.ts';
import { lengthPrefixed } from './length-prefixed.ts';

/** How an agent asks for a certificate after its last one ran out. */
export interface RecoveryClaim {
  readonly tenant: TenantId;
  readonly agent: AgentId;
  /** Hexadecimal, in lower case: of the last certificate that the agent holds. */
  readonly serial: string;
  /** PKCS #10 in DER, for the new key. */
  readonly csr: Uint8Array;
  readonly nonce: Uint8Array;
}

/** What the recovery key signs. */
export function recoveryStatement({ tenant, agent, serial, csr, nonce }: RecoveryClaim): Uint8Array {
  return lengthPrefixed('dd0c.recover/v1', tenant, agent, serial, csr, nonce);
}

/** What becomes of an agent that asks: refused, put before an operator, or let in for so long after its certificate ended. */
export type RecoveryPolicy = { readonly kind: 'never' } | { readonly kind: 'ask' } | { readonly kind: 'within'; readonly seconds: number };
