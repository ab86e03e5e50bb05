import type { Stdin } from '../context.ts';
import type { Report } from '../report.ts';
import type { Scope } from './scope.ts';
import type { Place, Value } from './value.ts';

/** What stays the same over the whole walk. */
export interface Walk {
  readonly report: Report;
  /** Commands judged and characters parsed so far. */
  readonly work: { done: number; parsed: number };
  /** Names that the script itself gives a meaning. */
  readonly shadowed: Set<string>;
  /** Files that the script itself writes, with the text where it is known to the letter. */
  readonly written: Map<string, Value | undefined>;
}

/** What holds at one place of the script. */
export interface Here {
  readonly scope: Scope;
  readonly place: Place;
  readonly stdin: Stdin;
  readonly depth: number;
  /** Inside one round of a loop whose words are known. */
  readonly looped?: boolean;
}

/** Nothing to read. */
export const none: Stdin = { kind: 'none' };

/** One step further inside. */
export function deeper(here: Here, change: Partial<Here> = {}): Here {
  return { ...here, ...change, depth: here.depth + 1 };
}
