import type { Paint } from './paint.ts';

/** Where commands read and write, and what they know of the reader. */
export interface Terminal {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** Bytes, as they come. */
  readonly input: AsyncIterable<Uint8Array>;
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
