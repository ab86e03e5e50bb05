import type { Expression, TemplatePart } from './ast.ts';
import type { Reader } from './reader.ts';

interface Strips {
  readonly stripBefore: boolean;
  readonly stripAfter: boolean;
}

/** A template as it is read, before `if` and `for` find their ends. */
export type TemplateToken =
  | { readonly kind: 'text'; readonly text: string; readonly endsLine: boolean }
  | (Strips & { readonly kind: 'value'; readonly of: Expression })
  | (Strips & { readonly kind: 'if'; readonly test: Expression })
  | (Strips & { readonly kind: 'for'; readonly keyName: string | null; readonly valueName: string; readonly over: Expression })
  | (Strips & { readonly kind: 'else' | 'endif' | 'endfor' });

/** Lets each `~` take away the blanks beside it. It reaches as far as the neighbouring text, in a heredoc the line. */
export function strip(tokens: readonly TemplateToken[]): readonly TemplateToken[] {
  const stripped = tokens.map((token, index): TemplateToken => {
    if (token.kind !== 'text') return token;
    const before = tokens[index - 1];
    const after = tokens[index + 1];
    const start = before !== undefined && before.kind !== 'text' && before.stripAfter ? token.text.trimStart() : token.text;
    return { ...token, text: after !== undefined && after.kind !== 'text' && after.stripBefore ? start.trimEnd() : start };
  });
  return stripped.filter((token) => token.kind !== 'text' || token.text !== '');
}

/** Takes away the blanks that every line begins with; empty lines do not count, a value at the start of a line does. */
export function dedent(tokens: readonly TemplateToken[]): readonly TemplateToken[] {
  const starts = new Set(tokens.filter((token, index) => startsLine(tokens[index - 1]) && !isBlankLine(token)));
  let indent = Number.MAX_SAFE_INTEGER;
  for (const token of starts) indent = Math.min(indent, token.kind === 'text' ? token.text.length - token.text.trimStart().length : 0);
  return tokens.map((token) => (token.kind === 'text' && starts.has(token) ? { ...token, text: token.text.slice(indent) } : token));
}

function startsLine(before: TemplateToken | undefined): boolean {
  return before === undefined || (before.kind === 'text' && before.endsLine);
}

function isBlankLine(token: TemplateToken): boolean {
  return token.kind === 'text' && token.endsLine && token.text.trim() === '';
}

/**
 * Nests the tokens and joins neighbouring texts.
 * @throws SyntaxMistake for an `if` or `for` without its end, or an end without its beginning
 */
export function buildParts(tokens: readonly TemplateToken[], reader: Reader): readonly TemplatePart[] {
  let at = 0;
  const parts = until([]);
  if (at < tokens.length) throw reader.mistake('an end in a template without its beginning');
  return parts;

  function until(ends: readonly TemplateToken['kind'][]): readonly TemplatePart[] {
    const found: TemplatePart[] = [];
    for (let token = tokens[at]; token !== undefined && !closes(token, ends); token = tokens[at]) {
      at += 1;
      found.push(toPart(token));
    }
    return joinTexts(found);
  }

  function toPart(token: TemplateToken): TemplatePart {
    if (token.kind === 'text') return { kind: 'text', text: token.text };
    if (token.kind === 'value') return { kind: 'value', of: token.of };
    if (token.kind === 'if') return reader.deeper(() => readIf(token.test));
    if (token.kind !== 'for') throw reader.mistake('an end in a template without its beginning');
    const { keyName, valueName, over } = token;
    const body = reader.deeper(() => until(['endfor']));
    close('endfor');
    return { kind: 'each', keyName, valueName, over, body };
  }

  function readIf(test: Expression): TemplatePart {
    const yes = until(['else', 'endif']);
    const otherwise = tokens[at]?.kind === 'else';
    if (otherwise) at += 1;
    const no = otherwise ? until(['endif']) : [];
    close('endif');
    return { kind: 'if', test, yes, no };
  }

  function close(kind: TemplateToken['kind']): void {
    if (tokens[at]?.kind !== kind) throw reader.mistake(`expected ${kind} in a template`);
    at += 1;
  }
}

function closes(token: TemplateToken, ends: readonly TemplateToken['kind'][]): boolean {
  return token.kind === 'else' || token.kind === 'endif' || token.kind === 'endfor' ? ends.includes(token.kind) || ends.length === 0 : false;
}

function joinTexts(parts: readonly TemplatePart[]): readonly TemplatePart[] {
  const joined: TemplatePart[] = [];
  for (const part of parts) {
    const last = joined.at(-1);
    if (part.kind === 'text' && last?.kind === 'text') joined[joined.length - 1] = { kind: 'text', text: last.text + part.text };
    else if (part.kind !== 'text' || part.text !== '') joined.push(part);
  }
  return joined;
}
