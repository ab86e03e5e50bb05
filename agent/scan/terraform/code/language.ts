import { createBudget } from '../hcl/budget.ts';
import { toMap, toText } from '../hcl/convert.ts';
import { createEvaluator, type Evaluate } from '../hcl/evaluate.ts';
import { createCaller } from '../hcl/functions/call.ts';
import type { Files } from '../hcl/functions/files.ts';
import { allFunctions } from '../hcl/functions/functions.ts';
import type { FunctionTable } from '../hcl/functions/rule.ts';
import { Mistake } from '../hcl/mistake.ts';
import { parseTemplate } from '../hcl/parse-expression.ts';
import { SyntaxMistake } from '../hcl/syntax-mistake.ts';
import { unknown, type Value } from '../hcl/value.ts';

/** The language with all its functions, within one budget, for one stack. */
export function createLanguage(files: Files): Evaluate {
  const templates: FunctionTable = {
    templatefile: { takes: [2, 2], partial: true, run: ([path, names]) => render(files.read(toText(path ?? null)), toMap(names ?? null)) },
    templatestring: { takes: [2, 2], partial: true, run: ([text, names]) => fill(toText(text ?? null), toMap(names ?? null)) },
  };
  const evaluate = createEvaluator({ budget: createBudget(), call: createCaller({ ...allFunctions(files), ...templates }) });
  return evaluate;

  function render(bytes: Buffer | null | undefined, names: ReadonlyMap<string, Value>): Value {
    if (bytes === null) throw new Mistake('there is no such template');
    return bytes === undefined ? unknown('the template is not read here: it is outside of the code’s folder or too large') : fill(bytes.toString('utf8'), names);
  }

  function fill(text: string, names: ReadonlyMap<string, Value>): Value {
    try {
      return evaluate(parseTemplate(text), { resolve: (name) => names.get(name) });
    } catch (error) {
      throw error instanceof SyntaxMistake ? new Mistake('the template cannot be parsed') : error;
    }
  }
}
