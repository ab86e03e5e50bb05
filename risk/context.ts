import type { Risk } from '#proto/domain/risk.ts';
import type { Report, Span } from './report.ts';
import type { Scope } from './shell/scope.ts';
import type { Value } from './shell/value.ts';

/** What a command would read from its standard input. */
export type Stdin =
  | { readonly kind: 'none' }
  /** Known to the letter. */
  | { readonly kind: 'text'; readonly text: Value }
  | { readonly kind: 'unknown'; readonly fetched: boolean };

/** What the judgement of one command line may use. */
export interface Context {
  readonly scope: Scope;
  readonly report: Report;
  readonly stdin: Stdin;
  /** How many commands deep inside others this one is. */
  readonly depth: number;
  /** Judges a command line that the current one would run. */
  readonly run: (argv: readonly Value[], stdin?: Stdin) => void;
  /** Judges text that the current command would give to a shell; `stdin` is what that shell's commands read. */
  readonly shell: (code: Value, stdin?: Stdin) => void;
  /** Judges what runs on another host or in a container: a change there is dangerous. */
  readonly elsewhere: (work: (inner: Context) => void) => void;
  /** Judges what may run: only what must never run counts. */
  readonly suspect: (work: (inner: Context) => void) => void;
  /** Judges that a command gets an environment variable. */
  readonly assign: (name: string, value: string, where: Span) => void;
  /** The text of a file that the script wrote, where it is known. */
  readonly written: (path: string) => Value | undefined;
  /** The script gives this name another meaning: what it prints is no longer known. */
  readonly shadow: (name: string) => void;
}

/** One command line while it is judged. */
export interface Call {
  /** The program's name without folders. */
  readonly name: string;
  readonly argv: readonly Value[];
  readonly words: readonly Value[];
  readonly context: Context;
  /** Of the whole command line. */
  readonly span: Span;
  readonly add: (risk: Risk, rule: string, why: string, where?: Value | Span) => void;
}

export function spanOf(argv: readonly Value[]): Span {
  const starts = argv.map(({ span }) => span[0]);
  const ends = argv.map(({ span }) => span[1]);
  return argv.length === 0 ? [0, 0] : [Math.min(...starts), Math.max(...ends)];
}

/** The words of an inner command with its own options, from its first word on. */
export function wordsFrom(call: Call, first: Value | undefined): readonly Value[] {
  return first === undefined ? [] : call.words.slice(call.words.indexOf(first));
}
