import type { Readable, Writable } from 'node:stream';
import type { Paint } from './paint.ts';

/** Where commands read and write, and what they know of the reader. */
export interface Terminal {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  readonly input: Readable;
  /** Where `out` writes, for what comes in bytes or must wait for the reader. */
  readonly output: Writable;
  /** Where `err` writes, for the same. */
  readonly errorOutput: Writable;
  /** Columns of standard output. */
  readonly width: number;
  /** For standard output. */
  readonly paint: Paint;
  /** For standard error. */
  readonly paintError: Paint;
  /** True where standard error is a terminal, so that a line may be written over. */
  readonly isInteractive: boolean;
}

/** Where nobody says how wide: what fits a mail, a log and a pull request. */
export const defaultWidth = 80;
