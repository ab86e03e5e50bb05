import { rules } from '../../normalise/rules.ts';

/** Why a normalising rule explains a difference away. */
export function reasonOf(rule: string): string | undefined {
  return rules.find(({ name }) => name === rule)?.reason;
}
