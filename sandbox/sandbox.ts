import type { StepLimit, StepOutcome, Tier } from '#proto/domain/step.ts';
import type { SandboxSpec } from './spec.ts';

/** What happens while a step runs, in order. The result comes once, as what `run` resolves to. */
export type SandboxEvent =
  | { readonly kind: 'started'; readonly tier: Tier }
  | { readonly kind: 'output'; readonly stream: 'stdout' | 'stderr'; readonly atMs: number; readonly bytes: Uint8Array }
  | { readonly kind: 'limit'; readonly limit: StepLimit };

/** Whether a tier holds on this host, found by trying real attacks in it. */
export interface TierProof {
  readonly tier: Tier;
  readonly holds: boolean;
  /** Why it does not hold, or how its limits are enforced; for a person. */
  readonly detail: string;
}

export interface Sandbox {
  /** The proofs of this start, made once. */
  readonly proofs: readonly TierProof[];
  /**
   * Runs one step to its end: when it resolves, no process of the step is left. Throws `sandbox-unavailable` where no
   * tier holds, or the demanded one does not, before anything has been started. An abort ends the step with SIGKILL.
   */
  run(spec: SandboxSpec, onEvent: (event: SandboxEvent) => void, signal: AbortSignal): Promise<StepOutcome>;
}
