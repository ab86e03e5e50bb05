import type { Risk } from '#proto/domain/risk.ts';
import type { StepLimits, Tier } from '#proto/domain/step.ts';
import type { Hours } from './hours.ts';

/** What the agent's owner allows, whatever the control plane says and whoever approved it. What is not named is not allowed. */
export interface Policy {
  readonly isEnabled: boolean;
  readonly maxRisk: Exclude<Risk, 'forbidden'>;
  /** Up to which risk a step needs no approval. */
  readonly unsigned: 'none' | 'read_only' | 'caution';
  /** How many people must have approved a step that needs it. */
  readonly approvals: number;
  /** Names that are looked up on PATH, or absolute paths; `*` for any. */
  readonly programs: readonly string[];
  /** Absolute; each with all below it. */
  readonly readable: readonly string[];
  readonly writable: readonly string[];
  /** `host:port`. */
  readonly hosts: readonly string[];
  readonly hours: Hours;
  readonly tiers: readonly Tier[];
  /** At most; what a step asks for beyond is cut. */
  readonly limits: StepLimits;
  /** Absolute: the agent's own files, which no step gets, wherever they lie. */
  readonly own: readonly string[];
}
