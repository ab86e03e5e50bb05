import { writeFileSync } from 'node:fs';

/**
 * Shuts the doors of the runtime through which the memory of a process that holds keys could be read: the debugger that
 * SIGUSR1 opens to every user of the host, reports on a crash or at a signal, and memory in a core dump of this process or of
 * what it starts.
 */
export function keepMemoryPrivate(self: NodeJS.Process): void {
  self.on('SIGUSR1', () => {}); // a listener takes the place of the debugger's
  const { report } = self;
  report.reportOnFatalError = false;
  report.reportOnSignal = false;
  report.reportOnUncaughtException = false;
  try {
    writeFileSync('/proc/self/coredump_filter', '0'); // https://man7.org/linux/man-pages/man5/core.5.html
  } catch {
    // no Linux, or no /proc
  }
}
