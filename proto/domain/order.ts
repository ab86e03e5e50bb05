import type { SignedApproval } from './approval.ts';

/** An instruction of the control plane to an agent. */
export type Order = ScanOrder | StepOrderDelivery | DrainOrder;

/** It needs no signature: the agent scans only its own targets. */
export interface ScanOrder {
  readonly kind: 'scan';
  /** A UUID. */
  readonly id: string;
  /** Stack ids to scan, or none for all that the agent's configuration names. */
  readonly stacks: readonly string[];
}

/** The agent is to finish what it does and to end, until somebody starts it again. Only to one that can: `drain`. */
export interface DrainOrder {
  readonly kind: 'drain';
  /** A UUID. */
  readonly id: string;
}

/** A step order on its way: nothing in it is to be believed before the approvals are checked, beyond what needs none. */
export interface StepOrderDelivery {
  readonly kind: 'step';
  /** A UUID. */
  readonly id: string;
  /** The canonical bytes of a `StepOrder`. */
  readonly envelope: Uint8Array;
  /** None where the trust level lets the step run by itself. */
  readonly approvals: readonly SignedApproval[];
}
