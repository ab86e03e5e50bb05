import type { Paint } from './paint.ts';

/** Where a command writes, and what it knows of the reader. */
export interface Terminal {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** In characters; Infinity where the reader is a program. */
  readonly width: number;
  readonly paint: Paint;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}
