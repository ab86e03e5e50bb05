import type { ScanEvent } from '../../scan-all.ts';
import type { Target } from '../../scan/scanner.ts';
import { elide } from '../terminal/fit.ts';
import { printable } from '../terminal/printable.ts';
import type { Terminal } from '../terminal/terminal.ts';

/**
 * Tells on standard error how far a scan is: on a terminal one line written over and over, elsewhere a line now and then
 * where it takes long.
 */
export interface Progress {
  tell(event: ScanEvent): void;
  /** How many resources of a stack have been seen. */
  readonly seen: (target: Target, resources: number) => void;
  /** Wipes the line. */
  clear(): void;
}

const clearLine = '\r\u{1b}[2K';

/** A log is told so seldom that a scan of minutes leaves a handful of lines. */
const betweenLinesMs = 15_000;

/** `clock` in milliseconds, going forward only. */
export function createProgress({ err, isInteractive, width, paintError }: Pick<Terminal, 'err' | 'isInteractive' | 'width' | 'paintError'>, clock: () => number): Progress {
  let total = 0;
  let done = 0;
  let toldAt = clock();
  return {
    tell(event) {
      if (event.kind === 'found') total = event.targets.length;
      if (event.kind === 'started') show(event.target, '');
      if (event.kind === 'report') done += 1;
    },
    seen: (target, resources) => show(target, `, ${resources} resources`),
    clear: () => {
      if (isInteractive) err(clearLine);
    },
  };

  function show({ label }: Target, detail: string): void {
    const line = `scanning ${done + 1} of ${total}: ${printable(label)}${detail}`;
    if (isInteractive) {
      err(`${clearLine}${paintError('dim', elide(line, width - 1))}`);
    } else if (clock() - toldAt >= betweenLinesMs) {
      toldAt = clock();
      err(`${line}\n`);
    }
  }
}
