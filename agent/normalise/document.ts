import type { Json } from '#proto/domain/json.ts';

/** Deeper texts are left as texts: nothing that people write nests so far, and the walk recurses. */
const maxDepth = 64;

/** From here on a number may not fit a double, and two different ones would look equal. */
const longDigits = /\d{16}/;

/** The object or list that a text holds as JSON, or undefined. A text like `5` or `null` stays what it is. */
export function parseDocument(text: string): Json | undefined {
  const start = /^\s*([[{])/.exec(text);
  if (start === null || isTooDeep(text)) return undefined;
  try {
    // JSON.parse yields JSON: the one place where its result is taken by its word.
    return JSON.parse(text, longDigits.test(text) ? keepDigits : undefined) as Json;
  } catch {
    return undefined;
  }
}

/** The third argument is what stood in the text (ECMAScript 2026, `JSON.parse` source text access). */
function keepDigits(_: string, value: unknown, context?: { readonly source?: string }): unknown {
  const source = context?.source;
  return typeof value === 'number' && source !== undefined && longDigits.test(source) ? source : value;
}

function isTooDeep(text: string): boolean {
  let depth = 0;
  for (let index = 0; index < text.length; index += 1) {
    const mark = text[index];
    if (mark === '{' || mark === '[') depth += 1;
    else if (mark === '}' || mark === ']') depth -= 1;
    if (depth > maxDepth) return true;
  }
  return false;
}
