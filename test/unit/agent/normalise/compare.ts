import type { Difference } from '#agent/diff/difference.ts';
import { pathSet } from '#agent/diff/path-set.ts';
import { walk } from '#agent/diff/walk.ts';
import { createChain } from '#agent/normalise/chain.ts';
import type { Rule } from '#agent/normalise/rule.ts';
import type { JsonObject } from '#proto/domain/json.ts';

/** Every difference between two resources, as the walk tells it with these rules. */
export function compare(rules: readonly Rule[], type: string, before: JsonObject, after: JsonObject): readonly Difference[] {
  return walk({ type, before: lens(before), after: lens(after), ignored: pathSet([]), normaliser: createChain(rules) });
}

/** The paths of the differences that mean something. */
export function realPaths(differences: readonly Difference[]): readonly string[] {
  return differences.filter(({ property }) => property.noise === null).map(({ property }) => property.path);
}

function lens(values: JsonObject) {
  return { values, unknown: pathSet([]), sensitive: pathSet([]), partial: false };
}
