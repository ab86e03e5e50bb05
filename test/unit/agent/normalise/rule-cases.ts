import type { JsonObject } from '#proto/domain/json.ts';

/** What is told, the type, the two sides of a resource, and the paths that are meant to stay real. */
export type Case = readonly [told: string, type: string, before: JsonObject, after: JsonObject, real?: readonly string[]];

/** The test table of one rule. */
export interface RuleCases {
  readonly rule: string;
  /** This rule alone explains every difference, but for those that are named. */
  readonly same: readonly Case[];
  /** Near misses: with every rule asked, some difference is still real. */
  readonly different: readonly Case[];
}
