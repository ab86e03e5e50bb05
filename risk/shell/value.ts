import type { Span } from '../report.ts';

/** Stands in a text for what only the run will know. Commands that hold it themselves are refused before. */
export const hole = '\uE000';

/** A word after expansion, as far as it can be known. */
export interface Value {
  /** With a `hole` for every part that is not known. */
  readonly text: string;
  readonly span: Span;
  /** Whether the shell may still make several words or file names of it. */
  readonly open?: boolean;
  /** Whether it is what a command prints, without quotes. */
  readonly loose?: boolean;
  /** Where the text stands as it is in what was parsed; absent where quoting or expansion changed it. */
  readonly place?: Place;
}

/** Brings a position of a nested text to one of the command. */
export type Place = (start: number, end: number) => Span;

export function isKnown(value: Value): boolean {
  return !value.text.includes(hole);
}


/** A nested text that cannot be found letter by letter in the command: everything in it has one place. */
export function at(span: Span): Place {
  return () => span;
}
