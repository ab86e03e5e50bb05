import { Fault } from '#proto/domain/fault.ts';
import { placeholder } from './placeholder.ts';

/** What a shell would act on, where it is not quoted. */
const active = /[|&;<>()$`*?[\n]/;
/** What a shell would act on between double quotes. */
const activeInDouble = /[$`]/;

/**
 * Splits a command line into its words as a shell would: blanks part them, quotes and backslashes hold them together. No
 * shell ever reads the line, so whatever would need one is refused rather than taken literally. A placeholder is one
 * piece of its word, with or without quotes around it.
 * @throws Fault `runbook-invalid`
 */
export function splitWords(line: string): readonly string[] {
  const words: string[] = [];
  let word: string | null = null;
  let at = 0;

  while (at < line.length) {
    const [hole] = new RegExp(placeholder.source, 'y').exec(line.slice(at)) ?? [];
    const char = line[at] ?? '';
    if (hole !== undefined) take(hole, hole.length);
    else if (char === ' ' || char === '\t') end();
    else if (char === "'") take(quoted(line, at, "'"), quoted(line, at, "'").length + 2);
    else if (char === '"') takeDouble();
    else if (char === '\\' && at + 1 < line.length) take(line[at + 1] ?? '', 2);
    else if (active.test(char) || (word === null && /[#~!]/.test(char))) throw refusal(char);
    else take(char, 1);
  }
  end();
  return words;

  function take(text: string, length: number): void {
    word = (word ?? '') + text;
    at += length;
  }

  function end(): void {
    if (word !== null) words.push(word);
    word = null;
    at += 1;
  }

  function takeDouble(): void {
    const inner = quoted(line, at, '"');
    const bare = inner.replaceAll(/\\[\\"$`]/g, '');
    if (activeInDouble.test(bare)) throw refusal(activeInDouble.exec(bare)?.[0] ?? '');
    take(inner.replaceAll(/\\([\\"$`])/g, '$1'), inner.length + 2);
  }
}

function quoted(line: string, from: number, mark: "'" | '"'): string {
  const body = mark === "'" ? /^'([^']*)'/ : /^"((?:[^"\\]|\\.)*)"/s;
  const [, inner] = body.exec(line.slice(from)) ?? [];
  if (inner === undefined) throw new Fault('runbook-invalid', { reason: 'a quote is not closed' });
  return inner;
}

function refusal(char: string): Fault {
  return new Fault('runbook-invalid', { reason: `no shell reads a run, so ${char === '\n' ? 'a second line' : char} would mean nothing; quote it, or write a script` });
}
