import { SyntaxMistake } from './syntax-mistake.ts';

/** Code nested deeper than this is refused: nobody writes it, and it would exhaust the stack. */
const maxNesting = 200;

const blanks = /(?:[ \t\r]+|\/\*[\s\S]*?\*\/)+/y;
const blanksAndLines = /(?:[ \t\r\n]+|\/\*[\s\S]*?\*\/|(?:#|\/\/)[^\n]*)+/y;
const comment = /(?:#|\/\/)[^\n]*/y;
const identifier = /[\p{ID_Start}_][\p{ID_Continue}-]*/uy;
const number = /\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y;

/** A place in a text of HCL, and what parsers ask of it. Inside brackets line ends are blanks. */
export function createReader(text: string) {
  let at = 0;
  let nesting = 0;
  const openBrackets: boolean[] = [false];
  let counted = { at: 0, line: 1 };

  return {
    get at() {
      return at;
    },
    get ended() {
      return at >= text.length;
    },
    line,
    skip,
    skipLines,
    next,
    take,
    expect,
    word,
    number: () => match(number),
    match,
    peek: (length: number) => text.slice(at, at + length),
    advance: (length: number) => (at += length),
    slice: (from: number, to: number) => text.slice(from, to),
    indexOf: (wanted: string) => text.indexOf(wanted, at),
    across,
    deeper,
    mistake,
  };

  /** The line of the current place, from 1. */
  function line(): number {
    if (at < counted.at) counted = { at: 0, line: 1 };
    for (let found = text.indexOf('\n', counted.at); found !== -1 && found < at; found = text.indexOf('\n', found + 1)) {
      counted = { at: found + 1, line: counted.line + 1 };
    }
    return counted.line;
  }

  function skip(): void {
    match(openBrackets.at(-1) ? blanksAndLines : blanks);
    if (!openBrackets.at(-1)) match(comment);
  }

  function skipLines(): void {
    match(blanksAndLines);
  }

  /** Whether `wanted` comes next, after blanks. */
  function next(wanted: string): boolean {
    skip();
    return text.startsWith(wanted, at);
  }

  function take(wanted: string): boolean {
    if (!next(wanted)) return false;
    at += wanted.length;
    return true;
  }

  function expect(wanted: string): void {
    if (!take(wanted)) throw mistake(`expected ${wanted}`);
  }

  function word(): string | undefined {
    skip();
    return match(identifier);
  }

  function match(pattern: RegExp): string | undefined {
    pattern.lastIndex = at;
    const found = pattern.exec(text)?.[0];
    if (found !== undefined) at += found.length;
    return found;
  }

  /** Reads what stands between brackets, where line ends are blanks, or between braces, where they separate. */
  function across<T>(lines: 'blank' | 'separate', read: () => T): T {
    openBrackets.push(lines === 'blank');
    try {
      return deeper(read);
    } finally {
      openBrackets.pop();
    }
  }

  /** Reads what is nested one level deeper. */
  function deeper<T>(read: () => T): T {
    nesting += 1;
    if (nesting > maxNesting) throw mistake(`nested deeper than ${maxNesting} levels`);
    try {
      return read();
    } finally {
      nesting -= 1;
    }
  }

  function mistake(reason: string): SyntaxMistake {
    return new SyntaxMistake(reason, line());
  }
}

export type Reader = ReturnType<typeof createReader>;
