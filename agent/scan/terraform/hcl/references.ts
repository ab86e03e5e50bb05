import type { Expression, TemplatePart } from './ast.ts';

/** `['var', 'a']`: the names of every reference in an expression. Without recursion, so that no code is too deep. */
export function references(expression: Expression): readonly (readonly string[])[] {
  const found: (readonly string[])[] = [];
  const waiting: Expression[] = [expression];
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    const names = chain(at);
    if (names === undefined) waiting.push(...inner(at));
    else found.push(names);
  }
  return found;
}

/** The names of `a.b.c`, or undefined for anything else. */
function chain(expression: Expression): readonly string[] | undefined {
  const names: string[] = [];
  let at = expression;
  for (; at.kind === 'attribute'; at = at.of) names.push(at.name);
  return at.kind === 'name' ? [at.name, ...names.toReversed()] : undefined;
}

function inner(at: Expression): readonly Expression[] {
  switch (at.kind) {
    case 'null':
    case 'bool':
    case 'number':
    case 'name':
    case 'member':
      return [];
    case 'template':
      return at.parts.flatMap(ofPart);
    case 'wrap':
    case 'attribute':
    case 'unary':
      return [at.of];
    case 'list':
      return at.items;
    case 'object':
      return at.entries.flatMap(({ key, value }) => [key, value]);
    case 'index':
      return [at.of, at.key];
    case 'splat':
      return [at.of, at.each];
    case 'call':
      return at.args;
    case 'binary':
      return [at.left, at.right];
    case 'conditional':
      return [at.test, at.yes, at.no];
    case 'for':
      return [at.over, at.value, ...(at.key === null ? [] : [at.key]), ...(at.condition === null ? [] : [at.condition])];
  }
}

function ofPart(part: TemplatePart): readonly Expression[] {
  if (part.kind === 'text') return [];
  if (part.kind === 'value') return [part.of];
  if (part.kind === 'each') return [part.over, ...part.body.flatMap(ofPart)];
  return [part.test, ...part.yes.flatMap(ofPart), ...part.no.flatMap(ofPart)];
}
