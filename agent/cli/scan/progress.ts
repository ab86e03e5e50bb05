import type { ScanEvent } from '../../scan-all.ts';
import type { Target } from '../../scan/scanner.ts';
import { elide } from '../terminal/fit.ts';
import { printable } from '../terminal/printable.ts';
import type { Terminal } from '../terminal/terminal.ts';

/** Tells on standard error how far a scan is: one line written over and over, and nothing where nobody watches. */
export interface Progress {
  tell(event: ScanEvent): void;
  /** How many resources of a stack have been seen. */
  readonly seen: (target: Target, resources: number) => void;
  /** Wipes the line. */
  clear(): void;
}

const clearLine = '\r\u{1b}[2K';

export function createProgress({ err, isInteractive, width, paintError }: Terminal): Progress {
  let total = 0;
  let done = 0;
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
    if (!isInteractive) return;
    err(`${clearLine}${paintError('dim', elide(`scanning ${done + 1} of ${total}: ${printable(label)}${detail}`, width - 1))}`);
  }
}
