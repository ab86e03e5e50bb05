import type { Json } from '#proto/domain/json.ts';

/** A JSON value with the places where its parts stand in the text. */
export interface JsonNode {
  readonly start: number;
  readonly end: number;
  readonly value: Json;
  /** Of an object: its values by name. Of a list: its items by index. */
  readonly children: ReadonlyMap<string | number, JsonNode> | null;
}

/** Deeper nesting is refused rather than risking the stack. */
const maxDepth = 500;

/** Reads the JSON value that begins at `from`; null where there is none or it is broken. */
export function readJson(text: string, from: number): JsonNode | null {
  let at = from;
  try {
    return read(0);
  } catch {
    return null; // not JSON: the other passes look at it as text
  }

  function read(depth: number): JsonNode {
    if (depth > maxDepth) throw new RangeError('too deep');
    skipBlanks();
    const character = text[at];
    if (character === '{') return readObject(depth);
    if (character === '[') return readList(depth);
    if (character === '"') return readString();
    return readLiteral();
  }

  function readObject(depth: number): JsonNode {
    const start = at;
    const value: Record<string, Json> = {};
    const children = new Map<string | number, JsonNode>();
    at += 1;
    for (skipBlanks(); text[at] !== '}'; skipBlanks()) {
      if (children.size > 0) expect(',');
      skipBlanks();
      const name = readString().value as string;
      skipBlanks();
      expect(':');
      const child = read(depth + 1);
      Object.defineProperty(value, name, { value: child.value, enumerable: true, configurable: true, writable: true });
      children.set(name, child);
    }
    at += 1;
    return { start, end: at, value, children };
  }

  function readList(depth: number): JsonNode {
    const start = at;
    const value: Json[] = [];
    const children = new Map<string | number, JsonNode>();
    at += 1;
    for (skipBlanks(); text[at] !== ']'; skipBlanks()) {
      if (value.length > 0) expect(',');
      const child = read(depth + 1);
      children.set(value.length, child);
      value.push(child.value);
    }
    at += 1;
    return { start, end: at, value, children };
  }

  function readString(): JsonNode {
    const start = at;
    if (text[at] !== '"') throw new SyntaxError('a string was expected');
    let close = text.indexOf('"', at + 1);
    const isPlain = close > 0 && !text.slice(at, close).includes('\\');
    while (close > 0 && isEscaped(close, start)) close = text.indexOf('"', close + 1);
    if (close < 0) throw new SyntaxError('a string does not end');
    at = close + 1;
    return { start, end: at, value: isPlain ? text.slice(start + 1, close) : (JSON.parse(text.slice(start, at)) as Json), children: null };
  }

  function isEscaped(quote: number, from: number): boolean {
    let slashes = 0;
    while (quote - slashes - 1 > from && text[quote - slashes - 1] === '\\') slashes += 1;
    return slashes % 2 === 1;
  }

  function readLiteral(): JsonNode {
    literal.lastIndex = at;
    const match = literal.exec(text);
    if (match === null) throw new SyntaxError('no value');
    const start = at;
    at += match[0].length;
    return { start, end: at, value: JSON.parse(match[0]) as Json, children: null };
  }

  function expect(character: string): void {
    if (text[at] !== character) throw new SyntaxError(`${character} was expected`);
    at += 1;
  }

  function skipBlanks(): void {
    for (let code = text.charCodeAt(at); code === 32 || code === 10 || code === 13 || code === 9; code = text.charCodeAt(at)) at += 1;
  }
}

const literal = /true|false|null|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
