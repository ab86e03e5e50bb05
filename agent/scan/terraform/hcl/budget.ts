import { Mistake, OutOfBudget } from './mistake.ts';

/** Steps that one stack's code may take: a thousand times what real code needs, seconds and not minutes. */
const maxSteps = 5_000_000;
/** Deeper evaluation would exhaust the stack. */
const maxDepth = 400;
/** A longer text or list is not configuration any more. */
export const maxLength = 4 * 1024 * 1024;

/** Ends what would never end: counts steps, and how deep they nest. No clock, so that the same code always comes to the same. */
export function createBudget(steps = maxSteps) {
  let left = steps;
  let depth = 0;
  return { spend, deeper };

  /** @throws OutOfBudget */
  function spend(cost: number): void {
    left -= cost;
    if (left < 0) throw new OutOfBudget('the code asks for more steps than are taken here');
  }

  /** @throws Mistake where the nesting has no end */
  function deeper<T>(work: () => T): T {
    depth += 1;
    try {
      if (depth > maxDepth) throw new Mistake('the expressions refer to one another too deeply');
      return work();
    } finally {
      depth -= 1;
    }
  }
}

export type Budget = ReturnType<typeof createBudget>;
