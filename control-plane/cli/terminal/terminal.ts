import type { Paint } from './paint.ts';

/** Where a command writes, and what it knows of the reader. */
export interface Terminal {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** In characters; Infinity where the reader is a program. */
  readonly width: number;
  readonly paint: Paint;
  /** Puts a question to the person in front of it; absent where there is none. */
  readonly ask?: (question: string) => Promise<string>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}
