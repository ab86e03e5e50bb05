import { Fault } from '#proto/domain/fault.ts';
import type { Json } from '#proto/domain/json.ts';
import { isExact } from './exact-number.ts';

/** Deeper JSON is refused: no tool writes it, and what walks it recursively must not overflow. */
export const maxDepth = 512;

/**
 * Parses the text of a state or plan. Numbers that a double cannot hold are kept as their decimal text; of duplicate
 * keys the last wins, as with terraform. The text itself never appears in an error: it may be a secret.
 * @throws Fault `source-empty`, `source-html`, `source-truncated`, `source-not-json`, `source-nested`, `plan-log`
 */
export function parseJson(text: string, source: string): Json {
  if (/^[\s\0]*$/.test(text.slice(0, 4096)) && text.replaceAll(/[\s\0]/g, '') === '') throw new Fault('source-empty', { source });
  if (/^\s*</.test(text)) throw new Fault('source-html', { source });
  if (nesting(text) > maxDepth) throw new Fault('source-nested', { source, limit: maxDepth });
  try {
    return parseExactly(text);
  } catch (error) {
    throw explain(text, error, source);
  }
}

/** A number of 16 digits or more, or with a large exponent, outside of the start of a string. */
const perhapsInexact = /[:,[\s]-?\d(?:[\d.]{15}|[\d.]*[eE][+-]?\d{3})/;

/** JSON.parse, but for numbers that a double cannot hold: those become their decimal text. Throws as JSON.parse does. */
export function parseExactly(text: string): Json {
  const value: Json = perhapsInexact.test(text) ? JSON.parse(text, keepDigits) : JSON.parse(text);
  return value;
}

function keepDigits(_key: string, value: unknown, context?: { readonly source?: string }): unknown {
  if (typeof value !== 'number' || context?.source === undefined) return value;
  return isExact(context.source, value) ? value : context.source;
}

const quote = 0x22;
const backslash = 0x5c;

/** How deep brackets nest outside strings; unbalanced ones are the parser's business. */
function nesting(text: string): number {
  let depth = 0;
  let deepest = 0;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit === quote) at = endOfString(text, at);
    else if (unit === 0x7b || unit === 0x5b) {
      depth += 1;
      if (depth > deepest) deepest = depth;
    } else if (unit === 0x7d || unit === 0x5d) depth -= 1;
  }
  return deepest;
}

function endOfString(text: string, start: number): number {
  for (let at = text.indexOf('"', start + 1); at !== -1; at = text.indexOf('"', at + 1)) {
    let slashes = 0;
    while (text.charCodeAt(at - 1 - slashes) === backslash) slashes += 1;
    if (slashes % 2 === 0) return at;
  }
  return text.length;
}

function explain(text: string, error: unknown, source: string): Fault {
  if (/^\s*\{"@level"/.test(text)) return new Fault('plan-log', { source });
  if (!/^\s*[{[]/.test(text)) return new Fault('source-not-json', { source });
  const at = position(error);
  if (at === undefined || at >= text.trimEnd().length) return new Fault('source-truncated', { source });
  const before = text.slice(0, at).split('\n');
  return new Fault('source-not-json', { source, line: before.length, column: (before.at(-1)?.length ?? 0) + 1 });
}

/** Where V8 says that it stopped; undefined is the end of the text. */
function position(error: unknown): number | undefined {
  const found = error instanceof Error ? /at position (\d+)/.exec(error.message)?.[1] : undefined;
  return found === undefined ? undefined : Number(found);
}
