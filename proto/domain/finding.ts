import { z } from 'zod';
import { isJson, type Json, type Path } from './json.ts';

export const severities = ['low', 'medium', 'high', 'critical'] as const;
export const changes = ['modified', 'missing', 'unmanaged', 'extra', 'moved'] as const;
export const causes = ['live_changed', 'not_applied', 'laundered', 'reverted', 'provider_default', 'unknown'] as const;

/** Nine tenths of the time to read a report went into zod's own check of JSON, a recursive union. */
const JsonValue = z.custom<Json>(isJson, 'not JSON');

/** Who moved a value, as far as the source can tell. */
export const Attribution = z.object({
  who: z.string(),
  /** RFC 3339, or null where only the person is known. */
  when: z.string().nullable(),
  how: z.string().nullable(),
});
export type Attribution = z.infer<typeof Attribution>;

/** One property that differs: `before` is what should be (baseline), `after` what is (observed). */
export const PropertyDifference = z.object({
  path: z.string(),
  change: z.enum(['add', 'remove', 'update']),
  before: JsonValue,
  after: JsonValue,
  /** The rule that says the difference means nothing, or null where it means something. */
  noise: z.string().nullable(),
  attribution: Attribution.nullable(),
});
export type PropertyDifference = z.infer<typeof PropertyDifference>;

/** One resource that differs. */
export const Finding = z.object({
  /** Stable over runs, machines and orderings: 32 hex digits over stack and address. */
  fingerprint: z.string().regex(/^[0-9a-f]{32}$/),
  address: z.string().min(1),
  type: z.string(),
  change: z.enum(changes),
  cause: z.enum(causes),
  severity: z.enum(severities),
  /** The severity rule that spoke, and why. */
  severityRule: z.string(),
  properties: z.array(PropertyDifference),
  /** True where every property is noise: told, never counted. */
  noise: z.boolean(),
  /** The address before a move, or null. */
  movedFrom: z.string().nullable(),
});
export type Finding = z.infer<typeof Finding>;
export type Severity = (typeof severities)[number];
export type Change = (typeof changes)[number];
export type Cause = (typeof causes)[number];

export function atLeast(severity: Severity, floor: Severity): boolean {
  return severities.indexOf(severity) >= severities.indexOf(floor);
}

/** A difference before scrubbing: it knows where its secrets are. */
export interface DraftProperty extends PropertyDifference {
  /** The steps that `path` writes for people. */
  readonly steps: Path;
  /** Paths below this property whose values are secret on either side; `[[]]` means all of it. */
  readonly sensitive: readonly Path[];
}

/** A finding before scrubbing; it never leaves the process. */
export interface DraftFinding extends Finding {
  properties: DraftProperty[];
}
