import type { DraftFinding, DraftProperty } from '#proto/domain/finding.ts';
import type { Path } from '#proto/domain/json.ts';
import type { OwnerKind } from '#proto/domain/resource.ts';
import type { Value } from './normaliser.ts';

/** One value on the way from the resource's root to a difference, as both sides have it. */
export interface Waypoint {
  readonly steps: Path;
  readonly before: Value;
  readonly after: Value;
}

/** A property that differs, and the values around it, outermost first and itself last. It never leaves the process. */
export interface Difference {
  readonly property: DraftProperty;
  readonly trail: readonly Waypoint[];
  /** What kind of hand wrote the value last, where the source keeps that. */
  readonly by?: OwnerKind;
}

/** A finding without its severity, which is judged from the differences. */
export interface Comparison {
  readonly finding: Omit<DraftFinding, 'severity' | 'severityRule'>;
  readonly differences: readonly Difference[];
}
