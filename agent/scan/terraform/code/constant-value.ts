import type { Expression } from '../hcl/ast.ts';
import { createBudget } from '../hcl/budget.ts';
import { createEvaluator } from '../hcl/evaluate.ts';
import { createCaller } from '../hcl/functions/call.ts';
import type { Value } from '../hcl/value.ts';

/** What an expression comes to that may refer to nothing and call nothing: a default, a line of tfvars. */
export function constantValue(of: Expression): Value {
  const evaluate = createEvaluator({ budget: createBudget(), call: createCaller({}) });
  return evaluate(of, { resolve: () => undefined });
}
