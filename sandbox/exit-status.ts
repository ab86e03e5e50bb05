import type { Kernel } from './launch/kernel.ts';

/** How a command ended: with a code of its own, or by a signal. */
export interface Ending {
  readonly exit: number | null;
  readonly signal: string | null;
}

const signals = [
  'SIGHUP', 'SIGINT', 'SIGQUIT', 'SIGILL', 'SIGTRAP', 'SIGABRT', 'SIGBUS', 'SIGFPE', 'SIGKILL', 'SIGUSR1', 'SIGSEGV', 'SIGUSR2', 'SIGPIPE', 'SIGALRM', 'SIGTERM', 'SIGSTKFLT',
  'SIGCHLD', 'SIGCONT', 'SIGSTOP', 'SIGTSTP', 'SIGTTIN', 'SIGTTOU', 'SIGURG', 'SIGXCPU', 'SIGXFSZ', 'SIGVTALRM', 'SIGPROF', 'SIGWINCH', 'SIGIO', 'SIGPWR', 'SIGSYS',
] as const;

/** A descriptor of a process that somebody else waits for, so that its own ending can be known; negative where it failed. */
export function watchEnding(kernel: Kernel, pid: number): number {
  return kernel.call('pidfd_open', pid, 0);
}

const getInfo = 0xc040ff0b; // PIDFD_GET_INFO
const exitInfo = 1n << 3n;

/**
 * How the process behind the descriptor ended, after it was waited for. Kernels from 6.15 tell; for older ones there is
 * what bubblewrap makes of it, where a code above 128 stands for a signal, as in a shell.
 */
export function endingOf(kernel: Kernel, pidfd: number, told: number): Ending {
  const info = Buffer.alloc(64);
  info.writeBigUInt64LE(exitInfo, 0);
  const answer = pidfd < 0 ? -1 : kernel.call('ioctl', pidfd, getInfo, info);
  if (answer === 0 && (info.readBigUInt64LE(0) & exitInfo) !== 0n) return endingFrom(info.readInt32LE(60));
  const signal = signalName(told - 128);
  return signal === null ? { exit: told, signal: null } : { exit: null, signal };
}

/** A wait status. */
function endingFrom(status: number): Ending {
  const number = status & 0x7f;
  return number === 0 ? { exit: (status >> 8) & 0xff, signal: null } : { exit: null, signal: signalName(number) ?? `SIG${number}` };
}

function signalName(number: number): string | null {
  if (number >= 34 && number <= 64) return `SIGRTMIN+${number - 34}`;
  return signals[number - 1] ?? null;
}
