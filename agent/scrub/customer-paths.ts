import type { Path } from '#proto/domain/json.ts';

/** Tells whether a place in a resource of a type is one that a customer named, or lies below one. */
export type MatchesPath = (type: string, path: Path) => boolean;

/** Places are written `type.attribute.below`; `*` stands for any one step, and the index of a list is left out. */
export function createPathMatcher(patterns: readonly string[]): MatchesPath {
  const wanted = patterns.map((pattern) => pattern.split('.'));
  return (type, path) => {
    const steps = [type, ...path.filter((step) => typeof step === 'string')];
    return wanted.some((parts) => parts.length > 1 && parts.length <= steps.length && parts.every((part, at) => part === '*' || part === steps[at]));
  };
}
