import { controllerOwned, controllerOwnedReason } from '../../diff/attribute.ts';
import type { IgnoreRule } from '../../ignore/ignore-rule.ts';
import { rules } from '../../normalise/rules.ts';

/** Why a difference does not count, by the name that stands on it: a normalising rule's reason, or that of an ignore rule. */
export function createReasonOf(ignore: readonly IgnoreRule[]): (rule: string) => string | undefined {
  const known = new Map(rules.map(({ name, reason }) => [name, reason]));
  known.set(controllerOwned, controllerOwnedReason);
  for (const [index, { name, reason, owner }] of ignore.entries()) {
    known.set(name ?? `ignore-${index + 1}`, `Ignored in dd0c.yaml${owner === undefined ? '' : ` by ${owner}`}: ${reason}`);
  }
  return (rule) => known.get(rule);
}
