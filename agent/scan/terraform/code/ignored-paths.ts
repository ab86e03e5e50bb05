import type { Path } from '#proto/domain/json.ts';
import type { Body, Expression } from '../hcl/ast.ts';
import { constantText } from '../hcl/constant-text.ts';
import { parseExpression } from '../hcl/parse-expression.ts';

/** The paths of `lifecycle.ignore_changes`; `[[]]` for `all`. What cannot be read as a path ignores nothing. */
export function ignoredPaths(body: Body): readonly Path[] {
  return body.blocks.filter((block) => block.type === 'lifecycle').flatMap((block) => read(block.body.attributes.get('ignore_changes')?.value));
}

function read(written: Expression | undefined): readonly Path[] {
  if (written === undefined) return [];
  if (isAll(written)) return [[]];
  if (written.kind !== 'list') return [];
  if (written.items.some(isAll)) return [[]];
  return written.items.flatMap((item) => {
    const path = toPath(unquoted(item));
    return path === undefined ? [] : [path];
  });
}

function isAll(of: Expression): boolean {
  return (of.kind === 'name' && of.name === 'all') || constantText(of) === 'all';
}

/** Old code and the JSON syntax have paths in quotes. */
function unquoted(of: Expression): Expression {
  const text = constantText(of);
  if (text === undefined) return of;
  try {
    return parseExpression(text);
  } catch {
    return of;
  }
}

function toPath(of: Expression): Path | undefined {
  if (of.kind === 'name') return [of.name];
  if (of.kind !== 'attribute' && of.kind !== 'index') return undefined;
  const before = toPath(of.of);
  const step = of.kind === 'attribute' ? of.name : of.key.kind === 'number' ? Number(of.key.digits) : constantText(of.key);
  return before === undefined || step === undefined ? undefined : [...before, step];
}
