/** An instruction of the control plane to an agent. A scan order needs no signature: the agent scans only its own targets. */
export type Order = ScanOrder;

export interface ScanOrder {
  readonly kind: 'scan';
  /** A UUID. */
  readonly id: string;
  /** Stack ids to scan, or none for all that the agent's configuration names. */
  readonly stacks: readonly string[];
}
