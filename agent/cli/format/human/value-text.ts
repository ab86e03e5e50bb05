import { isList, isObject, type Json, type JsonObject } from '#proto/domain/json.ts';
import { printable } from '../../terminal/printable.ts';

const secret = /^«secret:[^»]*»$/;

/** A value on one line, as JSON; the placeholder of a secret stands by itself. */
export function inline(value: Json): string {
  if (typeof value === 'string' && secret.test(value)) return value;
  return printable(JSON.stringify(value));
}

/** A value on as many lines as it has parts: text by its lines, documents and collections by their members. */
export function lines(value: Json, width: number): readonly string[] {
  if (typeof value !== 'string') return members(value, width);
  const document = parsed(value);
  if (document !== undefined) return members(document, width);
  return value.includes('\n') ? value.split('\n').map(printable) : [inline(value)];
}

/** True for what reads better on several lines: documents in text, text of several lines, and what does not fit. */
export function isLarge(value: Json, width: number): boolean {
  if (typeof value === 'string') return value.includes('\n') || parsed(value) !== undefined || inline(value).length > width;
  return inline(value).length > width;
}

/** The object or list that a text holds as JSON, with sorted keys, so that the same document has the same lines. */
function parsed(text: string): JsonObject | readonly Json[] | undefined {
  if (!/^\s*[[{]/.test(text)) return undefined;
  try {
    const value: Json = JSON.parse(text);
    return isObject(value) || isList(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function members(value: Json, width: number): readonly string[] {
  if (!(isObject(value) || isList(value)) || inline(value).length <= Math.min(width, maxInline)) return [inline(value)];
  const inner = isList(value)
    ? value.map((item) => members(item, width - 2))
    : Object.keys(value).sort().map((key) => named(key, members(value[key] ?? null, width - 2)));
  const [open, close] = isList(value) ? ['[', ']'] : ['{', '}'];
  return [open, ...inner.flat().map((line) => `  ${line}`), close];
}

/** A collection longer than this is opened even where it would fit, so that a line tells one thing. */
const maxInline = 48;

function named(key: string, [first = '', ...rest]: readonly string[]): readonly string[] {
  return [`${printable(JSON.stringify(key))}: ${first}`, ...rest];
}
