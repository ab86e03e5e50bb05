import type { Budget } from '../budget.ts';
import type { Value } from '../value.ts';

/** What a function of the language does: an entry of the table in `functions.ts`. */
export interface FunctionRule {
  /** The least and the most arguments. */
  readonly takes: readonly [number, number];
  /** True where unknown members of a known list or map do not matter: only its shape is looked at, or they are passed on. */
  readonly partial?: boolean;
  /** @throws Mistake where terraform would refuse the arguments */
  readonly run: (args: readonly Value[], budget: Budget) => Value;
}

export type FunctionTable = Readonly<Record<string, FunctionRule>>;

export const many = Number.MAX_SAFE_INTEGER;
