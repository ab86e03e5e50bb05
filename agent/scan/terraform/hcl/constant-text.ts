import type { Expression } from './ast.ts';

/** The text of a template without values, or undefined for any other expression. */
export function constantText(of: Expression | undefined): string | undefined {
  if (of?.kind !== 'template') return undefined;
  let text = '';
  for (const part of of.parts) {
    if (part.kind !== 'text') return undefined;
    text += part.text;
  }
  return text;
}
